"""Lets a brain live through a night: its facts in order, its waits when they are due, its memory across a power cut."""

import heapq
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from custom_components.athena.brain.commands import Command, WaitCancel, WaitStart
from custom_components.athena.brain.errors import BrainError
from custom_components.athena.brain.events import AlarmSet, Event, WaitElapsed
from custom_components.athena.brain.settings import RoomSettings

from .home import ROOM
from .night import Night

_ENOUGH: Final = 100_000
"""Waits in one night: a brain that starts them for ever is stopped."""
_A_LITTLE: Final = timedelta(milliseconds=1)


class Brain(Protocol):
    """What decides: Athena's house, or its peer."""

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done."""
        ...

    def resume(self, at: datetime) -> tuple[Command, ...]:
        """Go on after a restart, or after the clock was put right."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """Return what it knows, as JSON."""
        ...

    def restore(self, stored: dict[str, Any]) -> None:
        """Take in what was stored."""
        ...


type Make = Callable[[RoomSettings], Brain]


@dataclass(slots=True)
class Log:
    """What a brain did in a night."""

    commands: list[tuple[float, Command, Event]] = field(default_factory=list)
    """With the second of the night, by a true clock, and the fact that made it order that; without waits."""
    refused: list[tuple[float, str]] = field(default_factory=list)
    """What it raised."""


class Drive:
    """One night of one brain."""

    def __init__(self, night: Night, make: Make) -> None:
        self._night = night
        self._make = make
        self._brain = make(night.settings)
        self._due: dict[str, datetime] = {}
        self._heap: list[tuple[float, int, str, datetime]] = []
        """When a wait ends by a clock that nobody sets, as timers of a running program do."""
        self._count = 0
        self.log = Log()

    def run(self) -> Log:
        """Live through it."""
        faults = self._night.faults
        turns = [(faults.cut[0], self._go_through)] if faults.cut else []
        if faults.wrong_by and not (faults.cut and faults.cut[0] <= faults.jump_at < faults.cut[1]):
            turns.append((faults.jump_at, self._set_clock))
        turns.sort(key=lambda turn: turn[0])
        for at, event in self._night.feed:
            while turns and at >= turns[0][0]:
                turns.pop(0)[1]()
            self._wait_until(at)
            self._tell(at, event)
        for _, turn in turns:
            turn()
        self._wait_until(self._night.lives.end)
        return self.log

    def _go_through(self) -> None:
        """The power goes, and comes back."""
        assert self._night.faults.cut is not None
        start, end = self._night.faults.cut
        self._wait_until(start)
        stored = json.loads(json.dumps(self._brain.as_dict()))
        self._due.clear()
        self._heap.clear()
        self._brain = self._make(self._night.settings)
        self._brain.restore(stored)
        self._resume(end)

    def _set_clock(self) -> None:
        self._wait_until(self._night.faults.jump_at)
        self._resume(self._night.faults.jump_at)

    def _resume(self, at: float) -> None:
        now = self._night.clock.reads(at)
        self._carry_out(at, self._brain.resume(now), Event(room=ROOM, at=now, source="clock"))

    def _tell(self, at: float, event: Event) -> None:
        try:
            commands = self._brain.handle(event)
        except BrainError as err:
            if isinstance(event, AlarmSet) and not event.alarm.app_stop:  # they tick the box and save it again
                self._tell(at, replace(event, alarm=replace(event.alarm, app_stop=True)))
            else:
                self.log.refused.append((at, f"{event.type}: {err}"))
            return
        self._carry_out(at, commands, event)

    def _carry_out(self, at: float, commands: tuple[Command, ...], event: Event) -> None:
        for command in commands:
            match command:
                case WaitStart():
                    self._start(command, at)
                case WaitCancel(key=key):
                    self._due.pop(key, None)
                case _:
                    self.log.commands.append((at, command, event))

    def _start(self, wait: WaitStart, now: float) -> None:
        self._count += 1
        if self._count > _ENOUGH:
            raise RuntimeError(f"night {self._night.number}: {_ENOUGH} waits, the last one {wait}")
        self._due[wait.key] = wait.due
        takes = (wait.due - self._night.clock.reads(now)).total_seconds()
        heapq.heappush(self._heap, (now + max(0.0, takes), self._count, wait.key, wait.due))

    def _wait_until(self, until: float) -> None:
        while self._heap and self._heap[0][0] <= until:
            at, _, key, due = heapq.heappop(self._heap)
            if self._due.get(key) != due:
                continue  # taken back, or put off
            now = self._night.clock.reads(at)
            if due - now > _A_LITTLE:  # the clock has been set back: Home Assistant waits on
                self._start(WaitStart(room=ROOM, key=key, due=due), at)
                continue
            del self._due[key]
            now = max(due, now)
            self._tell(at, WaitElapsed(room=ROOM, at=now, source="clock", key=key))
