"""The TCP server that Home Assistant dials.

Home Assistant asks Describe on connections of its own at any time; the one that sent run-satellite is the one that
counts. It may be cut without a goodbye and dialled anew, so the newest wins at once. Nothing here waits for anything
but the wire: a ping is answered whatever else happens.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.info import Describe
from wyoming.ping import Ping, Pong
from wyoming.satellite import PauseSatellite, RunSatellite

from . import systemd
from .address import Address
from .decoding import DECODERS
from .errors import AddressError, ProtocolError
from .keepalive import notice_silence
from .turn import events
from .wire import read_event

_LOGGER = logging.getLogger(__name__)

_MAX_UNSENT_BYTES: Final = 1024 * 1024
"""What may wait for a Home Assistant that does not read: half a minute of microphone."""

_SYSTEM_BUFFER_BYTES: Final = 256 * 1024
"""What the system may hold beside that; left to itself it takes megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a silent connection is kept, in seconds; Home Assistant pings every 2."""

    ping: float = 4.0
    """Then Home Assistant is asked whether it lives."""

    lost: float = 10.0
    """Then it is taken for gone."""

    stranger: float = 30.0
    """Then any other connection is closed."""

    ahead: float = 2.0
    """How often Home Assistant is told that the satellite lives while its audio, and its pings in it, must wait."""

    firm: float = 2.0
    """A pause that lasted so long before the connection ended was a mute, and no goodbye."""

    leave: float = 2.5
    """How long its next ping is waited for before the satellite ends."""

    look: float = 1.0
    """How often this is looked at."""


class Connection:
    """One connection somebody opened."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        peer = writer.get_extra_info("peername")
        self.name = f"{peer[0]}:{peer[1]}" if peer else "somebody"  # the system has no name for one that left at once
        self.heard_at = asyncio.get_running_loop().time()
        self._pongs_ahead = 0  # sent for pings that have not been read yet
        writer.transport.set_write_buffer_limits(high=8 * _MAX_UNSENT_BYTES)  # never waited for: see send
        self.socket: socket.socket = writer.get_extra_info("socket")
        with suppress(OSError):  # as in notice_silence
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SYSTEM_BUFFER_BYTES)
        notice_silence(writer)

    async def receive(self) -> Event | None:
        """Return the next event, None once the peer is gone."""
        try:
            event = await read_event(self._reader)
        except OSError:  # one that fell silent ends with a time-out or as unreachable, which are no ConnectionErrors
            return None
        self.heard_at = asyncio.get_running_loop().time()
        return event

    async def send(self, event: Event) -> None:
        """Send without waiting; a peer that does not read loses its connection instead of filling the memory."""
        unsent = self._writer.transport.get_write_buffer_size()
        if unsent > _MAX_UNSENT_BYTES:
            _LOGGER.warning("%s does not read: %d bytes wait for it; its connection is dropped", self.name, unsent)
            self.abort()
        if not self._writer.transport.is_closing():
            with suppress(OSError):
                await async_write_event(event, self._writer)

    async def pong(self, ping: Event) -> None:
        """Answer a ping, unless that has been done before it came."""
        if self._pongs_ahead:
            self._pongs_ahead -= 1
            return
        text = ping.data.get("text")
        await self.send(Pong(text=text if isinstance(text, str) else None).event())

    async def pong_ahead(self) -> None:
        """Answer the ping that waits, unread, behind audio; Home Assistant sends the next for each answer."""
        self._pongs_ahead += 1
        self.heard_at = asyncio.get_running_loop().time()
        await self.send(Pong().event())

    def close(self) -> None:
        """End the connection once everything is sent."""
        self._writer.close()

    def abort(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()


class HomeAssistant:
    """Answers everyone's Describe; tells what Home Assistant says and carries what it is told."""

    def __init__(
        self,
        *,
        info: Callable[[], Event],
        tell: Callable[[events.Event], None],
        room: asyncio.Event | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._info = info
        self._tell = tell
        self._room = room  # set while there is room for more audio
        self._patience = patience or Patience()
        self._active: Connection | None = None
        self._paused_at: float | None = None
        self._leaving: asyncio.Event | None = None

    @asynccontextmanager
    async def serving(self, address: Address) -> AsyncIterator[Address]:
        """Listen for the length of the block; yields where, which differs for port 0.

        Raises AddressError when the port cannot be had. Leaves no connection behind.
        """
        try:
            server = await asyncio.start_server(self._serve, address.host, address.port)
        except OSError as err:
            why = "is already in use" if err.errno == errno.EADDRINUSE else f"cannot be bound: {err.strerror or err}"
            raise AddressError(f"{address} {why}") from err
        systemd.end_held()
        try:
            yield Address(address.host, server.sockets[0].getsockname()[1])
        finally:
            server.close()
            try:
                await self._take_leave()
            finally:
                server.close_clients()
                await asyncio.sleep(0)  # so that they end with a goodbye, if they have nothing left to send
                server.abort_clients()
                await server.wait_closed()

    async def send(self, event: Event) -> None:
        """Send to Home Assistant; while it is away nothing is sent."""
        if self._active is not None:
            await self._active.send(event)

    async def _take_leave(self) -> None:
        """Wait for Home Assistant's next ping, which stays unanswered.

        It has nothing under way then, and dials again after 3 s; a ping that meets a closed connection costs it 13.
        """
        if self._active is None or self._paused_at is not None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.leave):
                self._leaving = asyncio.Event()
                await self._leaving.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(reader, writer)
        try:
            async with asyncio.TaskGroup() as tasks:
                watch = tasks.create_task(self._watch(connection))
                await self._converse(connection)
                watch.cancel()
        finally:
            connection.close()
            if self._active is connection:
                self._active = None
                systemd.release()
                _LOGGER.info("Home Assistant at %s is gone", connection.name)
                self._tell(events.HomeLost(muted=self._paused_for() > self._patience.firm))

    async def _converse(self, connection: Connection) -> None:
        try:
            while (event := await connection.receive()) is not None:
                await self._handle(connection, event)
                await self._hold(connection)
        except ProtocolError as err:
            _LOGGER.warning("%s does not speak Wyoming: %s; its connection is closed", connection.name, err)
            await connection.send(Error(text=str(err), code="protocol-error").event())

    async def _hold(self, connection: Connection) -> None:
        """Read no more while there is no room for more audio: the sender waits, and nothing is lost."""
        while self._room is not None and not self._room.is_set() and connection is self._active:
            try:
                async with asyncio.timeout(self._patience.ahead):
                    await self._room.wait()
            except TimeoutError:
                await connection.pong_ahead()

    async def _handle(self, connection: Connection, event: Event) -> None:
        if Ping.is_type(event.type) and connection is self._active and self._leaving is not None:
            self._leaving.set()
        elif Ping.is_type(event.type):
            await connection.pong(event)
        elif Describe.is_type(event.type):
            await connection.send(self._info())
        elif RunSatellite.is_type(event.type):
            self._activate(connection)
        elif connection is self._active:
            self._hear(event)

    def _activate(self, connection: Connection) -> None:
        previous, self._active = self._active, connection
        if previous is connection and self._paused_at is None:
            return
        self._paused_at = None
        systemd.hold(connection.socket)
        _LOGGER.info("Home Assistant is connected from %s", connection.name)
        if previous in (None, connection):
            self._tell(events.HomeConnected())
        else:
            previous.abort()
            self._tell(events.HomeReplaced())

    def _hear(self, event: Event) -> None:
        if PauseSatellite.is_type(event.type):
            self._paused_at = self._paused_at or asyncio.get_running_loop().time()
            _LOGGER.info("Home Assistant pauses the satellite")
            self._tell(events.HomePaused())
        elif (decode := DECODERS.get(event.type)) is not None:
            self._tell(decode(event))
        else:
            _LOGGER.debug("%s is not for this satellite", event.type)

    def _paused_for(self) -> float:
        return 0.0 if self._paused_at is None else asyncio.get_running_loop().time() - self._paused_at

    async def _watch(self, connection: Connection) -> None:
        """End a connection that has been silent for too long."""
        patience = self._patience
        while True:
            await asyncio.sleep(patience.look)
            silent = asyncio.get_running_loop().time() - connection.heard_at
            if connection is not self._active:
                if silent > patience.stranger:
                    connection.abort()
            elif self._paused_at is not None:  # Home Assistant neither pings nor reads then
                continue
            elif silent > patience.lost:
                _LOGGER.warning("Home Assistant at %s has been silent for %.0f s", connection.name, silent)
                connection.abort()
            elif silent > patience.ping:
                await connection.send(Ping().event())
