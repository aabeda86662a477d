"""Orders: what the turn decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from athena_satellite.audio import Format

from .phrases import Line
from .timers import Timer

type Detail = str | int | float | None
"""What a step of the trace may tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStreaming:
    """Ask Home Assistant for a turn and let it hear everything from a position on."""

    turn: str
    name: str | None = None
    """Name of the wake word's model; None for a turn that no wake word began."""

    position: int | None = None
    """Position, in samples heard, where the wake word ends; None to begin with what is heard from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWaking:
    """Let Home Assistant hear everything from now on, for it to find the wake word."""

    ask: bool
    """Whether it is to be asked for that; it goes on by itself until something went wrong."""


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
    chime: bool = False
    """Whether a chime comes before it, so that people look up."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Play the short sound that says: heard."""

    playback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Play one round of the alarm, with what is to be said in it."""

    playback: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTimers:
    """Let these timers run down here, and no others; also after a restart."""

    timers: tuple[Timer, ...]
    ringing: tuple[Timer, ...]
    """Those that are over and ring, to ring again after a restart."""

    lines: frozenset[str]
    """What will have to be said when they ring."""

    turn: str | None
    """The turn in which that changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMute:
    """Let nothing be heard here at all, or hear again; also after a restart."""

    muted: bool


@dataclass(frozen=True, slots=True)
class SendPlayed:
    """Tell Home Assistant that its audio has been played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Trace a step."""

    step: str
    turn: str | None
    details: Mapping[str, Detail] = field(default_factory=dict)


type Playing = Play | Feed | FinishPlaying | StopPlaying

type Own = Say | Acknowledge | Ring

type Wire = StartStreaming | StartWaking | StopStreaming | AbandonPipeline | SendPlayed

type Command = Wire | Playing | Own | KeepTimers | KeepMute | Note
