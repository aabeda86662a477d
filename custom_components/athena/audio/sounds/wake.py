"""A subtle tone for somebody who has just woken up (PRD, Epic 2)."""

from typing import Final

from ..sound import Note, Sound

WAKE: Final = Sound(
    key="wake",
    seconds=1.6,
    notes=(Note(pitch=392.0, at=0.0, ring=0.4), Note(pitch=587.33, at=0.25, ring=0.45)),
    peak=0.25,
    edge=0.2,
)
