"""Facts. The type names are the wire names (PRD §15, design §2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from .room_state import RoomState
from .sensors import SensorKind
from .settings import Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a room."""

    type: ClassVar[str]

    room: str
    """The HA area id of the room."""
    at: datetime
    """Aware UTC."""
    source: str
    """Who says so: an entity id, `agent`, `clock`, …"""
    seq: int = 0
    """Counts the facts of one source from 1, so that a repeated report can be told from a new one; 0: it does not."""


# ---- presence


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorEvent(Event):
    """A sensor says something."""

    kind: SensorKind | None = None
    """What the sensor is, where the teller knows; it goes before the settings, and those before its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionDetected(SensorEvent):
    """A sensor sees somebody."""

    type: ClassVar[str] = "presence.motion_detected"

    found: bool = False
    """It was so already when Athena began to look: evidence of presence, but not an arrival."""
    held: bool = False
    """The sensor goes on seeing somebody until it says `presence.cleared`; else a PIR's word is of this moment only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceCleared(SensorEvent):
    """A sensor sees nobody any more."""

    type: ClassVar[str] = "presence.cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEmptyTimeout(Event):
    """A sensor's own timer says that nobody has moved for long; whoever keeps still counts all the same."""

    type: ClassVar[str] = "presence.room_empty_timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorLost(SensorEvent):
    """A sensor can no longer tell: what it said last is neither so nor not so."""

    type: ClassVar[str] = "sensor.lost"


# ---- the camera


class Posture(StrEnum):
    """How somebody is seen."""

    LYING = "lying"
    SITTING = "sitting"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureUpdate(Event):
    """The camera sees somebody."""

    type: ClassVar[str] = "vision.posture_update"

    posture: Posture
    zone: str
    """`bed`, `floor`, `desk`, or one of the user's."""
    confidence: float = 1.0
    """0 to 1."""
    motion: float = 0.0
    """How much the person moves, 0 to 1."""


class Sleeping(StrEnum):
    """What the camera's own sleep detection says."""

    SLEEPING = "sleeping"
    AWAKE = "awake"


@dataclass(frozen=True, slots=True, kw_only=True)
class SleepReported(Event):
    """The camera says by itself that somebody sleeps, or does not."""

    type: ClassVar[str] = "vision.sleep_state"

    state: Sleeping


@dataclass(frozen=True, slots=True, kw_only=True)
class BedExitReported(Event):
    """The camera says by itself that the bed zone has been left. One witness, never two."""

    type: ClassVar[str] = "vision.bed_exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionLost(Event):
    """The camera sees nobody it could tell the posture of: unknown, never "out of bed"."""

    type: ClassVar[str] = "vision.lost"


# ---- the bed


@dataclass(frozen=True, slots=True, kw_only=True)
class BedOccupied(SensorEvent):
    """A sensor of the bed feels somebody."""

    type: ClassVar[str] = "bed.occupied"

    side: str | None = None
    """Of a bed that two share."""
    found: bool = False
    """It was so already when Athena began to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedCleared(SensorEvent):
    """A sensor of the bed feels nobody any more."""

    type: ClassVar[str] = "bed.cleared"

    side: str | None = None
    found: bool = False
    """It was so already when Athena began to look: it may never have felt anybody."""


# ---- people


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeWord(Event):
    """Somebody speaks to Athena in this room."""

    type: ClassVar[str] = "voice.wake_word"

    name: str = ""
    score: float = 1.0
    loudness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCommand(Event):
    """Somebody said this in the room."""

    type: ClassVar[str] = "voice.command"

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StillAwake(Event):
    """Somebody said "I'm still awake" (rule 4), or pressed what means the same."""

    type: ClassVar[str] = "sleep.cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneActivated(Event):
    """A person asked for a scene: by voice, on a dashboard, in an automation of theirs."""

    type: ClassVar[str] = "scene.activated"

    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsTouched(Event):
    """A person changed the room's lights by themselves: at the wall, in the app."""

    type: ClassVar[str] = "lights.touched"

    on: bool = True
    """Any of them is on now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietSet(Event):
    """Quiet hours (rule 10) were turned on or off by a person."""

    type: ClassVar[str] = "quiet.set"

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomForced(Event):
    """A person says what state the room is in."""

    type: ClassVar[str] = "room.forced"

    state: RoomState


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Event):
    """The button beside the bed."""

    type: ClassVar[str] = "button.pressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHome(Event):
    """Somebody who lives here is at home; `source` is the person."""

    type: ClassVar[str] = "person.home"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAway(Event):
    """Somebody who lives here is not at home; `source` is the person."""

    type: ClassVar[str] = "person.away"


# ---- alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSet(Event):
    """A person set an alarm, or changed the one of the same id."""

    type: ClassVar[str] = "alarm.set"

    alarm: Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmDeleted(Event):
    """A person deleted an alarm; one that rings goes on ringing."""

    type: ClassVar[str] = "alarm.deleted"

    alarm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSkipped(Event):
    """A person wants the next ring of an alarm left out, or not left out after all."""

    type: ClassVar[str] = "alarm.skipped"

    alarm: str
    skip: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmDismissed(Event):
    """A person stopped what rings in the app, and confirmed it."""

    type: ClassVar[str] = "alarm.dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTrigger(Event):
    """Somebody else's clock says that it is time for this alarm."""

    type: ClassVar[str] = "scheduler.alarm_trigger"

    alarm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicPlaying(Event):
    """A media player plays; `source` is its entity id."""

    type: ClassVar[str] = "music.playing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicStopped(Event):
    """A media player does not play any more; `source` is its entity id."""

    type: ClassVar[str] = "music.stopped"


# ---- the machine


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHeard(Event):
    """What an alarm wanted to be heard has been played."""

    type: ClassVar[str] = "audio.heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFailed(Event):
    """Nothing in the room could play what an alarm wanted to be heard."""

    type: ClassVar[str] = "audio.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SatelliteConnected(SensorEvent):
    """The room's satellite is there."""

    type: ClassVar[str] = "satellite.connected"


@dataclass(frozen=True, slots=True, kw_only=True)
class SatelliteLost(SensorEvent):
    """The room's satellite is gone; the sensors that hang on it say so themselves."""

    type: ClassVar[str] = "satellite.lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitElapsed(Event):
    """The time that `wait.start` asked for has passed."""

    type: ClassVar[str] = "wait.elapsed"

    key: str
