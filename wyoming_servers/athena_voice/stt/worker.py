"""The thread in which an engine loads and hears, and how many may wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from ..errors import BusyError

QUEUE: Final = 8
"""Utterances that may be in hand: one is heard, the others wait; the next is told `busy`."""


class Worker:
    """One thread: what is said at the same time is heard one after the other."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self.in_hand: list[Future[Any]] = []
        """Utterances that are heard or wait; those that are done are taken out when the next one comes."""

    async def do[T](self, work: Callable[[], T]) -> T:
        """Do something that blocks, after what was asked for before."""
        return await asyncio.wrap_future(self._thread.submit(work))

    async def hear[T](self, work: Callable[[], T]) -> T:
        """Do the same for an utterance; raise BusyError when too many are in hand. A cancelled one is not begun."""
        self.in_hand = [job for job in self.in_hand if not job.done()]
        if len(self.in_hand) >= QUEUE:
            raise BusyError(QUEUE)
        job = self._thread.submit(work)
        self.in_hand.append(job)
        return await asyncio.wrap_future(job)

    def end(self) -> None:
        """Begin nothing more; what was begun goes on to its end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
