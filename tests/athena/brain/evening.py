"""Writing an evening of a room as a list of facts."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from custom_components.athena.brain.commands import Command, WaitStart
from custom_components.athena.brain.events import Event, MotionDetected, PresenceCleared, SceneActivated, WaitElapsed
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room import Room, RoomSettings

SEVEN = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)


@dataclass
class Evening:
    """One room from seven o'clock on; every method is a fact `minutes` later, and returns what is ordered."""

    settings: RoomSettings = field(default_factory=lambda: RoomSettings(room="bedroom", name="Arman"))

    def __post_init__(self) -> None:
        self.house = House([self.settings])
        self.now = SEVEN
        self.waits: dict[str, datetime] = {}

    @property
    def room(self) -> Room:
        return self.house.rooms["bedroom"]

    def seen(self, by: str = "pir", *, minutes: float = 0, found: bool = False) -> tuple[Command, ...]:
        return self._tell(MotionDetected(room="bedroom", at=self._later(minutes), source=by, found=found))

    def cleared(self, by: str = "pir", *, minutes: float = 0) -> tuple[Command, ...]:
        return self._tell(PresenceCleared(room="bedroom", at=self._later(minutes), source=by))

    def asked(self, scene: str, *, minutes: float = 0) -> tuple[Command, ...]:
        return self._tell(SceneActivated(room="bedroom", at=self._later(minutes), source="agent", scene=scene))

    def elapsed(self, key: str = "empty", *, minutes: float = 0) -> tuple[Command, ...]:
        return self._tell(WaitElapsed(room="bedroom", at=self._later(minutes), source="clock", key=key))

    def _later(self, minutes: float) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def _tell(self, event: Event) -> tuple[Command, ...]:
        commands = self.house.handle(event)
        for command in commands:
            if isinstance(command, WaitStart):
                self.waits[command.key] = command.due
        return commands
