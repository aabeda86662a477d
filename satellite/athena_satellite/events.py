"""Facts: what the turn is told."""

from dataclasses import dataclass

from .audio import Format

# --- the wire to Home Assistant -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HomeConnected:
    """Home Assistant is there and may be asked."""


@dataclass(frozen=True, slots=True)
class HomeReplaced:
    """Home Assistant dialled anew while an older connection of its own still hung; what ran there is lost."""


@dataclass(frozen=True, slots=True)
class HomePaused:
    """Home Assistant muted the microphone, or is about to leave."""


@dataclass(frozen=True, slots=True)
class HomeLost:
    """Home Assistant is gone."""


# --- the pipeline in Home Assistant ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoiceStarted:
    """Someone began to speak."""


@dataclass(frozen=True, slots=True)
class VoiceStopped:
    """The command is over; nothing more needs to be heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """The words were recognised."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The reply's text is known; its audio may have begun before."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The pipeline ended with an error."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioBegan:
    """Audio follows: a reply, or with no turn running an announcement."""

    form: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """A piece of it, in the format it began with."""

    audio: bytes


@dataclass(frozen=True, slots=True)
class AudioEnded:
    """That was all of it."""


# --- the satellite itself -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken:
    """The wake word was heard."""

    turn: str
    """Id of the turn that this may begin."""

    name: str
    """Name of the wake word's model."""

    position: int
    """Position, in samples heard, where the wake word ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringChanged:
    """The wake word server began or ceased to hear the microphone."""

    scoring: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackBegan:
    """The first sample of a playback reached the speaker."""

    playback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackEnded:
    """The last sample of a playback left the speaker."""

    playback: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackFailed:
    """A playback could not be played, or not to its end."""

    playback: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """A deadline passed."""

    deadline: int
    """Its number."""


type Event = (
    HomeConnected
    | HomeReplaced
    | HomePaused
    | HomeLost
    | VoiceStarted
    | VoiceStopped
    | Transcribed
    | Answered
    | Failed
    | AudioBegan
    | Audio
    | AudioEnded
    | Woken
    | ScoringChanged
    | PlaybackBegan
    | PlaybackEnded
    | PlaybackFailed
    | Elapsed
)
