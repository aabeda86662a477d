"""What a sound of Athena's own is: notes, as a bell would ring them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One stroke."""

    pitch: float
    """Hertz."""
    at: float
    """Seconds from the sound's begin."""
    ring: float
    """Seconds until it has faded to a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A sound that Athena makes by herself, where nobody has to give her a file."""

    key: str
    """As `audio.play` names it."""
    seconds: float
    notes: tuple[Note, ...]
    peak: float
    """Of the loudest clip, as a part of full scale."""
    edge: float
    """How much of a bell's overtones the loudest clip has, 0 to 1; a softer one has less of them."""
