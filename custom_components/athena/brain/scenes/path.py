"""Somebody gets up for a moment at night: just enough not to stumble, without a word (design §3.5: at most 5 %)."""

from typing import Final

from ..colors import ORANGE
from ..scene import Look, Scene

PATH: Final = Scene(key="path", look=Look(brightness=4, fade=1.0, rgb=ORANGE), line="")
