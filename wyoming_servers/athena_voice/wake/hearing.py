"""One stream being heard: its audio waits in a backlog, is heard in a thread, and its detections are sent."""

import asyncio
from collections.abc import Sequence

from wyoming.event import Event
from wyoming.wake import Detection

from ..service import Send
from .backlog import Backlog, Batch
from .stream import Said, Stream
from .trigger import NearMiss
from .work import Work


class Hearing:
    """From audio-start to audio-stop."""

    def __init__(self, stream: Stream, work: Work, send: Send) -> None:
        self.detected = False
        """Whether a wake word was said so far."""
        self._stream = stream
        self._work = work
        self._send = send
        self._backlog = Backlog()
        self._failure: Exception | None = None
        self._task = work.start(self._run())
        if self._task is None:
            self._backlog.close()

    async def put(self, chunk: Event) -> None:
        """Add a chunk; raise what went wrong with those before it."""
        for piece in self._stream.pieces(chunk):
            self._raise_failure()
            await self._backlog.put(piece)
            self._work.got_on()

    async def finish(self) -> None:
        """Wait until all is heard."""
        self._backlog.close()
        if self._task is not None:
            await asyncio.wait((self._task,))
        self._raise_failure()

    def cancel(self) -> None:
        """Let go; a piece that is being heard keeps the models until it is done."""
        self._backlog.close()
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            while (batch := await self._backlog.take()) is not None:
                await self._hear(batch)
            await self._tell(self._stream.finish())
        except OSError:
            pass  # the client is gone, which the reader of its connection sees too
        except Exception as err:  # noqa: BLE001 (raised in the client's own connection; no other stream ends with it)
            self._failure = err
        finally:
            self._backlog.close()

    async def _hear(self, batch: Batch) -> None:
        if batch.late:
            self._work.dropped(batch)
            await self._work.in_thread(self._stream.skip, batch.pieces)
            return
        self._work.kept_up()
        await self._tell(await self._work.in_thread(self._work.listen, self._stream, batch))

    async def _tell(self, heard: Sequence[Said | NearMiss]) -> None:
        for said in heard:
            self._work.heard(said)
            if isinstance(said, Said):
                self.detected = True
                await self._send(Detection(name=said.name, timestamp=said.timestamp).event())

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure
