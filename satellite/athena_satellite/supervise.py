"""The one way in which whatever can go away is kept: tried again for ever, logged once when away and once when back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from .errors import SatelliteError

_LOGGER = logging.getLogger(__name__)

_RETRY_SECONDS: Final = 0.5


async def supervise(
    what: str,
    attempt: Callable[[Callable[[], None]], Awaitable[None]],
    *,
    retry_seconds: float = _RETRY_SECONDS,
    greeted: bool = False,
) -> None:
    """Run `attempt` again until it returns; it is given a function to call once it works.

    What is `greeted` is logged as well when it works for the first time.
    """
    away = False

    def up() -> None:
        nonlocal away, greeted
        if away:
            _LOGGER.info("%s is back", what)
        elif greeted:
            _LOGGER.info("%s is connected", what)
        away = greeted = False

    while True:
        try:
            await attempt(up)
        except* (SatelliteError, OSError) as group:
            if not away:
                _LOGGER.warning("%s is away: %s; trying again", what, _reason(group))
        except* Exception:
            if not away:
                _LOGGER.exception("%s failed in a way nobody foresaw; trying again", what)
        else:
            return
        away = True
        await asyncio.sleep(retry_seconds)


def _reason(group: BaseExceptionGroup[BaseException]) -> str:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return str(first) or type(first).__name__
