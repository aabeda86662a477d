"""Waves: they break on a beach, seven a minute, none like the other, and run back."""

from array import array
from random import Random
from typing import Final

from ..circular import STEP, high, low, mixed, swelling, white
from ..soundscape import FRAMES, RATE, Soundscape

WAVES_A_ROUND: Final = 8
_RISE, _FALL = 2.2, 5.5  # seconds


def _make() -> array[float]:
    water, heights = white(51), _heights()
    surf = high(low(water, 2_500.0), 250.0)
    swell = low(low(water, 120.0), 400.0)
    return mixed(
        (1.0, swelling(surf, [0.06 + height**1.6 for height in heights])),
        (3.0, swelling(swell, [0.35 + 0.65 * height for height in heights])),
    )


def _heights() -> list[float]:
    """Return how high the water stands, 0 to about 1, once for each `STEP`."""
    random, steps = Random(52), FRAMES // STEP  # noqa: S311
    heights = [0.0] * steps
    for number in range(WAVES_A_ROUND):
        begin = round((number + random.uniform(-0.18, 0.18)) * steps / WAVES_A_ROUND)
        height = random.uniform(0.55, 1.0)
        for after in range(round((_RISE + _FALL) * RATE / STEP)):
            seconds = after * STEP / RATE
            share = seconds / _RISE if seconds < _RISE else 1.0 - (seconds - _RISE) / _FALL
            at = (begin + after) % steps
            heights[at] = max(heights[at], height * share * share * (3.0 - 2.0 * share))
    return heights


WAVES: Final = Soundscape(
    key="waves",
    name="Waves",
    said="([ocean |sea ]waves|ocean|sea)",
    level=-24.0,
    apart=0.9,
    make=_make,
)
