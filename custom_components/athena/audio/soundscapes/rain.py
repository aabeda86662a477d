"""Rain: the hiss of all drops that are far, a murmur of the ground, and the near drops one by one."""

import math
from array import array
from random import Random
from typing import Final

from ..circular import high, low, mixed, scatter, swell, swelling, white
from ..soundscape import RATE, Soundscape

NEAR: Final = 5_120
"""Drops a round: 80 a second."""

_RING: Final = 0.0025  # seconds until the longest drop has faded to a third


def _make() -> array[float]:
    hiss = high(low(low(white(21), 4_000.0), 9_000.0), 400.0)
    murmur = low(low(white(22), 250.0), 700.0)
    rain = mixed((1.0, hiss), (2.2, murmur))
    rain = swelling(rain, [0.8 + 0.2 * one for one in swell(23, 3, 11)])
    scatter(rain, _drops(), 25, NEAR, 3.0)
    return rain


def _drops() -> list[array[float]]:
    """Return how drops sound that fall on a leaf, a stone, or into a puddle: a tap, with or without a pitch."""
    random = Random(24)  # noqa: S311
    return [_drop(random, random.uniform(1_200.0, 6_000.0), random.uniform(0.2, 1.0)) for _ in range(32)]


def _drop(random: Random, pitch: float, dull: float) -> array[float]:
    turn, ring, rise = math.tau * pitch / RATE, _RING * dull * RATE, 0.0004 * RATE
    begin, count = random.uniform(0.0, math.tau), round(6.0 * ring)
    return array(
        "f",
        (
            min(1.0, at / rise)
            * (math.exp(-at / ring) - math.exp(-count / ring))  # it has ended where it ends
            * (0.6 * math.sin(begin + turn * at) + 0.4 * random.uniform(-1.0, 1.0))
            for at in range(count)
        ),
    )


RAIN: Final = Soundscape(key="rain", name="Rain", said="rain[fall]", level=-26.0, apart=32.0, make=_make)
