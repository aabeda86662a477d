"""A timer that could not do what was asked of it is refused before there is one. No Home Assistant."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...deed import Deed, Request
from .verdict import Kind, Verdict

START: Final = "HassStartTimer"
INCREASE: Final = "HassIncreaseTimer"

HOUR: Final = 3600
DAY: Final = 24 * HOUR

SECONDS: Final[Mapping[str, int]] = {
    "seconds": 1,
    "minutes": 60,
    "hours": HOUR,
    "days": DAY,
    "weeks": 7 * DAY,
    "months": 30 * DAY,
    "years": 365 * DAY,
}
"""By the slots in which a length is said; Home Assistant takes none longer than hours."""

LONGEST: Final = DAY
"""Seconds. Home Assistant forgets its timers when it restarts, as it does for every update: a promise for next week
would be broken without a word."""

BELOW_ZERO: Final = "below_zero"
"""The slot of a length that was said with a minus before it."""


def impossible_timer(steps: Sequence[Deed | Request]) -> Verdict | None:
    """Return the refusal of a timer that would ring at once, or that would not live to ring; None of any other."""
    for step in steps:
        if not isinstance(step, Request) or step.intent not in (START, INCREASE):
            continue
        seconds = length_of(step.slots)
        if seconds is None:
            continue
        if seconds <= 0:
            return _refused("timer_no_time", seconds)
        if seconds > LONGEST:
            return _refused("timer_too_long", seconds)
    return None


def length_of(slots: Mapping[str, Any]) -> float | None:
    """Return the seconds that were said; None where none were, or where it is for a handler to say what is wrong."""
    try:
        said = [float(slots[slot]) * each for slot, each in SECONDS.items() if slot in slots]
    except TypeError, ValueError:
        return None
    if not said:
        return None
    return -sum(said) if slots.get(BELOW_ZERO) else sum(said)


def _refused(line: str, seconds: float) -> Verdict:
    return Verdict(kind=Kind.REFUSE, cause=f"a timer of {seconds:.0f} s", line=line)
