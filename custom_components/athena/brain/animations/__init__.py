"""The animations. Add a file, add its animation here."""

from typing import Final

from ..animation import Animation
from .golden_shimmer import GOLDEN_SHIMMER
from .pulse import PULSE
from .sunrise import SUNRISE

ALL: Final[tuple[Animation, ...]] = (GOLDEN_SHIMMER, PULSE, SUNRISE)
