"""The clock of the timers."""

import asyncio
from collections.abc import Callable, Iterable

from .turn import events
from .turn.timers import Timer


class Countdowns:
    """One countdown for each timer that runs; says when it has ended."""

    def __init__(self, tell: Callable[[events.Event], None]) -> None:
        self._tell = tell
        self._running: dict[int, asyncio.TimerHandle] = {}

    def keep(self, timers: Iterable[Timer]) -> None:
        """Let these run, from now on where they are new, and no others."""
        wanted = {timer.number: timer for timer in timers if timer.active}
        for number in self._running.keys() - wanted.keys():
            self._running.pop(number).cancel()
        for number, timer in wanted.items():
            if number not in self._running:
                over = events.CountdownEnded(timer=timer.id, number=number)
                self._running[number] = asyncio.get_running_loop().call_later(timer.seconds, self._tell, over)

    def stop(self) -> None:
        """Let none run."""
        self.keep(())
