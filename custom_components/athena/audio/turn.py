"""Whose turn it is on a loudspeaker: one order after the other, and an alarm before all."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from homeassistant.components.assist_satellite.entity import AssistSatelliteState

PATIENCE: Final[Mapping[str | None, int]] = {
    AssistSatelliteState.LISTENING: 1,
    AssistSatelliteState.PROCESSING: 1,
    AssistSatelliteState.RESPONDING: 2,
}
"""How many cycles of an alarm in a row a satellite may be busy with something else, before it is used all the same."""

ALARM_SECONDS: Final = 12.0
"""What takes longer than this hangs: the next cycle of the alarm must find its loudspeaker free."""

OTHER_SECONDS: Final = 300.0

GIVE_WAY_SECONDS: Final = 6.0
"""An alarm waits for so long for what is just being said."""

MAX_WAITING: Final = 3


class Turn:
    """The turn on one loudspeaker.

    An alarm orders in cycles, each a clip and a line: what is not heard now is ordered again soon. So a cycle is left
    out while the one before is still heard, and nothing piles up; and all of it is heard, or none.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._going: asyncio.Timeout | None = None
        self._waiting = 0
        self._alarms = 0
        self._cycle: str | None = None
        self._admitted = False
        self._ended: str | None = None
        self._unheard: str | None = None
        self._passed_over = 0
        self._rests_until = 0.0

    def admits(self, cycle: str, state: str | None) -> bool:
        """Return whether a cycle of an alarm is to be heard here, where Home Assistant shows `state`."""
        if cycle != self._cycle:
            self._cycle, self._admitted = cycle, self._decide(state)
        return self._admitted

    def _decide(self, state: str | None) -> bool:
        if self._alarms:
            return False
        if not self._lock.locked() and self._passed_over < PATIENCE.get(state, 0):
            self._passed_over += 1
            return False
        self._passed_over = 0
        return True

    def end_alarm(self) -> None:
        """Let nothing of the alarm be heard but what is being heard."""
        self._ended = self._cycle
        self._passed_over = 0

    def fail(self, cycle: str) -> None:
        """Take an order of a cycle for unheard, until it succeeds."""
        self._unheard = cycle

    def succeed(self) -> None:
        """Take in that it has been heard after all."""
        self._unheard = None

    def has_failed(self, cycle: str) -> bool:
        """Return whether an earlier order of the cycle has not been heard."""
        return cycle == self._unheard

    def rest(self, seconds: float) -> None:
        """Let the next order wait for a loudspeaker that does not tell when it has played what it got."""
        self._rests_until = asyncio.get_running_loop().time() + seconds

    @asynccontextmanager
    async def of_alarm(self, cycle: str) -> AsyncIterator[bool]:
        """Wait for the turn; yield whether it is still worth taking. Raises TimeoutError where it is kept too long."""
        self._alarms += 1
        try:
            self._hurry()
            async with self._lock:
                await asyncio.sleep(max(0.0, self._rests_until - asyncio.get_running_loop().time()))
                async with asyncio.timeout(ALARM_SECONDS):
                    yield cycle != self._ended
        finally:
            self._alarms -= 1

    def _hurry(self) -> None:
        if self._going is not None and not self._going.expired():
            soon = asyncio.get_running_loop().time() + GIVE_WAY_SECONDS
            self._going.reschedule(min(soon, self._going.when() or soon))

    @asynccontextmanager
    async def of_other(self) -> AsyncIterator[bool]:
        """Wait for the turn; yield whether to take it. Raises TimeoutError where it is kept too long."""
        if self._waiting >= MAX_WAITING:
            yield False
            return
        self._waiting += 1
        try:
            async with self._lock, asyncio.timeout(OTHER_SECONDS) as going:
                self._going = going
                try:
                    yield not self._alarms
                finally:
                    self._going = None
        finally:
            self._waiting -= 1
