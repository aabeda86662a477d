"""Making a piece of sound swell or fade."""

import sys
from array import array
from collections.abc import Buffer

from .soundscape import CHANNELS


def faded(piece: Buffer, begin: float, end: float) -> bytes:
    """Return a piece of 16-bit little-endian stereo as loud as `begin` to `end` say, 0 to 1, as an ear hears it."""
    samples = array("h")
    samples.frombytes(piece)
    if sys.byteorder == "big":
        samples.byteswap()
    slope = (end - begin) / len(samples) * CHANNELS
    total = array("h", (int(sample * (begin + slope * (at // CHANNELS)) ** 2) for at, sample in enumerate(samples)))
    if sys.byteorder == "big":
        total.byteswap()
    return total.tobytes()
