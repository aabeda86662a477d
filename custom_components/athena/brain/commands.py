"""Orders. The type names are the wire names (what the PRD calls intents, §15)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from .room_state import RoomState, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that shall be done in a room."""

    type: ClassVar[str]

    room: str
    """The HA area id of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsSetState(Command):
    """Turn the lights of the room on or off."""

    type: ClassVar[str] = "lights.set_state"

    state: str
    """`on` or `off`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsSetScene(Command):
    """Bring the lights of the room to what the scene says; after an animation of the same cause."""

    type: ClassVar[str] = "lights.set_scene"

    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsAnimate(Command):
    """Play an animation on the lights of the room."""

    type: ClassVar[str] = "lights.animate"

    animation: str
    duration: float
    """Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsRestore(Command):
    """Bring the lights back to how they were before Athena's last scene."""

    type: ClassVar[str] = "lights.restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCommand(Command):
    """Something that shall be done with a device of the room."""

    device: str
    """As people call it: `lamp`, `record_player`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOn(DeviceCommand):
    """Turn it on."""

    type: ClassVar[str] = "device.on"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOff(DeviceCommand):
    """Turn it off."""

    type: ClassVar[str] = "device.off"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStatus(DeviceCommand):
    """Say how it is."""

    type: ClassVar[str] = "device.status"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSay(Command):
    """Say a line in the room."""

    type: ClassVar[str] = "audio.say"

    text: str
    voice_id: str | None = None
    volume: float | None = None
    """0 to 1; none: as it is set."""
    urgent: bool = False
    """It may interrupt: an alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioPlay(Command):
    """Play one of Athena's own sounds once."""

    type: ClassVar[str] = "audio.play"

    sound: str
    """`alarm`, `wake`."""
    volume: float | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicPlay(Command):
    """Play music; `music.playing` is to tell that it does."""

    type: ClassVar[str] = "music.play"

    player: str
    media: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicStop(Command):
    """Stop the music that an alarm began."""

    type: ClassVar[str] = "music.stop"

    player: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStart(Command):
    """The alarm rings from now on."""

    type: ClassVar[str] = "alarm.start"

    alarm: str
    profile: str
    occurrence: datetime
    """When it was due; with `alarm` the name of this one ring. Aware UTC."""
    why: Why = Why.ALARM


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStop(Command):
    """The alarm does not ring any more."""

    type: ClassVar[str] = "alarm.stop"

    alarm: str
    occurrence: datetime
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class BedExit(Command):
    """Tell that a sleeper has left the bed, by two witnesses."""

    type: ClassVar[str] = "room.bed_exit"

    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSetState(Command):
    """The room is in this state from now on."""

    type: ClassVar[str] = "room.set_state"

    state: RoomState
    why: Why = Why.CAME_IN
    by: tuple[str, ...] = ()
    """The sources that say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSleepTransition(Command):
    """Nobody is falling asleep after all: whatever fades stops."""

    type: ClassVar[str] = "room.cancel_sleep_transition"


class Notice(StrEnum):
    """What is worth a message to somebody who is not in the room."""

    ALARM_CAP = "alarm_cap"
    """It rang for as long as it may, and nobody got up; it rings again."""
    ALARM_MISSED = "alarm_missed"
    """It could not ring in time, or nobody ever got up."""
    ALARM_NOBODY_HOME = "alarm_nobody_home"
    ALARM_UNHEARD = "alarm_unheard"
    """Nothing in the room can make a sound."""
    WITNESS_MISSING = "witness_missing"
    """Tonight's alarm has fewer witnesses than it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(Command):
    """Send a message."""

    type: ClassVar[str] = "notify"

    notice: Notice
    text: str
    alarm: str | None = None
    second_person: bool = False
    """Also to whom the user named for when they do not get up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStart(Command):
    """Answer with `wait.elapsed` at `due`; a second one with the same key replaces the first."""

    type: ClassVar[str] = "wait.start"

    key: str
    due: datetime
    """Aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitCancel(Command):
    """Forget the wait of this key."""

    type: ClassVar[str] = "wait.cancel"

    key: str
