"""How long something is to last, as people say it: "an hour and 5 minutes". No Home Assistant."""

from collections.abc import Mapping
from typing import Any, Final

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

BELOW_ZERO: Final = "below_zero"
"""The slot of a length that was said with a minus before it."""


def length_of(slots: Mapping[str, Any]) -> float | None:
    """Return the seconds that were said; None where none were, or where it is for a handler to say what is wrong."""
    try:
        said = [float(slots[slot]) * each for slot, each in SECONDS.items() if slot in slots]
    except TypeError, ValueError:
        return None
    if not said:
        return None
    return -sum(said) if slots.get(BELOW_ZERO) else sum(said)
