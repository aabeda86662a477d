"""A camera that tells postures: of one body after another, not whose they are."""

import random
from bisect import bisect_left
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from custom_components.athena.brain.events import BedExitReported, Posture, PostureUpdate, VisionLost

from .report import Report
from .truth import IN_BED, IN_ROOM, Lives, Person, Place, Pose

_SEEN_AS: Final = {
    Place.FLOOR: (Posture.STANDING, "floor"),
    Place.SEAT: (Posture.SITTING, "desk"),
    Place.LYING: (Posture.LYING, "bed"),
    Place.SITTING: (Posture.SITTING, "bed"),
    Place.EDGE: (Posture.SITTING, "bed"),
}
_HEARTBEAT: Final = 60.0
_WATCHFUL: Final = 10.0
"""Seconds between words while something ought to ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """One of them."""

    source: str
    sees_in_the_dark: bool
    """Else it sees no sleeper."""
    slips: float
    """How likely one word is of a person on the floor who lies in bed; the next is right, 0.5 to 3 s later."""
    confuses: float
    """How likely it takes sitting for lying, or the other way round, or one who stands beside the bed for one on it."""
    tells_exits: bool

    def reports(self, lives: Lives, rng: random.Random) -> list[Report]:
        """Return what it says in this night."""
        reports = [Report(0.5, self.source, VisionLost)]
        for person in lives.people:
            reports += self._of(person, lives, rng)
        reports.sort(key=lambda report: report.at)
        return reports

    def _of(self, person: Person, lives: Lives, rng: random.Random) -> list[Report]:
        reports: list[Report] = []
        seen = False
        before: Place | None = None
        for start, end, pose in person.track.spans():
            if not self._visible(pose):
                if seen and not self._another(lives, person, start):
                    reports.append(Report(start + 1.0, self.source, VisionLost))
                seen, before = False, pose.place
                continue
            seen = True
            for at in self._moments(start, end, lives, person, rng):
                reports += self._word(at, pose, person, rng)
            if self.tells_exits and before in IN_BED and pose.place is Place.FLOOR:
                reports.append(Report(start + 0.8, self.source, BedExitReported))
            before = pose.place
        return reports

    def _visible(self, pose: Pose) -> bool:
        return pose.place in IN_ROOM and not pose.covered and (self.sees_in_the_dark or not pose.asleep)

    def _another(self, lives: Lives, person: Person, at: float) -> bool:
        return any(other is not person and self._visible(other.track.at(at)) for other in lives.people)

    def _moments(self, start: float, end: float, lives: Lives, person: Person, rng: random.Random) -> list[float]:
        """Return when it says something: at once, when they move, and as a sign of life."""
        moments = [start + rng.uniform(0.3, 1.0)]
        stirs = person.stirs
        for index in range(bisect_left(stirs, start, key=lambda stir: stir.at), len(stirs)):
            if (at := stirs[index].at) >= end:
                break
            if stirs[index].size > 0.4:
                moments.append(at)
        at = start
        while (at := at + (_WATCHFUL if self._watchful(at, lives) else _HEARTBEAT)) < end:
            moments.append(at)
        moments.sort()
        return [at for at in moments if at < end] or moments[:1]

    def _watchful(self, at: float, lives: Lives) -> bool:
        return any(ring <= at < ring + 900 for ring in lives.rings)

    def _word(self, at: float, pose: Pose, person: Person, rng: random.Random) -> list[Report]:
        posture, zone = _SEEN_AS[pose.place]
        right = self._said(at, posture, zone, person, rng)
        if pose.place in IN_BED:
            if rng.random() < self.slips:
                wrong = Report(
                    at, self.source, PostureUpdate, _words(Posture.STANDING, "floor", rng.uniform(0.3, 0.95), 0.5)
                )
                return [wrong, self._said(at + rng.uniform(0.5, 3), posture, zone, person, rng)]
            if rng.random() < self.confuses and pose.place is not Place.EDGE:
                other = Posture.SITTING if posture is Posture.LYING else Posture.LYING
                return [self._said(at, other, zone, person, rng)]
        elif pose.place is Place.FLOOR and rng.random() < self.confuses:
            return [self._said(at, posture, "bed", person, rng)]
        return [right]

    def _said(self, at: float, posture: Posture, zone: str, person: Person, rng: random.Random) -> Report:
        motion = 0.8 if posture is Posture.STANDING else _motion(person, at, rng)
        return Report(at, self.source, PostureUpdate, _words(posture, zone, rng.uniform(0.6, 0.98), motion))


def _words(posture: Posture, zone: str, confidence: float, motion: float) -> MappingProxyType[str, Any]:
    return MappingProxyType(
        {"posture": posture, "zone": zone, "confidence": round(confidence, 2), "motion": round(motion, 2)}
    )


def _motion(person: Person, at: float, rng: random.Random) -> float:
    """Return how much they have moved in the last two seconds."""
    index = bisect_left(person.stirs, at - 2, key=lambda stir: stir.at)
    sizes = [stir.size for stir in person.stirs[index : index + 3] if stir.at <= at]
    return max(sizes, default=rng.uniform(0, 0.05))
