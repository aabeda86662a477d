"""Passive infrared: sees movement, and nothing else."""

import math
import random
from dataclasses import dataclass
from typing import Final

from custom_components.athena.brain.events import MotionDetected

from .report import Report, presence
from .spans import union
from .truth import IN_BED, Lives, Place, Pose, Span

_PULSES: Final = 6.0
"""Seconds between two movements that it sees of somebody on their feet, on average."""
_CAT_PULSES: Final = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pir:
    """One of them."""

    source: str
    sees_bed: bool
    """Else it is aimed at the floor, as under the bed or beside the door."""
    sees_legs: float
    """How likely it sees a movement of somebody on the edge of the bed: their feet are on the floor."""
    sees_cat: bool
    on_for: float
    """Seconds that it stays on after a movement: 2 (bare sensors), 10 (Hue), 30 and 60 (most battery ones)."""
    tells_end: bool
    """It says when it is off; else each movement is a word of its own."""

    def reports(self, lives: Lives, rng: random.Random) -> list[Report]:
        """Return what it says in this night."""
        pulses = sorted(self._pulses(lives, rng))
        if self.tells_end:
            return presence(self.source, union((at, at + self.on_for) for at in pulses))
        reports: list[Report] = []
        for at in pulses:
            if not reports or at >= reports[-1].at + self.on_for:
                reports.append(Report(at, self.source, MotionDetected))
        return reports

    def _pulses(self, lives: Lives, rng: random.Random) -> list[float]:
        pulses: list[float] = []
        for person in lives.people:
            pulses += _walking(person.track.within(frozenset({Place.FLOOR})), _PULSES, rng)
            for stir in person.stirs:
                if rng.random() < self._sees(person.track.at(stir.at), stir.size):
                    pulses.append(stir.at + 0.2)
        if lives.cat is not None and self.sees_cat:
            pulses += _walking(lives.cat.within(frozenset({Place.FLOOR})), _CAT_PULSES, rng)
        return pulses

    def _sees(self, pose: Pose, size: float) -> float:
        if pose.place is Place.EDGE:
            return max(self.sees_legs, 0.8 if self.sees_bed else 0.0)
        if pose.place in IN_BED:
            return 0.9 if self.sees_bed and size > (0.6 if pose.asleep else 0.4) else 0.0
        return 0.8 if size > 0.5 else 0.0  # in a chair


def _walking(spans: list[Span], mean: float, rng: random.Random) -> list[float]:
    pulses = []
    for start, end in spans:
        at = start + rng.uniform(0.1, 1.5)
        while at < end:
            pulses.append(at)
            at -= math.log(1.0 - rng.random()) * mean
    return pulses
