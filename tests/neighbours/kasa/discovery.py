"""Being found: the answer to the probe that clients broadcast on UDP port 20002, TP-Link's discovery protocol 2."""

import asyncio
import json
import struct
from binascii import crc32
from typing import Any, Final, override

PORT: Final = 20002
HEADER: Final = struct.Struct(">BBHHBBII")
"""Version, type, operation, length of what follows, flags, nothing, serial, crc32."""
VERSION: Final = 2
PROBE: Final = 1
CRC_SEED: Final = 0x5A6B7C8D


def read_probe(datagram: bytes) -> int | None:
    """Return the serial number of a probe; None where it is none or damaged."""
    if len(datagram) < HEADER.size:
        return None
    version, kind, operation, length, flags, nothing, serial, sum_ = HEADER.unpack_from(datagram)
    body = datagram[HEADER.size :]
    seeded = HEADER.pack(version, kind, operation, length, flags, nothing, serial, CRC_SEED) + body
    return serial if (version, operation, length, sum_) == (VERSION, PROBE, len(body), crc32(seeded)) else None


def make_answer(serial: int, answer: dict[str, Any]) -> bytes:
    """Return the datagram that answers a probe."""
    body = json.dumps(answer).encode()
    head = (VERSION, 0, PROBE, len(body), 17, 0, serial)
    sum_ = crc32(HEADER.pack(*head, CRC_SEED) + body)
    return HEADER.pack(*head, sum_) + body


class Discovery(asyncio.DatagramProtocol):
    """Answers every probe."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self._answer = answer
        self._transport: asyncio.DatagramTransport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.DatagramTransport)
        self._transport = transport

    @override
    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        if self._transport is not None and (serial := read_probe(data)) is not None:
            self._transport.sendto(make_answer(serial, self._answer), addr)
