"""One round of each soundscape as a player gets it: 16-bit stereo, at its level."""

import math
import sys
from array import array
from typing import Final

from .soundscape import CHANNELS, FRAMES, RATE, Soundscape

PEAK: Final = 0.8
"""Of full scale: no sample is louder, whatever the level is to be."""

FRAME_BYTES: Final = 2 * CHANNELS

BYTES_A_SECOND: Final = FRAME_BYTES * RATE


def render(soundscape: Soundscape) -> bytes:
    """Return one round, little-endian, which goes on at its begin. It takes about a second, so not on an event loop."""
    samples = soundscape.make()
    mean = math.sqrt(math.sumprod(samples, samples) / FRAMES)
    scale = min(10 ** (soundscape.level / 20) / mean, PEAK / max(map(abs, samples))) * 32_767
    left = array("h", (round(sample * scale) for sample in samples))
    apart = round(soundscape.apart * RATE)
    both = array("h", bytes(FRAME_BYTES * FRAMES))
    both[0::CHANNELS] = left
    both[1::CHANNELS] = left[-apart:] + left[:-apart]
    if sys.byteorder == "big":
        both.byteswap()
    return both.tobytes()
