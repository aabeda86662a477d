"""How long something is to last, by the slots in which it was said."""

from typing import Any

import pytest

from custom_components.athena.agent.spoken_length import length_of


@pytest.mark.parametrize(
    ("slots", "seconds"),
    [
        ({"minutes": 10}, 600),
        ({"hours": "1", "minutes": 5.0, "seconds": 30}, 3930),
        ({"days": 2}, 2 * 24 * 3600),
        ({"seconds": 0}, 0),
        ({"minutes": 5, "below_zero": True}, -300),
        ({"area": "bedroom"}, None),
        ({"minutes": "a few"}, None),
        ({"minutes": ["5", "6"]}, None),
    ],
)
def test_a_length_is_the_sum_of_what_was_said(slots: dict[str, Any], seconds: float | None) -> None:
    assert length_of(slots) == seconds
