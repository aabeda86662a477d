"""Bright and cool, to work by (PRD §9, Focus Scene)."""

from typing import Final

from .. import phrases
from ..colors import COOL
from ..scene import Look, Scene

FOCUS: Final = Scene(key="focus", look=Look(brightness=100, fade=1.0, kelvin=COOL), line=phrases.FOCUS_MODE)
