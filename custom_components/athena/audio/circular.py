"""What soundscapes are made of: all of it goes round, so that the last sample is followed by the first as by any other.

A filter has heard the end of the round when it begins; what swells does so a whole number of times a round; what would
reach beyond the end goes on at the begin. So nothing has to be cross-faded, and there is no seam to be hidden.
"""

import math
from array import array
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from .soundscape import FRAMES, RATE

STEP: Final = 320
"""Samples, a hundredth of a second: what swells is reckoned so often."""

_FORGOTTEN: Final = 16.0
"""Of a filter's time: what it heard longer ago is less than 10⁻⁶ of what it hears now."""


def white(seed: int) -> array[float]:
    """Return noise that is equally strong at every pitch, from -1 to 1."""
    drawn = array("h", Random(seed).randbytes(2 * FRAMES))  # noqa: S311
    return array("f", (one / 32_768 for one in drawn))


def low(samples: array[float], hertz: float) -> array[float]:
    """Return what is left below a pitch: 6 dB less with every octave above it."""
    share = 1.0 - math.exp(-math.tau * hertz / RATE)
    return array("f", _low(samples, share))


def _low(samples: array[float], share: float) -> Iterator[float]:
    heard = 0.0
    for sample in samples[-math.ceil(_FORGOTTEN / share) :]:
        heard += share * (sample - heard)
    for sample in samples:
        heard += share * (sample - heard)
        yield heard


def high(samples: array[float], hertz: float) -> array[float]:
    """Return what is left above a pitch: 6 dB less with every octave below it."""
    return mixed((1.0, samples), (-1.0, low(samples, hertz)))


def mixed(*parts: tuple[float, array[float]]) -> array[float]:
    """Return sounds together, each with how loud it is."""
    gains, sounds = zip(*parts, strict=True)
    return array("f", (math.sumprod(gains, samples) for samples in zip(*sounds, strict=True)))


def swell(seed: int, slowest: int, fastest: int) -> list[float]:
    """Return something that comes and goes, from 0 to 1, once for each `STEP`; it does so `slowest` times a round.

    What is quicker than that, up to `fastest`, is the weaker for it.
    """
    random = Random(seed)  # noqa: S311
    waves = [
        (math.tau * times * STEP / FRAMES, random.uniform(0.0, math.tau), times**-0.7)
        for times in range(slowest, fastest + 1)
    ]
    drawn = [sum(loud * math.sin(turn * at + begin) for turn, begin, loud in waves) for at in range(FRAMES // STEP)]
    least, most = min(drawn), max(drawn)
    return [(one - least) / (most - least) for one in drawn]


def swelling(samples: array[float], gains: Sequence[float]) -> array[float]:
    """Return a sound as loud as `gains` say, one for each `STEP`, and between two of them something between."""
    total = array("f")
    for number, gain in enumerate(gains):
        slope = (gains[(number + 1) % len(gains)] - gain) / STEP
        part = samples[number * STEP : (number + 1) * STEP]
        total.extend(sample * (gain + slope * at) for at, sample in enumerate(part))
    return total


def resonant(samples: array[float], hertz: Sequence[float], width: float) -> array[float]:
    """Return what is left about a pitch that moves, one for each `STEP`; `width` 1 is broad, 0.1 whistles."""
    bend = [2.0 * math.sin(math.pi * pitch / RATE) for pitch in hertz]
    return array("f", _resonant(samples, bend, width))


def _resonant(samples: array[float], bend: Sequence[float], width: float) -> Iterator[float]:
    below = about = 0.0
    before = len(bend) // 8  # more than a filter of some ten hertz remembers
    for number in range(-before, len(bend)):
        share, begin = bend[number], number % len(bend) * STEP
        for sample in samples[begin : begin + STEP]:
            below += share * about
            about += share * (sample - below - width * about)
            if number >= 0:
                yield about


def scatter(samples: array[float], grains: Sequence[array[float]], seed: int, count: int, loudest: float) -> None:
    """Add short sounds here and there: most are soft, few are loud."""
    random = Random(seed)  # noqa: S311
    for _ in range(count):
        grain, begin = random.choice(grains), random.randrange(FRAMES)
        loud = loudest * random.random() ** 4
        for at, sample in enumerate(grain, begin - FRAMES):  # an index below 0 counts from the end: so it goes round
            samples[at] += loud * sample
