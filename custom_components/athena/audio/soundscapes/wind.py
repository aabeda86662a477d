"""Wind: gusts about a house, which rise in pitch as they grow."""

from array import array
from typing import Final

from ..circular import high, low, mixed, resonant, swell, swelling, white
from ..soundscape import Soundscape


def _make() -> array[float]:
    gusts, air = swell(31, 4, 24), high(white(32), 60.0)
    howl = resonant(air, [180.0 + 420.0 * gust**1.5 for gust in gusts], 0.35)
    rush = low(low(air, 300.0), 900.0)
    return mixed(
        (0.5, swelling(howl, [0.08 + gust**2 for gust in gusts])),
        (2.5, swelling(rush, [0.25 + gust for gust in gusts])),
    )


WIND: Final = Soundscape(key="wind", name="Wind", said="wind", level=-25.0, apart=1.7, make=_make)
