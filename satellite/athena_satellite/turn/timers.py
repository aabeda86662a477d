"""The timers of this room, and which of them ring. Pure: no clock, no I/O.

Home Assistant counts too, and says when a timer is over, but only while it is connected; whichever clock comes first
lets the timer ring, and the other one is passed over.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from . import events
from .phrases import timer_line

RING_SECONDS: Final = 300.0
"""How long a timer rings for somebody who is not there: long enough to come in from the garden."""

MAX_TIMERS: Final = 64
"""More are left to Home Assistant's clock alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A timer that runs, is paused or rings."""

    id: str
    name: str | None
    seconds: float
    """What was left of it when this countdown began; none of one that rings."""

    active: bool
    """False while it is paused."""

    number: int
    """That of the countdown; a new one is another countdown."""


class Timers:
    """A table of timers by their ids."""

    def __init__(self, ring_seconds: float = RING_SECONDS) -> None:
        self._ring_seconds = ring_seconds
        self._timers: dict[str, Timer] = {}
        self._ringing: dict[str, Timer] = {}
        self._over: deque[str] = deque(maxlen=MAX_TIMERS)
        self._rung_seconds = 0.0
        self._numbers = 0

    @property
    def all(self) -> tuple[Timer, ...]:
        """The timers that have not rung yet."""
        return tuple(self._timers.values())

    @property
    def ringing(self) -> tuple[Timer, ...]:
        """The timers that ring."""
        return tuple(self._ringing.values())

    @property
    def alarm(self) -> tuple[str, ...]:
        """What is to be said, once each, of the timers that ring."""
        return tuple(dict.fromkeys(timer_line(timer.name) for timer in self._ringing.values()))

    @property
    def lines(self) -> frozenset[str]:
        """Everything that is or will have to be said."""
        return frozenset(timer_line(timer.name) for timer in (*self.all, *self.ringing))

    def handle(self, event: events.TimerEvent) -> None:
        """Take note of what became of a timer."""
        known = self._timers.get(event.timer)
        match event:
            case events.TimerStarted():
                self._count(event.timer, event.name, event.seconds, active=True)
            case events.TimerUpdated():  # also of one that began while this satellite was away
                self._count(event.timer, known.name if known else None, event.seconds, active=event.active)
            case events.TimerCancelled():
                self._timers.pop(event.timer, None)
                self._ringing.pop(event.timer, None)
            case events.TimerFinished():
                self._ring(event.timer)
            case events.CountdownEnded():
                if known is not None and known.active and known.number == event.number:
                    self._ring(event.timer)

    def rang(self, seconds: float) -> None:
        """Count a round of the alarm; after enough of them nobody is there."""
        self._rung_seconds += seconds
        if self._rung_seconds >= self._ring_seconds:
            self.silence()

    def silence(self) -> None:
        """Let nothing ring any longer."""
        self._ringing.clear()
        self._rung_seconds = 0.0

    def _ring(self, timer: str) -> None:
        """Let a timer ring, once."""
        known = self._timers.pop(timer, None)
        if (known is not None or timer not in self._over) and len(self._ringing) < MAX_TIMERS:
            self._ringing[timer] = self._begun(timer, known.name if known else None, 0.0, active=True)
            self._over.append(timer)
            self._rung_seconds = 0.0

    def _count(self, timer: str, name: str | None, seconds: float, *, active: bool) -> None:
        self._ringing.pop(timer, None)
        if timer not in self._timers and len(self._timers) >= MAX_TIMERS:
            return
        self._timers[timer] = self._begun(timer, name, seconds, active=active)

    def _begun(self, timer: str, name: str | None, seconds: float, *, active: bool) -> Timer:
        self._numbers += 1
        return Timer(id=timer, name=name, seconds=seconds, active=active, number=self._numbers)
