"""Somebody came in (PRD §9, Welcome Scene)."""

from typing import Final

from .. import phrases
from ..animations import GOLDEN_SHIMMER
from ..colors import GOLD
from ..scene import Look, Scene

ENTRY: Final = Scene(
    key="entry",
    look=Look(brightness=70, fade=2.5, rgb=GOLD),
    line=phrases.WELCOME_BACK,
    animation=GOLDEN_SHIMMER,
)
