"""White noise: every pitch, equally strong."""

from functools import partial
from typing import Final

from ..circular import white
from ..soundscape import Soundscape

WHITE_NOISE: Final = Soundscape(
    key="white_noise",
    name="White noise",
    said="white noise",
    level=-30.0,
    apart=32.0,
    make=partial(white, 11),
)
