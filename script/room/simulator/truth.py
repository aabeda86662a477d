"""What is so: where everybody is at each moment, and when they stir. No sensor and no brain knows it."""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final


class Place(Enum):
    """Where somebody is, as far as this room is concerned."""

    AWAY = auto()
    """Not at home."""
    OUT = auto()
    """Somewhere else at home."""
    FLOOR = auto()
    """On their feet in the room."""
    SEAT = auto()
    """At the desk or in a chair."""
    LYING = auto()
    SITTING = auto()
    """Upright in bed."""
    EDGE = auto()
    """On the edge of the bed, feet on the floor."""


IN_BED: Final = frozenset({Place.LYING, Place.SITTING, Place.EDGE})
IN_ROOM: Final = IN_BED | {Place.FLOOR, Place.SEAT}


@dataclass(frozen=True, slots=True)
class Pose:
    """How somebody is."""

    place: Place
    asleep: bool = False
    covered: bool = False
    """The blanket hides them from a camera."""


AWAY: Final = Pose(Place.AWAY)
OUT: Final = Pose(Place.OUT)
FLOOR: Final = Pose(Place.FLOOR)
SEAT: Final = Pose(Place.SEAT)
AWAKE: Final = Pose(Place.LYING)
COVERED: Final = Pose(Place.LYING, covered=True)
ASLEEP: Final = Pose(Place.LYING, asleep=True)
ASLEEP_COVERED: Final = Pose(Place.LYING, asleep=True, covered=True)
SITTING: Final = Pose(Place.SITTING)
EDGE: Final = Pose(Place.EDGE)

type Span = tuple[float, float]

# How often somebody moves noticeably, times an hour. Sleepers shift 3 to 20 times an hour; the rest is judged.
_STIRS: Final = {Place.LYING: 40, Place.SITTING: 60, Place.EDGE: 240, Place.SEAT: 50}
_STIRS_ASLEEP: Final = 9


@dataclass(slots=True)
class Track:
    """How one of them is from moment to moment; seconds since the night began."""

    times: list[float] = field(default_factory=list)
    poses: list[Pose] = field(default_factory=list)
    end: float = 0.0

    def be(self, pose: Pose, seconds: float) -> None:
        """Be so for so long, from where the track ends."""
        if seconds <= 0:
            return
        if not self.poses or self.poses[-1] is not pose:
            self.times.append(self.end)
            self.poses.append(pose)
        self.end += seconds

    def until(self, pose: Pose, time: float) -> None:
        """Be so until then, if that is yet to come."""
        self.be(pose, time - self.end)

    def at(self, time: float) -> Pose:
        """Return how they are at that moment."""
        return self.poses[max(0, bisect_right(self.times, time) - 1)]

    def spans(self) -> Iterator[tuple[float, float, Pose]]:
        """Return every stretch in which nothing changes."""
        yield from zip(self.times, [*self.times[1:], self.end], self.poses, strict=True)

    def within(self, places: frozenset[Place]) -> list[Span]:
        """Return when they are in one of these places; stretches that touch are one."""
        spans: list[Span] = []
        for start, end, pose in self.spans():
            if pose.place in places:
                if spans and spans[-1][1] == start:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        return spans

    def in_bed(self, time: float) -> bool:
        """Whether they lie or sit in the bed, or on it."""
        return self.at(time).place in IN_BED


@dataclass(frozen=True, slots=True)
class Stir:
    """One movement of somebody who stays where they are."""

    at: float
    size: float
    """0 to 1."""


def stirs_of(track: Track, rng: random.Random) -> list[Stir]:
    """Return when they move without going anywhere: what a PIR may see, and what a mat may lose them by."""
    stirs = []
    for start, end, pose in track.spans():
        rate = _STIRS_ASLEEP if pose.asleep else _STIRS.get(pose.place)
        if rate is None:
            continue
        at = start
        while (at := at - math.log(1.0 - rng.random()) * 3600 / rate) < end:
            stirs.append(Stir(at, rng.random()))
    return stirs


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who lives here, or a guest."""

    name: str
    """The entity id."""
    track: Track
    stirs: list[Stir]
    side: str | None = None
    """Of the bed, where two share it."""
    lives_here: bool = True


@dataclass(slots=True, kw_only=True)
class Lives:
    """Everybody of one night."""

    people: list[Person]
    cat: Track | None
    end: float
    rings: list[float]
    """When something ought to ring, as everybody's behaviour assumes."""
