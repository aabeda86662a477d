"""Whether the model's server is there: said once when it goes and once when it is back, and looked for meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from .server import Served, ServerError

_LOGGER = logging.getLogger(__name__)

LONG: Final = 600.0
"""Seconds away after which people are told that it is back."""

FIRST_LOOK: Final = 5.0
LAST_LOOK: Final = 120.0
"""Seconds until one looks again: twice as long each time, up to this."""


class Reach:
    """Whether somebody answers there."""

    def __init__(self, async_probe: Callable[[], Awaitable[Served]], clock: Callable[[], float]) -> None:
        """`clock`: seconds from anywhere, which never go back."""
        self._async_probe = async_probe
        self._clock = clock
        self._away_since: float | None = None
        self._is_to_tell = False
        self._is_lost = asyncio.Event()
        self.served: Served | None = None
        """What it said of itself when it was last asked."""

    @property
    def available(self) -> bool:
        """Return whether it was there when it was last asked."""
        return self.served is not None and self._away_since is None

    def lose(self, cause: str) -> None:
        """Take in that nobody answers."""
        self._is_lost.set()
        if self._away_since is None:
            self._away_since = self._clock()
            _LOGGER.warning("The model is away: %s", cause)

    def find(self) -> None:
        """Take in that somebody answers."""
        self._is_lost.clear()
        if self._away_since is not None:
            away, self._away_since = self._clock() - self._away_since, None
            self._is_to_tell = self._is_to_tell or away >= LONG
            _LOGGER.info("The model is back after %d s", away)

    def tell_once(self) -> bool:
        """Return whether people are to be told now that it is back after a long time: true once."""
        is_to_tell, self._is_to_tell = self._is_to_tell, False
        return is_to_tell

    async def async_look(self) -> None:
        """Ask whether it is there, and what it has."""
        try:
            self.served = await self._async_probe()
        except ServerError as err:
            self.lose(str(err))
        else:
            self.find()

    async def async_watch(self) -> None:
        """Look now, and after each loss until it is back: for as long as the entry lives."""
        await self.async_look()
        while True:
            await self._is_lost.wait()
            pause = FIRST_LOOK
            while not self.available:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LAST_LOOK)
                await self.async_look()
