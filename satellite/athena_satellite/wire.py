"""Wyoming framing, read with limits.

The library's own reader trusts the lengths in a header and takes a malformed one for a disconnect; a server in a home
must do neither. Writing is the library's. This file stands in the servers and the satellite, byte for byte.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from wyoming.event import Event

from .errors import ProtocolError

MAX_DATA_BYTES: Final = 1024 * 1024
MAX_PAYLOAD_BYTES: Final = 16 * 1024 * 1024  # 8 minutes of 16 kHz 16-bit mono in one chunk


async def read_event(
    reader: asyncio.StreamReader,
    *,
    seconds: float | None = None,
    admit: Callable[[int], Awaitable[None]] | None = None,
) -> Event | None:
    """Return the next event, or None once the peer is gone.

    It may be long in coming, but must be whole within `seconds` of its first byte. `admit` is awaited with the length
    of a payload before that is read; that wait does not count. Raises ProtocolError for a header that is none, a
    length over the limit and an event that dribbles; an oversized body is not read.
    """
    first = await reader.read(1)
    if not first:
        return None
    deadline = asyncio.timeout(seconds)
    try:
        async with deadline:
            return await _begun_event(first, reader, deadline, admit)
    except TimeoutError as err:
        if not deadline.expired():  # the system's, of a connection that is dead
            raise
        raise ProtocolError(f"an event was begun and is not whole after {seconds:g} s") from err


async def _begun_event(
    first: bytes,
    reader: asyncio.StreamReader,
    deadline: asyncio.Timeout,
    admit: Callable[[int], Awaitable[None]] | None,
) -> Event | None:
    try:
        line = first if first == b"\n" else first + await reader.readline()
    except ValueError as err:  # the StreamReader's own limit, 64 KiB
        raise ProtocolError("header is too long") from err
    header = _json_object(line, "header")
    event_type = header.get("type")
    if not isinstance(event_type, str):
        raise ProtocolError("header has no event type")
    data_length = _length(header, "data_length", MAX_DATA_BYTES)
    payload_length = _length(header, "payload_length", MAX_PAYLOAD_BYTES)
    data = header.get("data") or {}
    if not isinstance(data, dict):
        raise ProtocolError("data is not a JSON object")
    try:
        if data_length:
            data.update(_json_object(await reader.readexactly(data_length), "data"))
        if payload_length and admit is not None:
            await _admitted(payload_length, deadline, admit)
        payload = await reader.readexactly(payload_length) if payload_length else None
    except asyncio.IncompleteReadError:
        return None
    return Event(type=event_type, data=data, payload=payload)


async def _admitted(length: int, deadline: asyncio.Timeout, admit: Callable[[int], Awaitable[None]]) -> None:
    """Wait with the deadline held, for the peer can do nothing about this."""
    loop, until = asyncio.get_running_loop(), deadline.when()
    left = None if until is None else until - loop.time()
    deadline.reschedule(None)
    await admit(length)
    deadline.reschedule(None if left is None else loop.time() + left)


def _json_object(raw: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as err:
        raise ProtocolError(f"{what} is not JSON") from err
    if not isinstance(value, dict):
        raise ProtocolError(f"{what} is not a JSON object")
    return value


def _length(header: dict[str, Any], key: str, limit: int) -> int:
    value = header.get(key)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ProtocolError(f"{key} is not a length: {value!r}")
    if value > limit:
        raise ProtocolError(f"{key} of {value} bytes is over the limit of {limit}")
    return value
