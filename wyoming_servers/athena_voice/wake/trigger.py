"""From the scores of one word to "it was said": once for each time, and not again before the score has sunk."""

from dataclasses import dataclass
from typing import Final

from .engine import Score
from .limits import Limits

_RISEN: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """The word was said."""

    score: float
    rise: int
    """Where the probability rose over a half: samples of 16 kHz since the stream began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A rise came close to the threshold, and sank."""

    name: str
    score: float
    """The highest of it."""
    threshold: float


class Trigger:
    """One word in one stream. Its time is the audio's."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._risen = min(_RISEN, limits.threshold)
        self._armed = True
        self._deaf_until = 0
        self._rise: int | None = None
        self._highest = 0.0

    def hear(self, score: Score) -> Fired | NearMiss | None:
        """Return what this score makes known."""
        if score.probability <= self._risen:
            self._rise = None
        elif self._rise is None:
            self._rise = score.at
        if score.value <= self._limits.rearm:
            return self.finish()
        if not self._armed:
            return None
        self._highest = max(self._highest, score.value)
        if score.value <= self._limits.threshold:
            return None
        self._armed = False  # in the refractory time too: what began then is not told when it ends
        if score.at < self._deaf_until:
            return None
        self._deaf_until = score.at + self._limits.refractory
        return Fired(score=score.value, rise=score.at if self._rise is None else self._rise)

    def finish(self) -> NearMiss | None:
        """Return the near miss that the rise was, now that it is over."""
        highest = self._highest if self._armed else 0.0
        self._armed, self._highest = True, 0.0
        if highest < self._limits.near:
            return None
        return NearMiss(name=self._name, score=highest, threshold=self._limits.threshold)
