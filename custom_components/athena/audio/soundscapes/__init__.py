"""Sounds without an end to sleep or to work by. Add a file, add its soundscape here."""

from typing import Final

from ..soundscape import Soundscape
from .brown_noise import BROWN_NOISE
from .rain import RAIN
from .waves import WAVES
from .white_noise import WHITE_NOISE
from .wind import WIND

ALL: Final[tuple[Soundscape, ...]] = (RAIN, WHITE_NOISE, WIND, BROWN_NOISE, WAVES)
