"""Who may ask the model now: so many at once, so many waiting, and not for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from ..errors import BusyError

WAIT_SECONDS: Final = 30.0
"""Longer than anybody waits for an answer: Athena's own deadline is 8 s."""


class Turnstile:
    """Lets requests through in the order in which they came."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._most = at_once + waiting
        self._seats = asyncio.Semaphore(at_once)
        self.inside = 0
        """Requests that are answered or wait."""

    @property
    def waiting(self) -> int:
        """Requests that wait."""
        return max(self.inside - self._at_once, 0)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, which lasts for the block; raise BusyError where too many wait, or it takes too long."""
        if self.inside >= self._most:
            raise BusyError(self.inside)
        self.inside += 1
        try:
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._seats.acquire()
            except TimeoutError:
                raise BusyError(self.inside - 1) from None
            try:
                yield
            finally:
                self._seats.release()
        finally:
            self.inside -= 1
