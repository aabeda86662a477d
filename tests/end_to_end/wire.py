"""Wyoming spoken by a test."""

import asyncio

from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info

from script.house.ports import HOST

SECONDS = 5.0
"""How long Home Assistant waits for an answer."""


async def describe(port: int) -> Info:
    """Ask what listens on a port what it is, as Home Assistant does each 30 s."""
    async with asyncio.timeout(SECONDS), AsyncTcpClient(HOST, port) as client:
        await client.write_event(Describe().event())
        while (event := await client.read_event()) is not None:
            if Info.is_type(event.type):
                return Info.from_event(event)
    raise ConnectionError(f"port {port} closed the connection")
