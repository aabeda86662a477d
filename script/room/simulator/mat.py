"""A sensor under the mattress."""

import math
import random
from dataclasses import dataclass

from custom_components.athena.brain.events import BedCleared, BedOccupied

from .report import Report
from .spans import union, without
from .truth import Lives, Person, Place, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mat:
    """One of them, under the whole bed or one side."""

    source: str
    side: str | None
    lets_go: float
    """How often a night it lets go of somebody who lies there, on average; two real homes had 45 to 60."""
    feels_edge: bool
    feels_cat: bool
    clears_after: float
    """Seconds that it takes to say so."""

    def reports(self, lives: Lives, rng: random.Random) -> list[Report]:
        """Return what it says in this night."""
        felt = union(*(self._felt(person, rng) for person in lives.people if self._is_mine(person)))
        if self.feels_cat and lives.cat is not None:
            felt = union(felt, lives.cat.within(frozenset({Place.LYING})))
        payload = {} if self.side is None else {"side": self.side}
        reports = [Report(0.5, self.source, BedCleared, payload)]
        before = 0.6
        for start, end in union(((start + 0.7, end + self.clears_after) for start, end in felt)):
            at = max(before, start)
            reports += (
                Report(at, self.source, BedOccupied, payload),
                Report(max(at, end), self.source, BedCleared, payload),
            )
            before = end
        return reports

    def _is_mine(self, person: Person) -> bool:
        return person.lives_here and (self.side is None or person.side == self.side)

    def _felt(self, person: Person, rng: random.Random) -> list[Span]:
        places = {Place.LYING, Place.SITTING} | ({Place.EDGE} if self.feels_edge else set())
        lies = person.track.within(frozenset(places))
        return without(lies, self._let_go(person, lies, rng))

    def _let_go(self, person: Person, lies: list[Span], rng: random.Random) -> list[Span]:
        """Return when it loses somebody: mostly as they shift their weight, for 1 to 60 s."""
        shifts = [stir.at for stir in person.stirs if person.track.at(stir.at).place in {Place.LYING, Place.SITTING}]
        if not shifts or not self.lets_go:
            return []
        often = min(1.0, 0.8 * self.lets_go / len(shifts))
        starts = [at for at in shifts if rng.random() < often]
        hours = sum(end - start for start, end in lies) / 3600
        for start, end in lies:
            share = 0.2 * self.lets_go * (end - start) / 3600 / max(hours, 1)
            starts += [rng.uniform(start, end) for _ in range(int(share + rng.random()))]
        longest = math.log(60)
        return union((at, at + math.exp(rng.uniform(0, longest))) for at in sorted(starts))
