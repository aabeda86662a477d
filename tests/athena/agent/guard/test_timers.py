"""A timer of no time, or of more than a day, is refused whoever has read it out of the words."""

from typing import Any

import pytest

from custom_components.athena.agent.guard.timers import impossible_timer
from custom_components.athena.deed import Request


def _line(intent: str, **slots: Any) -> str | None:
    verdict = impossible_timer((Request(intent=intent, slots=slots),))
    return None if verdict is None else verdict.line


@pytest.mark.parametrize(
    ("slots", "line"),
    [
        ({"seconds": 1}, None),
        ({"hours": 24}, None),
        ({"hours": 23, "minutes": 60}, None),
        ({"hours": "0", "minutes": "0", "seconds": "0"}, "timer_no_time"),
        ({"hours": 1, "minutes": -60}, "timer_no_time"),
        ({"minutes": 5, "below_zero": True}, "timer_no_time"),
        ({"hours": 24, "seconds": 1}, "timer_too_long"),
        ({"hours": 100.0}, "timer_too_long"),
        ({"days": 2}, "timer_too_long"),
    ],
)
@pytest.mark.parametrize("intent", ["HassStartTimer", "HassIncreaseTimer"])
def test_how_long_a_timer_may_be(intent: str, slots: dict[str, Any], line: str | None) -> None:
    assert _line(intent, **slots) == line


def test_of_what_has_no_length_the_handler_tells() -> None:
    assert _line("HassStartTimer") is None
    assert _line("HassStartTimer", minutes="a few") is None
    assert _line("HassStartTimer", minutes=["5", "6"]) is None


def test_other_intents_are_none_of_its() -> None:
    assert _line("HassCancelTimer", start_hours=100) is None
    assert _line("HassDecreaseTimer", hours=100) is None
