"""A house without a clock: time passes from event to event."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from custom_components.athena.brain.commands import Command, WaitCancel, WaitStart
from custom_components.athena.brain.errors import BrainError
from custom_components.athena.brain.events import AlarmSet, Event, WaitElapsed
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room import Room
from custom_components.athena.brain.settings import RoomSettings

from .errors import IgnoredError, LineError, RoomFileError
from .explanation import explained
from .room_file import ANY, RoomFile, default

FARTHEST: Final = timedelta(days=400)
"""How far an event may lie behind what was before it: every alarm rings on the way there."""

type Show = Callable[[datetime, Command, dict[str, Any]], None]
"""Is given every order, the moment it was given at, and why."""


class Player:
    """Tells the brain what happened, and lets come what it waits for."""

    def __init__(self, rooms: Iterable[RoomFile], show: Show) -> None:
        self._rooms = tuple(rooms)
        self._show = show
        self._house = House(())
        self._waits: dict[tuple[str, str], WaitStart] = {}
        self._now: datetime | None = None

    def tell(self, event: Event) -> None:
        """Let time pass up to the event, and tell it.

        Raises BrainError where the brain refuses it, IgnoredError where it is old, LineError where it lies too far
        ahead, and RoomFileError, before anything is shown, for an alarm of the file that cannot be set.
        """
        if self._now is None:
            self._begin(event)
        else:
            self._pass(event.at)
        if event.room not in self._house.rooms:
            self._add(default(event.room).settings)
        if (reason := self._house.rooms[event.room].ignores(event)) is not None:
            raise IgnoredError(reason)
        self._handle(event, self._show)

    def wait_until(self, at: datetime) -> None:
        """Let time pass after the last event; raise LineError for too much of it."""
        if self._now is not None:
            self._pass(at)

    def _begin(self, event: Event) -> None:
        """Add the rooms of the file, and set their alarms at the moment of the first event."""
        self._now = event.at
        shown: list[tuple[datetime, Command, dict[str, Any]]] = []
        for room in self._rooms:
            settings = room.settings if room.settings.room != ANY else replace(room.settings, room=event.room)
            self._add(settings)
            for alarm in room.alarms:
                try:
                    told = AlarmSet(room=settings.room, at=event.at, source="app", alarm=alarm)
                    self._handle(told, lambda *order: shown.append(order))
                except BrainError as err:
                    raise RoomFileError(f"alarm {alarm.id}: {err}") from err
        for order in shown:
            self._show(*order)

    def _add(self, settings: RoomSettings) -> None:
        self._house.rooms[settings.room] = Room(settings)

    def _pass(self, until: datetime) -> None:
        assert self._now is not None  # something has happened
        if until - self._now > FARTHEST:
            raise LineError(f"{until.isoformat()} is {(until - self._now).days} days later than what was before it")
        while (wait := min(self._waits.values(), key=lambda wait: wait.due, default=None)) and wait.due <= until:
            del self._waits[wait.room, wait.key]
            self._now = max(self._now, wait.due)
            self._handle(WaitElapsed(room=wait.room, at=self._now, source="clock", key=wait.key), self._show)
        self._now = max(self._now, until)

    def _handle(self, event: Event, show: Show) -> None:
        assert self._now is not None  # something has happened
        room = self._house.rooms[event.room]
        known = room.decisions
        commands = self._house.handle(event)
        decided = [one for one in room.decisions if not any(one is old for old in known)]
        for command in commands:
            match command:
                case WaitStart():
                    self._waits[command.room, command.key] = command
                case WaitCancel():
                    self._waits.pop((command.room, command.key), None)
            show(self._now, command, explained(event, command, decided))
