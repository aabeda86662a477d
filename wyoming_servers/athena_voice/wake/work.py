"""The threads in which all streams are heard, and what is told of them: log and counts."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from .backlog import LATEST_SECONDS, Batch
from .metrics import WakeMetrics
from .stream import Said, Stream
from .trigger import NearMiss

_LOGGER = logging.getLogger(__name__)

_KEEPS_UP_SECONDS: Final = 10.0
"""So long nothing may be dropped before it is said that the machine keeps up again."""


class Work:
    """As many threads as processors. Each stream has one piece of audio in their queue, so all get their turn."""

    def __init__(self, metrics: WakeMetrics) -> None:
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(os.process_cpu_count() or 1, thread_name_prefix="wake")
        self._tasks: asyncio.TaskGroup | None = None
        self._streams = 0
        self._dropped_at: float | None = None

    async def run(self, ready: Callable[[], None]) -> None:
        """Let streams be heard, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                ready()
                try:
                    await asyncio.get_running_loop().create_future()
                finally:
                    self._tasks = None
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def start(self, hearing: Coroutine[None, None, None]) -> asyncio.Task[None] | None:
        """Start to hear a stream; it must not raise. None when the server is about to end."""
        if self._tasks is None:
            hearing.close()
            return None
        self._streams += 1
        self._metrics.streams.inc()
        task = self._tasks.create_task(hearing)
        task.add_done_callback(self._ended)
        return task

    async def in_thread[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call something that blocks."""
        with self._metrics.progress.step("a stream's audio"):
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))

    def listen(self, stream: Stream, batch: Batch) -> list[Said | NearMiss]:
        """Return what is said in a few pieces, and count how long that took. Blocking."""
        begun = time.monotonic()
        heard = [said for piece in batch.pieces for said in stream.hear(piece)]
        self._metrics.scored(time.monotonic() - begun, audio_seconds=batch.seconds)
        return heard

    def got_on(self) -> None:
        """Tell that a long chunk is being heard, so that it is not taken for one that hangs."""
        self._metrics.progress.got_on()

    def heard(self, said: Said | NearMiss) -> None:
        """Tell of what was heard; of no audio anything is kept."""
        if isinstance(said, Said):
            self._metrics.detected(said.name)
            _LOGGER.info("%s: detected, with a score of %.3f", said.name, said.score)
        else:
            self._metrics.nearly_detected(said.name)
            _LOGGER.info(
                "%s: near miss, with a score of %.3f; detected above %.3f", said.name, said.score, said.threshold
            )

    def dropped(self, batch: Batch) -> None:
        """Tell, once, that audio was dropped."""
        self._metrics.dropped(batch.seconds)
        if self._dropped_at is None:
            _LOGGER.warning(
                "this machine does not keep up with %d streams: audio that has waited for %g s is not listened to",
                self._streams,
                LATEST_SECONDS,
            )
        self._dropped_at = time.monotonic()

    def kept_up(self) -> None:
        """Tell, once, that no audio is dropped any more."""
        if self._dropped_at is not None and time.monotonic() - self._dropped_at > _KEEPS_UP_SECONDS:
            self._dropped_at = None
            _LOGGER.info("this machine keeps up with the streams again")

    def _ended(self, _task: asyncio.Task[None]) -> None:
        self._streams -= 1
        self._metrics.streams.dec()
