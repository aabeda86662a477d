"""Facts: what the turn is told."""

from dataclasses import dataclass

from athena_satellite.audio import Format

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


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLost:
    """Home Assistant is gone."""

    muted: bool = False
    """It had muted the microphone long before, so it was not the pause with which it leaves."""


# --- the pipeline in Home Assistant ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PipelineBegan:
    """A turn was begun: its speech-to-text hears."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """Home Assistant heard the wake word in what it is sent all the time."""

    turn: str
    """Id of the turn that this may begin."""

    name: str


# --- timers in Home Assistant ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerStarted:
    """A timer was set in this room."""

    timer: str
    """Its id."""

    seconds: float
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerUpdated:
    """A timer was paused, goes on, or has more or less time."""

    timer: str
    seconds: float
    """What is left of it."""

    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerCancelled:
    """A timer is not to ring."""

    timer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFinished:
    """A timer is over, by Home Assistant's clock."""

    timer: str


# --- the satellite itself -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CountdownEnded:
    """A timer is over, by the satellite's clock."""

    timer: str
    number: int
    """That of the countdown."""


@dataclass(frozen=True, slots=True)
class MuteToggled:
    """Somebody here switched the microphone off, or on again."""


@dataclass(frozen=True, slots=True)
class Hushed:
    """Somebody here wants silence: what sounds is to stop."""


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
class PlaybackStarved:
    """All that came of a playback has been played, and its end has not come."""

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


type TimerEvent = TimerStarted | TimerUpdated | TimerCancelled | TimerFinished | CountdownEnded

type Event = (
    HomeConnected
    | HomeReplaced
    | HomePaused
    | HomeLost
    | PipelineBegan
    | VoiceStarted
    | VoiceStopped
    | Transcribed
    | Answered
    | Failed
    | AudioBegan
    | Audio
    | AudioEnded
    | Detected
    | TimerEvent
    | MuteToggled
    | Hushed
    | Woken
    | ScoringChanged
    | PlaybackBegan
    | PlaybackStarved
    | PlaybackEnded
    | PlaybackFailed
    | Elapsed
)
