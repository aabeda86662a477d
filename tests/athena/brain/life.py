"""Writing the life of a room as a list of facts: time passes between them, and what was waited for comes in between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from custom_components.athena.brain.commands import (
    AlarmStart,
    AlarmStop,
    AudioSay,
    Command,
    LightsSetScene,
    Notice,
    Notify,
    RoomSetState,
    WaitCancel,
    WaitStart,
)
from custom_components.athena.brain.events import (
    AlarmDismissed,
    AlarmSet,
    BedCleared,
    BedOccupied,
    ButtonPressed,
    Event,
    MotionDetected,
    Posture,
    PostureUpdate,
    PresenceCleared,
    SceneActivated,
    SensorLost,
    StillAwake,
    VisionLost,
    VoiceCommand,
    WaitElapsed,
)
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room import Room
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import Alarm, RoomSettings, Weekday

EVENING = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)  # a Monday
DAILY = frozenset(Weekday)


def alarm(at: str = "07:00", **changes: Any) -> Alarm:
    """Return an alarm of every day that needs no witness."""
    usual: dict[str, Any] = {"id": "morning", "time": time.fromisoformat(at), "weekdays": DAILY, "app_stop": True}
    return Alarm(**usual | changes)


@dataclass
class Life:
    """One room from Monday evening on; every method is a fact, and returns what was ordered up to then."""

    settings: RoomSettings = field(default_factory=lambda: RoomSettings(room="bedroom", name="Arman"))
    now: datetime = EVENING

    def __post_init__(self) -> None:
        self.house = House([self.settings])
        self.due: datetime | None = None

    @property
    def room(self) -> Room:
        return self.house.rooms[self.settings.room]

    # ---- time

    def passes(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> tuple[Command, ...]:
        """Let time pass."""
        return self._until(self.now + timedelta(hours=hours, minutes=minutes, seconds=seconds))

    def till(self, wall: str) -> tuple[Command, ...]:
        """Let time pass until it is so late, in UTC."""
        at = datetime.combine(self.now.date(), time.fromisoformat(wall), UTC)
        return self._until(at if at > self.now else at + timedelta(days=1))

    def _until(self, at: datetime) -> tuple[Command, ...]:
        orders: list[Command] = []
        while self.due is not None and self.due <= at:
            self.now, self.due = max(self.due, self.now), None
            key = "next"
            orders += self._take(WaitElapsed(room=self.settings.room, at=self.now, source="clock", key=key))
        self.now = at
        return tuple(orders)

    def _take(self, event: Event) -> tuple[Command, ...]:
        return self._keep(self.house.handle(event))

    def _keep(self, commands: Iterable[Command]) -> tuple[Command, ...]:
        orders = []
        for command in commands:
            match command:
                case WaitStart(due=due):
                    self.due = due
                case WaitCancel():
                    self.due = None
                case _:
                    orders.append(command)
        return tuple(orders)

    def restarts(self, *, away: timedelta = timedelta(), settings: RoomSettings | None = None) -> tuple[Command, ...]:
        """Go down, and come back so much later with what was stored."""
        stored = self.house.as_dict()
        self.settings = settings or self.settings
        self.house = House([self.settings])
        self.house.restore(stored)
        self.now += away
        self.due = None
        return self._keep(self.house.resume(self.now))

    # ---- facts

    def tell(self, kind: type[Event], source: str, **payload: Any) -> tuple[Command, ...]:
        """Tell the room a fact of now."""
        return self._take(kind(room=self.settings.room, at=self.now, source=source, **payload))

    def seen(self, by: str = "pir", **payload: Any) -> tuple[Command, ...]:
        return self.tell(MotionDetected, by, **payload)

    def cleared(self, by: str = "pir") -> tuple[Command, ...]:
        return self.tell(PresenceCleared, by)

    def lost(self, by: str = "pir") -> tuple[Command, ...]:
        return self.tell(SensorLost, by)

    def posture(self, posture: str, zone: str = "bed", *, by: str = "camera", **payload: float) -> tuple[Command, ...]:
        return self.tell(PostureUpdate, by, posture=Posture(posture), zone=zone, **payload)

    def unseen(self, by: str = "camera") -> tuple[Command, ...]:
        return self.tell(VisionLost, by)

    def felt(self, by: str = "mat", **payload: Any) -> tuple[Command, ...]:
        return self.tell(BedOccupied, by, **payload)

    def let_go(self, by: str = "mat", **payload: Any) -> tuple[Command, ...]:
        return self.tell(BedCleared, by, **payload)

    def asked(self, scene: str) -> tuple[Command, ...]:
        return self.tell(SceneActivated, "agent", scene=scene)

    def said(self, text: str) -> tuple[Command, ...]:
        return self.tell(VoiceCommand, "agent", text=text)

    def awake(self) -> tuple[Command, ...]:
        return self.tell(StillAwake, "agent")

    def pressed(self, by: str = "button") -> tuple[Command, ...]:
        return self.tell(ButtonPressed, by)

    def dismissed(self, by: str = "app") -> tuple[Command, ...]:
        return self.tell(AlarmDismissed, by)

    def sets(self, one: Alarm | None = None) -> tuple[Command, ...]:
        return self.tell(AlarmSet, "app", alarm=one or alarm())

    # ---- what most lives have in common

    def comes_home(self) -> None:
        """Somebody comes in, and the PIR calms down."""
        self.seen()
        self.passes(minutes=1)
        self.cleared()

    def falls_asleep(self) -> None:
        """Somebody comes in at ten, lies down and falls asleep, seen by a camera, felt by a mat."""
        self.till("22:00")
        self.comes_home()
        self.posture("lying")
        self.felt()
        self.passes(minutes=11)

    def rings(self) -> None:
        """It is seven, and an alarm rings for somebody who lies in bed."""
        self.sets()
        self.falls_asleep()
        self.till("06:59")
        self.posture("lying", motion=0.0)
        self.till("07:00")

    def gets_up(self) -> tuple[Command, ...]:
        """Leave the bed before the camera, and stand there for as long as it takes."""
        orders = self.let_go() + self.posture("standing", "floor")
        return orders + self.passes(seconds=4)


def told(orders: Iterable[Command]) -> list[str]:
    """Return the wire types of orders, but for waits."""
    return [order.type for order in orders]


def lines(orders: Iterable[Command]) -> list[str]:
    """Return what is said."""
    return [order.text for order in orders if isinstance(order, AudioSay)]


SEVEN = datetime(2026, 1, 6, 7, tzinfo=UTC)
START = AlarmStart(room="bedroom", alarm="morning", profile="morning_default", occurrence=SEVEN)
"""The alarm of `rings` begins."""


def ringing() -> Life:
    """Return a life in which it is seven, and the alarm rings."""
    life = Life()
    life.rings()
    assert life.room.ringing == ("morning",)
    return life


def stop(why: Why) -> AlarmStop:
    """Return how the alarm of `rings` ends."""
    return AlarmStop(room="bedroom", alarm="morning", occurrence=SEVEN, why=why)


def becomes(state: RoomState, why: Why, *by: str) -> RoomSetState:
    """Return how the room changes."""
    return RoomSetState(room="bedroom", state=state, why=why, by=by)


def lights(scene: str) -> LightsSetScene:
    """Return how the lights do."""
    return LightsSetScene(room="bedroom", scene=scene)


def notices(orders: Iterable[Command]) -> list[Notice]:
    """Return what somebody is told of who is not in the room."""
    return [order.notice for order in orders if isinstance(order, Notify)]


def volumes(orders: Iterable[Command]) -> list[float | None]:
    """Return how loud each line is said."""
    return [order.volume for order in orders if isinstance(order, AudioSay)]
