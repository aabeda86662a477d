"""One room: rules 1, 2 and 6 of design §3."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from . import phrases
from .commands import AudioSay, Command, LightsSetScene, RoomSetState, RoomState, WaitCancel, WaitStart
from .errors import UnknownSceneError, UnreadableStateError
from .events import Event, MotionDetected, PresenceCleared, SceneActivated, WaitElapsed
from .scene import Scene
from .scenes import ALL, ENTRY, EXIT

EMPTY_WAIT: Final = "empty"

SCENES: Final = {scene.key: scene for scene in ALL}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """What a person can set about a room."""

    room: str
    """The HA area id."""
    empty_after: timedelta = timedelta(minutes=10)
    scene_hold: timedelta = timedelta(hours=2)
    name: str | None = None
    """Whom Athena addresses here."""


class Why(StrEnum):
    """What made a scene run."""

    CAME_IN = "came_in"
    LEFT = "left"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why the lights of the room look as they do."""

    why: Why
    scene: str
    at: datetime
    """Aware UTC."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"why": self.why, "scene": self.scene, "at": self.at.isoformat()}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Cause":
        """Return it as it was stored; raise KeyError or ValueError for what is not a cause."""
        return cls(why=Why(stored["why"]), scene=stored["scene"], at=datetime.fromisoformat(stored["at"]))


@dataclass(slots=True, kw_only=True)
class Room:
    """A room's memory and its rules."""

    settings: RoomSettings
    state: RoomState = RoomState.EMPTY
    evidence: set[str] = field(default_factory=set)
    """The sources that see somebody now. Not stored: after a restart each is asked again."""
    empty_at: datetime | None = None
    """When the room counts as empty unless somebody shows up. Aware UTC."""
    held_until: datetime | None = None
    """Until then a scene that a person chose holds against automatic ones. Aware UTC."""
    cause: Cause | None = None

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done about it."""
        match event:
            case MotionDetected():
                return self._on_presence(event)
            case PresenceCleared():
                return self._on_cleared(event)
            case WaitElapsed(key=key) if key == EMPTY_WAIT:
                return self._on_empty(event)
            case SceneActivated():
                return self._on_scene(event)
            case _:
                return ()

    def _on_presence(self, event: MotionDetected) -> tuple[Command, ...]:
        commands: list[Command] = []
        self.evidence.add(event.source)
        if self.empty_at is not None:
            self.empty_at = None
            commands.append(WaitCancel(room=self.settings.room, key=EMPTY_WAIT))
        if self.state is RoomState.EMPTY:
            commands.append(self._become(RoomState.OCCUPIED))
            if not event.found:
                commands += self._run(ENTRY, Why.CAME_IN, event.at)
        return tuple(commands)

    def _on_cleared(self, event: PresenceCleared) -> tuple[Command, ...]:
        self.evidence.discard(event.source)
        if self.state is RoomState.EMPTY or self.evidence or self.empty_at is not None:
            return ()
        self.empty_at = event.at + self.settings.empty_after
        return (WaitStart(room=self.settings.room, key=EMPTY_WAIT, due=self.empty_at),)

    def _on_empty(self, event: WaitElapsed) -> tuple[Command, ...]:
        if self.empty_at is None or event.at < self.empty_at:
            return ()  # a wait that was taken back while it was on its way
        self.empty_at = None
        self.held_until = None  # the room has emptied: what was chosen there holds no longer
        return (self._become(RoomState.EMPTY), *self._run(EXIT, Why.LEFT, event.at))

    def _on_scene(self, event: SceneActivated) -> tuple[Command, ...]:
        if event.scene not in SCENES:
            raise UnknownSceneError(event.scene)
        if SCENES[event.scene].is_light:  # darkness asked for says nothing about the next welcome
            self.held_until = event.at + self.settings.scene_hold
        self.cause = Cause(why=Why.ASKED, scene=event.scene, at=event.at)
        return (LightsSetScene(room=self.settings.room, scene=event.scene),)

    def _become(self, state: RoomState) -> Command:
        self.state = state
        return RoomSetState(room=self.settings.room, state=state)

    def _run(self, scene: Scene, why: Why, at: datetime) -> tuple[Command, ...]:
        """Run a scene that nobody asked for; one that somebody did ask for keeps the lights."""
        line = AudioSay(room=self.settings.room, text=phrases.addressed(scene.line, self.settings.name))
        if self.held_until is not None and at < self.held_until:
            return (line,)
        self.cause = Cause(why=why, scene=scene.key, at=at)
        return (LightsSetScene(room=self.settings.room, scene=scene.key), line)

    def as_dict(self) -> dict[str, Any]:
        """Return what the room remembers, as JSON."""
        return {
            "state": self.state,
            "empty_at": self.empty_at and self.empty_at.isoformat(),
            "held_until": self.held_until and self.held_until.isoformat(),
            "cause": self.cause and self.cause.as_dict(),
        }

    @classmethod
    def from_dict(cls, settings: RoomSettings, stored: dict[str, Any]) -> "Room":
        """Return the room as it was stored; raise UnreadableStateError for what is not a room."""
        try:
            cause = stored["cause"]
            return cls(
                settings=settings,
                state=RoomState(stored["state"]),
                empty_at=_moment(stored["empty_at"]),
                held_until=_moment(stored["held_until"]),
                cause=cause and Cause.from_dict(cause),
            )
        except (KeyError, TypeError, ValueError) as err:
            raise UnreadableStateError(f"room {settings.room!r}: {err}") from err


def _moment(stored: str | None) -> datetime | None:
    if stored is None:
        return None
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError(f"{stored} has no time zone")
    return moment
