"""How an alarm wakes: the profiles one can choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from .settings import MORNING_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A way to be woken."""

    key: str
    volume: float
    """Of the first line, 0 to 1."""
    louder: float
    """What each line adds."""
    every: timedelta = timedelta(seconds=12)
    """Between two lines (PRD §9: 10-15 s)."""
    sunrise: bool = True
    """Whether the light comes first."""

    def volume_of(self, line: int) -> float:
        """Return how loud a line is, counted from 0."""
        return min(1.0, round(self.volume + line * self.louder, 2))


ALL: Final[Mapping[str, Profile]] = {
    profile.key: profile
    for profile in (
        Profile(key=MORNING_DEFAULT, volume=0.4, louder=0.05),
        Profile(key="gentle", volume=0.2, louder=0.03, every=timedelta(seconds=15)),
        Profile(key="firm", volume=0.7, louder=0.1, every=timedelta(seconds=10), sunrise=False),
    )
}


def profile_of(key: str) -> Profile:
    """Return a profile; one that is not known wakes as the default does, since an alarm must not fail."""
    return ALL.get(key, ALL[MORNING_DEFAULT])
