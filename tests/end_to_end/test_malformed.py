"""What speaks no Wyoming gets a clear error, is named in the log, and harms nobody else."""

import asyncio
import json

import pytest
from wyoming.event import async_read_event

from script.house.house import House
from script.house.ports import HOST
from script.house.processes import until
from script.house.recording import Recording

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOUR = ("wake", "stt", "tts", "satellite")


@pytest.mark.parametrize("server", FOUR)
async def test_malformed_wyoming_header(house: House, server: str) -> None:
    await _is_refused(house, server, b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")


@pytest.mark.parametrize("server", FOUR)
async def test_payload_length_of_10_gb(house: House, server: str) -> None:
    header = {"type": "audio-chunk", "data": {"rate": 16000, "width": 2, "channels": 1}}
    await _is_refused(house, server, json.dumps({**header, "payload_length": 10_000_000_000}).encode() + b"\n")


async def test_the_turn_after_all_of_that(house: House, request_for_light: Recording) -> None:
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn


async def _is_refused(house: House, server: str, garbage: bytes) -> None:
    reader, writer = await asyncio.open_connection(HOST, getattr(house.ports, server))
    peer = str(writer.get_extra_info("sockname")[1])
    try:
        writer.write(garbage)
        async with asyncio.timeout(10):
            event = await async_read_event(reader)
            assert event is not None
            assert event.type == "error"
            assert event.data["code"] == "protocol-error"
            assert event.data["text"]
            assert await reader.read() == b""  # closed
    finally:
        writer.close()
        await writer.wait_closed()

    async def warned() -> bool | None:
        lines = getattr(house.voice, server).log.read_text().splitlines()
        return True if any("WARNING" in line and peer in line for line in lines) else None

    await until(f"the {server} log naming the peer", warned, within=10)
