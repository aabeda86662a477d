"""Three notes that rise: calm when they are soft, not to be slept through when they are loud."""

from typing import Final

from ..sound import Note, Sound

ALARM: Final = Sound(
    key="alarm",
    seconds=3.0,
    notes=(
        Note(pitch=523.25, at=0.0, ring=0.7),
        Note(pitch=659.26, at=0.45, ring=0.7),
        Note(pitch=783.99, at=0.9, ring=0.8),
    ),
    peak=0.9,
    edge=1.0,
)
