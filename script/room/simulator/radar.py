"""Millimetre waves: sees who keeps still, mostly."""

import math
import random
from dataclasses import dataclass

from .report import Report, presence
from .spans import union, without
from .truth import IN_ROOM, Lives, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """One that watches the whole room."""

    source: str
    drops: float
    """How often a night it loses somebody who keeps still, on average, for 20 to 300 s."""
    ghosts: float
    """How often a night it sees somebody who is not there: a curtain, a fan."""
    clears_after: float

    def reports(self, lives: Lives, rng: random.Random) -> list[Report]:
        """Return what it says in this night."""
        there = union(*(person.track.within(IN_ROOM) for person in lives.people))
        holes: list[Span] = []
        asleep = [
            (start, end)
            for person in lives.people
            for start, end, pose in person.track.spans()
            if pose.asleep and end - start > 600
        ]
        for _ in range(_count(self.drops, rng) if asleep else 0):
            start, end = rng.choice(asleep)
            at = rng.uniform(start, end - 300)
            holes.append((at, at + rng.uniform(20, 300)))
        seen = without(
            ((a + 0.5, b + self.clears_after) for a, b in union(there, gap=self.clears_after)), union(sorted(holes))
        )
        ghosts = []
        for _ in range(_count(self.ghosts, rng)):
            at = rng.uniform(0, lives.end)
            ghosts.append((at, at + rng.uniform(30, 600)))
        return presence(self.source, union(seen, sorted(ghosts)))


def _count(mean: float, rng: random.Random) -> int:
    """Draw how often something that happens so often on average happens."""
    count, at = 0, -math.log(1.0 - rng.random())
    while at < mean:
        count += 1
        at -= math.log(1.0 - rng.random())
    return count
