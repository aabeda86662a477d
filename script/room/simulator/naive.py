"""The peer: what a handful of automations makes of the same night.

A mat that is empty for 15 s ends the alarm, ten minutes in bed are sleep, a PIR's silence is an empty room. So do the
blueprints that people share; where there is no mat, the camera's bed zone stands for it.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from custom_components.athena.brain.commands import (
    AlarmStart,
    AlarmStop,
    BedExit,
    Command,
    LightsSetScene,
    RoomSetState,
    WaitCancel,
    WaitStart,
)
from custom_components.athena.brain.events import (
    AlarmDismissed,
    AlarmSet,
    AlarmSkipped,
    BedCleared,
    BedOccupied,
    ButtonPressed,
    Event,
    MotionDetected,
    PostureUpdate,
    PresenceCleared,
    WaitElapsed,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Alarm, RoomSettings, Weekday

HOLD: Final = timedelta(seconds=15)


class NaiveBrain:
    """One room, by timers."""

    def __init__(self, settings: RoomSettings) -> None:
        self._settings = settings
        self._has_mat = SensorKind.MAT in settings.sensors.values()
        self._state = RoomState.EMPTY
        self._alarms: dict[str, Alarm] = {}
        self._skipped: set[str] = set()
        self._ringing: dict[str, datetime] = {}
        self._beds: set[str] = set()

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done."""
        match event:
            case AlarmSet(alarm=alarm):
                self._alarms[alarm.id] = alarm
                orders: tuple[Command, ...] = (self._next(alarm, event.at),)
            case AlarmSkipped(alarm=key):
                self._skipped.add(key)
                orders = ()
            case MotionDetected() | PresenceCleared():
                orders = self._on_presence(event)
            case BedOccupied() | BedCleared():
                orders = self._on_bed(event, is_in=isinstance(event, BedOccupied))
            case PostureUpdate(zone=zone) if not self._has_mat:
                orders = self._on_bed(event, is_in=zone == "bed")
            case ButtonPressed() | AlarmDismissed():
                orders = self._stop(Why.BUTTON)
            case WaitElapsed():
                orders = self._on_wait(event)
            case _:
                orders = ()
        return orders

    def _on_presence(self, event: Event) -> tuple[Command, ...]:
        room = self._settings.room
        if isinstance(event, PresenceCleared):
            return (WaitStart(room=room, key="empty", due=event.at + self._settings.empty_after),)
        if self._state is RoomState.EMPTY:
            return (WaitCancel(room=room, key="empty"), *self._become(RoomState.OCCUPIED, "entry"))
        return (WaitCancel(room=room, key="empty"),)

    def _on_bed(self, event: Event, *, is_in: bool) -> tuple[Command, ...]:
        room = self._settings.room
        was_in = bool(self._beds)
        if is_in:
            self._beds.add(event.source)
        else:
            self._beds.discard(event.source)
        if was_in == bool(self._beds):
            return ()
        if self._beds:
            due = event.at + self._settings.sleep_after
            return (WaitCancel(room=room, key="out"), WaitStart(room=room, key="sleep", due=due))
        return (WaitCancel(room=room, key="sleep"), WaitStart(room=room, key="out", due=event.at + HOLD))

    def _on_wait(self, event: WaitElapsed) -> tuple[Command, ...]:
        room = self._settings.room
        match event.key:
            case "empty" if self._state is not RoomState.SLEEP:
                return self._become(RoomState.EMPTY, "exit")
            case "sleep":
                return self._become(RoomState.SLEEP, "sleep")
            case "out":
                out = (BedExit(room=room),) if self._state is RoomState.SLEEP else ()
                return (*out, *self._stop(Why.OUT_OF_BED), *self._become(RoomState.OCCUPIED, None))
            case key if key in self._alarms:
                return self._ring(self._alarms[key], event.at)
            case key if key.removeprefix("cap ") in self._ringing:
                return self._stop(Why.CAP)
            case _:
                return ()

    def _become(self, state: RoomState, scene: str | None) -> tuple[Command, ...]:
        if self._state is state:
            return ()
        self._state = state
        room = self._settings.room
        order = RoomSetState(room=room, state=state)
        return (order,) if scene is None else (order, LightsSetScene(room=room, scene=scene))

    def _ring(self, alarm: Alarm, at: datetime) -> tuple[Command, ...]:
        following = self._next(alarm, at)
        if alarm.id in self._skipped or not alarm.enabled:
            self._skipped.discard(alarm.id)
            return (following,)
        self._ringing[alarm.id] = at
        room = self._settings.room
        cap = WaitStart(room=room, key=f"cap {alarm.id}", due=at + self._settings.alarm_cap)
        return (following, cap, AlarmStart(room=room, alarm=alarm.id, profile=alarm.profile, occurrence=at))

    def _stop(self, why: Why) -> tuple[Command, ...]:
        room = self._settings.room
        stops = tuple(AlarmStop(room=room, alarm=key, occurrence=at, why=why) for key, at in self._ringing.items())
        cancels = tuple(WaitCancel(room=room, key=f"cap {key}") for key in self._ringing)
        self._ringing.clear()
        return stops + cancels

    def _next(self, alarm: Alarm, after: datetime) -> WaitStart:
        day = after.astimezone(self._settings.zone).date()
        for ahead in range(9):
            that = day + timedelta(days=ahead)
            at = datetime.combine(that, alarm.time, self._settings.zone).astimezone(UTC)
            fits = that == alarm.date or Weekday(that.weekday()) in alarm.weekdays
            if at > after and fits:
                return WaitStart(room=self._settings.room, key=alarm.id, due=at)
        return WaitStart(room=self._settings.room, key="never", due=after + timedelta(days=99))

    def resume(self, at: datetime) -> tuple[Command, ...]:
        """Wait for the next time of each alarm; what has passed meanwhile is missed, as with any time trigger."""
        return tuple(self._next(alarm, at) for alarm in self._alarms.values())

    def as_dict(self) -> dict[str, Any]:
        """Return what automations know after a restart: their settings."""
        return {
            key: {
                "time": alarm.time.isoformat(),
                "date": alarm.date and alarm.date.isoformat(),
                "weekdays": [int(day) for day in alarm.weekdays],
                "enabled": alarm.enabled,
                "skipped": key in self._skipped,
            }
            for key, alarm in self._alarms.items()
        }

    def restore(self, stored: dict[str, Any]) -> None:
        """Take in what was stored."""
        for key, alarm in stored.items():
            self._alarms[key] = Alarm(
                id=key,
                time=time.fromisoformat(alarm["time"]),
                date=date.fromisoformat(alarm["date"]) if alarm["date"] else None,
                weekdays=frozenset(Weekday(day) for day in alarm["weekdays"]),
                enabled=alarm["enabled"],
            )
            self._skipped |= {key} if alarm["skipped"] else set()
