"""How people spend an evening and a night."""

import random
from dataclasses import dataclass
from typing import Final

from .truth import ASLEEP, ASLEEP_COVERED, AWAKE, AWAY, EDGE, FLOOR, OUT, SEAT, SITTING, Track

MINUTE: Final = 60.0
HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody is up to tonight; seconds since the night began, at 17:00."""

    home_from: float
    bedtime: float
    reading: float
    """How long they read or look at a phone in bed."""
    onset: float
    """How long they take to fall asleep."""
    visits: tuple[float, ...]
    """When they get up in the night."""
    studies: bool
    """The room is where they spend the evening, too."""


def plan(rng: random.Random) -> Plan:
    """Draw one. Four of five go to bed between 21:30 and 0:30, some early, some late; a third read for long."""
    bedtime = rng.choices(
        (rng.uniform(4.5, 7.5), rng.uniform(3, 4.5), rng.uniform(7.5, 10)),
        (80, 10, 10),
    )[0]
    reading = rng.choices((0, rng.uniform(5, 25), rng.uniform(25, 75)), (30, 35, 35))[0]
    visits = rng.choices((0, 1, 2, 3), (45, 30, 15, 10))[0]
    return Plan(
        home_from=rng.uniform(0, 3) * HOUR,
        bedtime=bedtime * HOUR,
        reading=reading * MINUTE,
        onset=rng.uniform(4, 30) * MINUTE,
        visits=tuple(sorted(rng.uniform(bedtime, 16) * HOUR for _ in range(visits))),
        studies=rng.random() < 0.6,
    )


def spend_evening(track: Track, today: Plan, rng: random.Random) -> None:
    """Come home, use the room now and then, go to bed."""
    track.until(AWAY, today.home_from)
    while track.end < today.bedtime - 5 * MINUTE:
        if rng.random() < (0.7 if today.studies else 0.35):
            use_room(track, rng, rng.uniform(2, 45) * MINUTE)
        track.be(OUT, rng.uniform(2, 40) * MINUTE)
    track.be(FLOOR, rng.uniform(20, 150))
    track.be(EDGE, rng.uniform(4, 60))


def use_room(track: Track, rng: random.Random, seconds: float) -> None:
    """Walk about in it and sit in it."""
    until = track.end + seconds
    while track.end < until:
        track.be(FLOOR, rng.uniform(5, 120))
        if rng.random() < 0.6:
            track.be(SEAT, min(rng.expovariate(1 / (9 * MINUTE)) + 30, until - track.end))
    track.be(FLOOR, rng.uniform(3, 10))


def fall_asleep(track: Track, today: Plan, rng: random.Random) -> None:
    """Lie down, read for a while, lie awake."""
    reads_upright = rng.random() < 0.5
    track.be(SITTING if reads_upright else AWAKE, today.reading)
    if today.reading and rng.random() < 0.3:  # brushes the teeth last
        go_out(track, rng, FLOOR if rng.random() < 0.1 else OUT, rng.uniform(2, 8) * MINUTE)
    track.be(AWAKE, today.onset)


def go_out(track: Track, rng: random.Random, where: object, seconds: float) -> None:
    """Leave the bed and come back to it."""
    track.be(AWAKE, rng.uniform(5, 60))
    track.be(EDGE, rng.uniform(2, 25))
    track.be(FLOOR, rng.uniform(3, 20))
    track.be(OUT if where is OUT else FLOOR, seconds)
    track.be(FLOOR, rng.uniform(3, 15))
    track.be(EDGE, rng.uniform(1, 6))


def sleep_until(track: Track, until: float, today: Plan, rng: random.Random) -> None:
    """Sleep, and get up for water or the toilet as planned."""
    for visit in today.visits:
        if track.end + 20 * MINUTE < visit < until - 25 * MINUTE:
            doze(track, visit, rng)
            if rng.random() < 0.75:
                go_out(track, rng, OUT, rng.uniform(1.5, 8) * MINUTE)
            else:  # a glass of water on the desk
                go_out(track, rng, FLOOR, rng.uniform(10, 60))
            track.be(AWAKE, rng.uniform(2, 15) * MINUTE)
    doze(track, until, rng)


def doze(track: Track, until: float, rng: random.Random) -> None:
    """Sleep, for a part of it with the blanket over the head, lying awake for moments."""
    while track.end < until:
        pose = ASLEEP_COVERED if rng.random() < 0.3 else ASLEEP
        track.until(pose, min(until, track.end + rng.uniform(20, 110) * MINUTE))
        if rng.random() < 0.15:
            track.until(AWAKE, min(until, track.end + rng.uniform(0.5, 6) * MINUTE))
        if rng.random() < 0.04:  # sits up, drinks
            track.until(SITTING, min(until, track.end + rng.uniform(5, 60)))
