"""The room is empty (PRD §9, Exit Scene)."""

from typing import Final

from .. import phrases
from ..scene import Look, Scene

EXIT: Final = Scene(key="exit", look=Look(brightness=0, fade=4.0), line=phrases.GOODBYE)
