"""Brown noise: a far waterfall, 6 dB less with every octave."""

from array import array
from typing import Final

from ..circular import high, low, white
from ..soundscape import Soundscape


def _make() -> array[float]:
    return high(low(white(41), 40.0), 15.0)  # what is lower moves a loudspeaker, and nobody hears it


BROWN_NOISE: Final = Soundscape(
    key="brown_noise",
    name="Brown noise",
    said="(brown|red) noise",
    level=-22.0,
    apart=32.0,
    make=_make,
)
