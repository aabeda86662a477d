"""A Wyoming server over TCP: binds first, loads then, answers Describe at any moment, and survives its clients."""

import asyncio
import contextlib
import errno
import logging
from typing import Final
from urllib.parse import urlsplit

from wyoming.error import Error
from wyoming.event import Event, Eventable, async_write_event
from wyoming.info import Describe
from wyoming.ping import Ping, Pong

from athena_voice.errors import AddressError, ProtocolError, RequestError
from athena_voice.service import Service, Session
from athena_voice.wire import read_event

_LOGGER = logging.getLogger(__name__)

CLOSE_SECONDS: Final = 3.0
"""How long the connections may take to end once the server is told to stop."""


class Server:
    """One service on one address."""

    def __init__(self, service: Service, uri: str) -> None:
        self._service = service
        self._host, self._port = address(uri)
        self._uri = uri
        self._loaded = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set.

        Raises AddressError where the address cannot be listened on, EngineError where the engine cannot be used.
        """
        try:
            listener = await asyncio.start_server(self._accept, self._host, self._port)
        except OSError as err:
            raise AddressError(f"{self._uri} {_reason(err)}") from err
        _LOGGER.info("%s server listening on %s", self._service.name, self._uri)
        try:
            await self._service.load()
            self._loaded.set()
            _LOGGER.info("%s server ready", self._service.name)
            async with asyncio.TaskGroup() as tasks:
                service = tasks.create_task(self._service.run())
                await stop.wait()
                service.cancel()
        finally:
            listener.close()
            await self._close()
            _LOGGER.info("%s server stopped", self._service.name)

    async def _close(self) -> None:
        for connection in self._connections:
            connection.cancel()
        if self._connections:
            await asyncio.wait(self._connections, timeout=CLOSE_SECONDS)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection is not None  # start_server runs each client in a task
        self._connections.add(connection)
        session = self._service.session(_Sender(writer).send)
        try:
            await self._talk(reader, writer, session)
        except (ConnectionError, TimeoutError) as err:
            _LOGGER.debug("%s is gone: %s", _peer(writer), err)
        except asyncio.CancelledError:
            pass  # the server stops
        except Exception:
            _LOGGER.exception("%s made the server fail; its connection is closed", _peer(writer))
        finally:
            self._connections.discard(connection)
            await session.close()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, session: Session) -> None:
        try:
            while (event := await read_event(reader)) is not None:
                await self._answer(event, writer, session)
        except ProtocolError as err:
            _LOGGER.warning("%s is disconnected: %s", _peer(writer), err)
            await async_write_event(Error(text=str(err), code="protocol-error").event(), writer)

    async def _answer(self, event: Event, writer: asyncio.StreamWriter, session: Session) -> None:
        if Ping.is_type(event.type):
            await async_write_event(Pong(text=Ping.from_event(event).text).event(), writer)
            return
        await self._loaded.wait()
        if Describe.is_type(event.type):
            await async_write_event(self._service.info().event(), writer)
            return
        try:
            await session.on_event(event)
        except RequestError as err:
            _LOGGER.warning("%s asked for what is not here: %s", _peer(writer), err)
            await async_write_event(Error(text=str(err), code=err.code).event(), writer)
        except (KeyError, TypeError, ValueError) as err:  # what the library raises for an event without its fields
            raise ProtocolError(f"{event.type} is not complete: {err!r}") from err


class _Sender:
    """Writes a session's events to its client."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def send(self, event: Eventable) -> None:
        await async_write_event(event.event(), self._writer)


def address(uri: str) -> tuple[str, int]:
    """Return host and port of tcp://HOST:PORT; raise AddressError for anything else."""
    parts = urlsplit(uri)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != "tcp" or not parts.hostname or port is None:
        raise AddressError(f"{uri!r} is not an address like tcp://127.0.0.1:10400")
    return parts.hostname, port


def _reason(err: OSError) -> str:
    return {
        errno.EADDRINUSE: "is already in use",
        errno.EADDRNOTAVAIL: "is not an address of this machine",
        errno.EACCES: "may not be listened on by this user",
    }.get(err.errno or 0, f"cannot be listened on: {err.strerror or err}")


def _peer(writer: asyncio.StreamWriter) -> str:
    host, port, *_ = writer.get_extra_info("peername") or ("a client that left", 0)
    return f"{host}:{port}"
