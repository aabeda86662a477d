"""Low and warm, to wind down (PRD §9, Night Mode Scene)."""

from typing import Final

from .. import phrases
from ..colors import AMBER
from ..scene import Look, Scene

NIGHT: Final = Scene(key="night", look=Look(brightness=30, fade=1.0, rgb=AMBER), line=phrases.NIGHT_MODE)
