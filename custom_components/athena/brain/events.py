"""Facts. The type names are the wire names."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


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
    """Counts the facts of one source, so that a repeated report can be told from a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionDetected(Event):
    """A sensor sees somebody, until the same source says `presence.cleared`."""

    type: ClassVar[str] = "presence.motion_detected"

    found: bool = False
    """It was so already when Athena began to look: evidence of presence, but not an arrival."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceCleared(Event):
    """A sensor sees nobody any more, or can no longer tell."""

    type: ClassVar[str] = "presence.cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneActivated(Event):
    """A person asked for a scene: by voice, on a dashboard, in an automation of theirs."""

    type: ClassVar[str] = "scene.activated"

    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitElapsed(Event):
    """The time that `wait.start` asked for has passed."""

    type: ClassVar[str] = "wait.elapsed"

    key: str
