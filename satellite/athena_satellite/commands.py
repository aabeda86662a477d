"""Orders: what the turn decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .audio import Format
from .phrases import Line

type Detail = str | int | float | None
"""What a step of the trace may tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStreaming:
    """Ask Home Assistant for a turn and let it hear everything from a position on."""

    turn: str
    name: str
    """Name of the wake word's model."""

    position: int
    """Position, in samples heard, where the wake word ends."""


@dataclass(frozen=True, slots=True)
class StopStreaming:
    """Let Home Assistant hear nothing more, and tell it so."""


@dataclass(frozen=True, slots=True)
class AbandonPipeline:
    """Have Home Assistant end the pipeline that it may still be running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Begin a playback, after those that began before."""

    playback: int
    form: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Add audio to a playback."""

    playback: int
    audio: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPlaying:
    """Let a playback end once it has played what it was given."""

    playback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlaying:
    """Break a playback off; nothing more is heard of it."""

    playback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Play a line of the satellite's own."""

    playback: int
    line: Line


@dataclass(frozen=True, slots=True)
class SendPlayed:
    """Tell Home Assistant that its audio has been played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Trace a step."""

    step: str
    turn: str | None
    details: Mapping[str, Detail] = field(default_factory=dict)


type Sound = Play | Feed | FinishPlaying | StopPlaying | Say

type Command = StartStreaming | StopStreaming | AbandonPipeline | SendPlayed | Note | Sound
