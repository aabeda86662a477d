"""What people do when it is time to get up. Add a way to get up: a function, and a line in WAYS."""

import random
from collections.abc import Callable
from typing import Final

from .evening import MINUTE, doze, use_room
from .truth import ASLEEP, ASLEEP_COVERED, AWAKE, AWAY, COVERED, EDGE, FLOOR, OUT, SITTING, Track

type Way = Callable[[Track, float, random.Random], None]
"""From lying in bed at the ring (the second argument) to the last time that they leave the bed, and no further."""


def _stir(track: Track, rng: random.Random, most: float = 20) -> None:
    track.be(AWAKE, rng.uniform(2, most))


def at_once(track: Track, _ring: float, rng: random.Random) -> None:
    """Gets up within a minute."""
    _stir(track, rng)
    track.be(SITTING, rng.uniform(1, 10))
    track.be(EDGE, rng.uniform(1, 8))


def by_the_edge(track: Track, _ring: float, rng: random.Random) -> None:
    """Sits on the edge for 5 to 120 s first."""
    _stir(track, rng)
    track.be(EDGE, rng.uniform(5, 120))


def edge_and_back(track: Track, ring: float, rng: random.Random) -> None:
    """Sits on the edge for 5 to 120 s, lies down again and sleeps on."""
    by_the_edge(track, ring, rng)
    track.be(AWAKE, rng.uniform(10, 120))
    track.be(ASLEEP, rng.uniform(1, 26) * MINUTE)
    if rng.random() < 0.2:
        edge_and_back(track, ring, rng)
    else:
        at_once(track, ring, rng)


def sits_and_stays(track: Track, ring: float, rng: random.Random) -> None:
    """Sits up in bed, looks at the phone."""
    _stir(track, rng, 60)
    track.be(SITTING, rng.uniform(1, 14) * MINUTE)
    at_once(track, ring, rng)


def under_the_blanket(track: Track, ring: float, rng: random.Random) -> None:
    """Pulls the blanket over the head."""
    _stir(track, rng)
    track.be(COVERED, rng.uniform(0.5, 4) * MINUTE)
    track.be(ASLEEP_COVERED, rng.uniform(0, 20) * MINUTE)
    at_once(track, ring, rng)


def up_and_back(track: Track, ring: float, rng: random.Random) -> None:
    """Gets up, and lies down again within ten minutes."""
    at_once(track, ring, rng)
    track.be(FLOOR, rng.uniform(4, 40))
    if rng.random() < 0.5:
        track.be(OUT, rng.uniform(0.3, 8.5) * MINUTE)
        track.be(FLOOR, rng.uniform(3, 15))
    track.be(EDGE, rng.uniform(1, 5))
    track.be(AWAKE, rng.uniform(0.2, 4) * MINUTE)
    track.be(ASLEEP, rng.uniform(0, 15) * MINUTE)
    at_once(track, ring, rng)


def sleeps_through(track: Track, ring: float, rng: random.Random) -> None:
    """Does not get up before the cap; one of the later rings does it."""
    doze(track, ring + rng.uniform(31, 68) * MINUTE, rng)
    at_once(track, ring, rng)


WAYS: Final[dict[Way, float]] = {
    at_once: 34,
    by_the_edge: 20,
    edge_and_back: 10,
    sits_and_stays: 9,
    under_the_blanket: 11,
    up_and_back: 11,
    sleeps_through: 5,
}
"""How many of a hundred mornings. Judged, not measured; those that tempt a brain to err are many."""


def get_up(track: Track, ring: float, rng: random.Random) -> None:
    """Be up before the ring already (one of eight), at it, or some time after."""
    rng.choices(tuple(WAYS), tuple(WAYS.values()))[0](track, ring, rng)


def up_before(rng: random.Random, ring: float) -> float:
    """Return when they leave the bed, having woken by themselves."""
    return ring - rng.choices((rng.uniform(0.1, 5), rng.uniform(5, 15), rng.uniform(15, 75)), (35, 30, 35))[0] * MINUTE


def start_the_day(track: Track, end: float, rng: random.Random) -> None:
    """Dress, come and go; sometimes sit down on the bed for the socks; leave for work or stay."""
    track.be(FLOOR, rng.uniform(8, 90))
    if rng.random() < 0.25:
        track.be(EDGE, rng.uniform(10, 60))
        track.be(FLOOR, rng.uniform(5, 60))
    track.be(OUT, rng.uniform(8, 40) * MINUTE)
    use_room(track, rng, rng.uniform(1, 8) * MINUTE)
    if rng.random() < 0.6:
        track.be(OUT, rng.uniform(2, 20) * MINUTE)
        track.until(AWAY, end)
    while track.end < end:
        track.be(OUT, rng.uniform(10, 90) * MINUTE)
        use_room(track, rng, rng.uniform(1, 25) * MINUTE)
