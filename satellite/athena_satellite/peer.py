"""A connection to a Wyoming server that the satellite dials."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from wyoming.error import Error
from wyoming.event import Event, async_write_event

from .address import Address
from .errors import PeerError
from .keepalive import notice_silence
from .messages import text_of
from .wire import read_event

_CONNECT_SECONDS: Final = 5.0
_SEND_SECONDS: Final = 5.0


class Peer:
    """A server at the other end; every way in which it can be gone is a PeerError or an OSError."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, event: Event) -> None:
        """Send an event; a server that does not read for 5 s is gone."""
        async with asyncio.timeout(_SEND_SECONDS):
            await async_write_event(event, self._writer)

    async def receive(self) -> Event:
        """Return the next event; raise PeerError for the end and for an error the server reports."""
        event = await read_event(self._reader)
        if event is None:
            raise PeerError("it closed the connection")
        if Error.is_type(event.type):
            raise PeerError(text_of(event))
        return event


@asynccontextmanager
async def connect(address: Address) -> AsyncIterator[Peer]:
    """Open a connection for the length of the block; raise PeerError or an OSError where there is none."""
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection(address.host, address.port)
    except TimeoutError as err:
        raise PeerError("it does not answer") from err
    except ConnectionRefusedError as err:
        raise PeerError("nothing listens there") from err
    notice_silence(writer)
    try:
        yield Peer(reader, writer)
    finally:
        writer.transport.abort()
