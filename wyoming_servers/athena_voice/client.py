"""One client of a server: its events are read all the time, so that Describe is answered while its session works."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.info import Describe
from wyoming.ping import Ping, Pong

from .bounds import Bounds
from .errors import EngineError, ProtocolError, RequestError
from .inbox import Inbox, Room, size_of
from .keepalive import notice_silence
from .progress import Step
from .service import Service, Session
from .turns import CLIENT, Turns
from .wire import read_event

_LOGGER = logging.getLogger(__name__)

_DISCARDED_BYTES: Final = 65536
_LONGEST_REASON: Final = 300
"""Characters of what a client did wrong; a part of it may be the client's own words, of any length."""
_STOPPING: Final = Error(text="the server is stopping: what was asked for is not done", code="stopping")
_BROKEN: Final = Error(text="something went wrong in the server; its log says what", code="server-error")


class Client:
    """One connection."""

    def __init__(
        self, service: Service, bounds: Bounds, room: Room, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._service = service
        self._bounds = bounds
        self._room = room
        self._taken = 0
        self.took_room = False
        """Whether it ever sent a long payload."""
        self._reader = reader
        self._writer = writer
        self._inbox = Inbox(bounds, service.metrics)
        self._turns = Turns()
        self._stopping = False
        self._lost = False
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._step: Step | None = None
        self._name = name_of(writer)
        notice_silence(writer)

    async def run(self) -> None:
        """Serve until the client is gone, or told to stop."""
        CLIENT.set(self._name)
        metrics = self._service.metrics
        metrics.connections.inc()
        session = self._service.open(self._reply)
        try:
            async with asyncio.TaskGroup() as tasks:
                reading, working = tasks.create_task(self._read()), tasks.create_task(self._work(session))
                self._tasks = reading, working
                await asyncio.wait((reading, working), return_when=asyncio.FIRST_COMPLETED)
                if not self._stopping:
                    _check(working)
                    working.cancel()
            if self._stopping and (working.cancelled() or self._turns.under_way):
                await self._last_words(_STOPPING)
        except* ProtocolError as group:
            reason = _short(str(group.exceptions[0]))
            _LOGGER.warning("%s: %s: %s; connection closed", self._service.name, self._name, reason)
            await self._last_words(Error(text=reason, code="protocol-error"))
        except* Exception as group:
            if self._lost:
                _LOGGER.debug("%s: %s is gone: %s", self._service.name, self._name, group.exceptions[0])
            else:
                _LOGGER.exception("%s: %s: connection closed", self._service.name, self._name)
                await self._last_words(_BROKEN)
        finally:
            self._tasks = ()  # their end holds what they were at, in a ring that only the collector would find
            self._inbox.forget()
            self._room.give(self._taken)
            metrics.connections.dec()
            await session.close()
            await leave(self._writer, self._bounds.last_words_seconds)

    def stop(self) -> None:
        """Read no more; what has come in whole is still done."""
        self._stopping = True
        self._inbox.close()
        if self._tasks:
            self._tasks[0].cancel()

    def give_up(self) -> None:
        """Do no more, not even what was begun."""
        for task in self._tasks:
            task.cancel()

    async def _read(self) -> None:
        while not self._stopping and (event := await self._next()) is not None:
            self._service.metrics.event(event.type)
            if Describe.is_type(event.type):
                self._give_back(event)
                await self._write((await self._service.info()).event())
            elif Ping.is_type(event.type):
                self._give_back(event)
                await self._write(Pong(text=event.data.get("text")).event())
            else:
                await self._inbox.put(event)
            del event  # it may be large, and the next one long in coming

    async def _next(self) -> Event | None:
        with self._losing():
            return await read_event(self._reader, seconds=self._bounds.event_seconds, admit=self._admit)

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """Note that an OSError is the connection's; any other is an engine's, and is told."""
        try:
            yield
        except OSError:
            self._lost = True
            raise

    async def _admit(self, size: int) -> None:
        needed = self._room.needed(size)
        if needed:
            await self._room.take(needed)
            self._taken += needed
            self.took_room = True

    def _give_back(self, event: Event) -> None:
        needed = self._room.needed(size_of(event))
        if needed:
            self._taken -= needed
            self._room.give(needed)

    async def _work(self, session: Session) -> None:
        while (event := await self._inbox.get()) is not None:
            self._turns.follow(event)
            with self._service.metrics.progress.step(f"{event.type} of {self._name}") as self._step:
                try:
                    await session.handle(event)
                except RequestError as err:
                    await self._tell(Error(text=str(err), code=err.code))
                except EngineError as err:
                    _LOGGER.error("%s: %s", self._service.name, err)
                    await self._tell(Error(text=str(err), code="engine-error"))
            self._give_back(event)
            del event

    async def _reply(self, event: Event) -> None:
        """Send what the session has to say; meanwhile the client, not the server, is waited for."""
        if self._step is not None:
            self._step.waits_for_others()
        await self._write(event)
        if self._step is not None:
            self._step.got_on()

    async def _tell(self, error: Error) -> None:
        self._service.metrics.error(error.code or "other")
        await self._reply(error.event())

    async def _write(self, event: Event) -> None:
        deadline = asyncio.timeout(self._bounds.write_seconds)
        with self._losing():
            if self._writer.is_closing():  # CPython's writelines fails in odd ways then
                raise ConnectionResetError("the connection is closed")
            try:
                async with deadline:
                    await async_write_event(event, self._writer)
            except TimeoutError as err:
                if not deadline.expired():  # the system's, of a connection that is dead
                    raise
                self._writer.transport.abort()
                raise ProtocolError(f"it has read nothing for {self._bounds.write_seconds:g} s") from err

    async def _last_words(self, error: Error) -> None:
        self._service.metrics.error(error.code or "other")
        await say_last(error, self._reader, self._writer, self._bounds.last_words_seconds)


def _check(working: asyncio.Task[None]) -> None:
    """Raise EngineError where the work has ended by itself: what an engine waited for was cancelled."""
    if working.cancelled():
        raise EngineError("the work for a client was cancelled")


def _short(reason: str) -> str:
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"


def name_of(writer: asyncio.StreamWriter) -> str:
    """Return the client's address, for the log."""
    name = writer.get_extra_info("peername")
    return f"{name[0]}:{name[1]}" if name else "a client"


async def say_last(error: Error, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Send an error and wait until the client has read it; what the client still sends is thrown away.

    Closed at once, a connection with unread bytes is reset, and the error may be lost with it.
    """
    with contextlib.suppress(OSError):  # TimeoutError is one
        async with asyncio.timeout(seconds):
            if not writer.is_closing():
                await async_write_event(error.event(), writer)
                writer.write_eof()
                while await reader.read(_DISCARDED_BYTES):
                    pass


async def leave(writer: asyncio.StreamWriter, seconds: float) -> None:
    """Close a connection; what is not read in time is lost."""
    writer.close()
    try:
        async with asyncio.timeout(seconds):
            await writer.wait_closed()
    except OSError:
        writer.transport.abort()
    except asyncio.CancelledError:
        writer.transport.abort()
        raise
