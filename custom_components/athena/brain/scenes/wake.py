"""Somebody wakes: gently into the light a sunrise ends with (PRD §9, Wake Scene)."""

from typing import Final

from .. import phrases
from ..colors import SUNLIGHT
from ..scene import Look, Scene

WAKE: Final = Scene(key="wake", look=Look(brightness=100, fade=20.0, kelvin=SUNLIGHT), line=phrases.GOOD_MORNING)
