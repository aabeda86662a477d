"""A timer that could not do what was asked of it is refused before there is one. No Home Assistant."""

from collections.abc import Sequence
from typing import Final

from ...deed import Deed, Request
from ..spoken_length import DAY, length_of
from .verdict import Kind, Verdict

START: Final = "HassStartTimer"
INCREASE: Final = "HassIncreaseTimer"

LONGEST: Final = DAY
"""Seconds. Home Assistant forgets its timers when it restarts, as it does for every update: a promise for next week
would be broken without a word."""


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


def _refused(line: str, seconds: float) -> Verdict:
    return Verdict(kind=Kind.REFUSE, cause=f"a timer of {seconds:.0f} s", line=line)
