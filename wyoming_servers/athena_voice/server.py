"""One Wyoming server over TCP. It listens first and loads after; Describe is answered at any moment."""

import asyncio
import contextlib
import errno
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, Protocol

from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from .address import Address
from .errors import AddressError, EngineError, ProtocolError, RequestError
from .keepalive import notice_silence
from .wire import read_event

_LOGGER = logging.getLogger(__name__)

_QUEUED_EVENTS: Final = 8
"""Events a client may be ahead of its session; beyond it, TCP holds the client back."""
_STOP_SECONDS: Final = 3.0

type Send = Callable[[Event], Awaitable[None]]


class Session(Protocol):
    """What one client does with a server; events come in order, one at a time."""

    async def handle(self, event: Event) -> None:
        """Do what an event asks for; a RequestError is told to the client, a ProtocolError ends it."""

    async def close(self) -> None:
        """Let go of everything: the client is gone."""


class Service(Protocol):
    """What a server serves."""

    @property
    def name(self) -> str:
        """Words for the log: "wake word server"."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine, call `ready`, go on with what is to be done beside the clients; may return."""

    async def info(self) -> Info:
        """Return what Home Assistant asks for; waits for the engine when only the engine knows."""

    def open(self, send: Send) -> Session:
        """Return a session for a new client."""


async def serve(
    service: Service, address: Address, stop: asyncio.Event, on_listening: Callable[[Address], None] | None = None
) -> None:
    """Listen and serve until `stop` is set; raise AddressError or EngineError when that cannot be.

    `on_listening` is told the address once it is bound, with the port that port 0 became.
    """
    tasks = asyncio.TaskGroup()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.create_task(_Client(service, reader, writer).run())

    with _address_errors(address):
        server = await asyncio.start_server(accept, address.host, address.port, start_serving=False)
    bound = Address(host=address.host, port=server.sockets[0].getsockname()[1])
    try:
        async with tasks:
            with _address_errors(address):
                await server.start_serving()
            _LOGGER.info("%s listening on %s", service.name, bound)
            if on_listening is not None:
                on_listening(bound)
            work = tasks.create_task(service.run(lambda: _LOGGER.info("%s is ready", service.name)))
            await stop.wait()
            work.cancel()
            await _close(server)
    finally:
        server.close()
        server.abort_clients()
        _LOGGER.info("%s stopped", service.name)


@contextlib.contextmanager
def _address_errors(address: Address) -> Iterator[None]:
    """Make AddressErrors of what the system says of an address."""
    try:
        yield
    except OSError as err:
        if err.errno == errno.EADDRINUSE:
            raise AddressError(f"{address} is already in use") from err
        raise AddressError(f"{address} cannot be listened on: {err.strerror or err}") from err
    except OverflowError as err:
        raise AddressError(f"{address} cannot be listened on: {err}") from err


async def _close(server: asyncio.Server) -> None:
    """Stop listening; clients get their last words out, unless they do not read them."""
    server.close()
    server.close_clients()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await server.wait_closed()
    except TimeoutError:
        server.abort_clients()


class _Client:
    """One connection: it is read all the time, so that Describe is answered while its session works."""

    def __init__(self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._service = service
        self._reader = reader
        self._writer = writer
        self._events: asyncio.Queue[Event] = asyncio.Queue(_QUEUED_EVENTS)
        name = writer.get_extra_info("peername")
        self._name = f"{name[0]}:{name[1]}" if name else "a client"
        notice_silence(writer)

    async def run(self) -> None:
        session = self._service.open(self._send)
        try:
            async with asyncio.TaskGroup() as tasks:
                work = tasks.create_task(self._work(session))
                await self._read()
                work.cancel()
        except* ProtocolError as group:
            reason = str(group.exceptions[0])
            _LOGGER.warning("%s: %s: %s; connection closed", self._service.name, self._name, reason)
            await self._last_words(Error(text=reason, code="protocol-error"))
        except* OSError as group:
            _LOGGER.debug("%s: %s is gone: %s", self._service.name, self._name, group.exceptions[0])
        except* Exception:
            _LOGGER.exception("%s: %s: connection closed", self._service.name, self._name)
            await self._last_words(Error(text="something went wrong in the server; its log says what"))
        finally:
            await session.close()
            self._writer.close()

    async def _read(self) -> None:
        while (event := await read_event(self._reader)) is not None:
            if Describe.is_type(event.type):
                await self._send((await self._service.info()).event())
            elif Ping.is_type(event.type):
                await self._send(Pong(text=event.data.get("text")).event())
            else:
                await self._events.put(event)

    async def _work(self, session: Session) -> None:
        while True:
            event = await self._events.get()
            try:
                await session.handle(event)
            except RequestError as err:
                await self._send(Error(text=str(err), code=err.code).event())
            except EngineError as err:
                _LOGGER.error("%s: %s", self._service.name, err)
                await self._send(Error(text=str(err), code="engine-error").event())

    async def _send(self, event: Event) -> None:
        if self._writer.is_closing():  # CPython's writelines fails in odd ways then
            raise ConnectionResetError("the connection is closed")
        await async_write_event(event, self._writer)

    async def _last_words(self, error: Error) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                await self._send(error.event())
