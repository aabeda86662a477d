"""Orders. The type names are the wire names (what the PRD calls intents)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class RoomState(StrEnum):
    """What a room knows about the people in it."""

    EMPTY = "EMPTY"
    OCCUPIED = "OCCUPIED"
    SLEEP = "SLEEP"
    WAKE = "WAKE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that shall be done in a room."""

    type: ClassVar[str]

    room: str
    """The HA area id of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightsSetScene(Command):
    """Bring the lights of the room to what the scene says."""

    type: ClassVar[str] = "lights.set_scene"

    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSay(Command):
    """Say a line in the room."""

    type: ClassVar[str] = "audio.say"

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSetState(Command):
    """The room is in this state from now on."""

    type: ClassVar[str] = "room.set_state"

    state: RoomState


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
