"""The connection to Home Assistant over the death of the satellite, with a systemd that the tests play."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from wyoming.event import async_write_event
from wyoming.ping import Ping
from wyoming.satellite import RunSatellite

from tests.conftest import free_port

STORE = b"FDSTORE=1\nFDNAME=home-assistant"
REMOVE = b"FDSTOREREMOVE=1\nFDNAME=home-assistant"
GIVING = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True, slots=True)
class Store:
    """What systemd is told, and what it is given to hold."""

    path: Path
    listener: socket.socket

    async def told(self) -> tuple[bytes, list[int]]:
        """Return the next message, and what came with it."""
        await asyncio.get_running_loop().run_in_executor(None, self.listener.recv, 1, socket.MSG_PEEK)
        message, fds, _, _ = socket.recv_fds(self.listener, 4096, 8)
        return message, fds


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.settimeout(30)
        listener.bind(str(path))
        yield Store(path, listener)


@asynccontextmanager
async def satellite(port: int, store: Store, held: int | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a satellite as systemd does, giving it what was held for the one before."""
    command = [sys.executable, "-m", "athena_satellite", "run", "--settings", os.devnull, "--name", "Living Room"]
    command += ["--uri", f"tcp://127.0.0.1:{port}", "--microphone", "wav:/tmp", "--speaker", f"wav:{store.path.parent}"]
    given = [] if held is None else [sys.executable, "-c", GIVING, str(held)]
    names = {} if held is None else {"LISTEN_FDS": "1", "LISTEN_FDNAMES": "home-assistant"}
    process = await asyncio.create_subprocess_exec(
        *given,
        *command,
        env=os.environ | {"NOTIFY_SOCKET": str(store.path)} | names,
        pass_fds=[] if held is None else [held],
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@asynccontextmanager
async def dialled(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Dial as Home Assistant does, until the satellite listens."""
    async with asyncio.timeout(30):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.05)
    try:
        await async_write_event(RunSatellite().event(), writer)
        yield reader, writer
    finally:
        writer.transport.abort()


async def until_its_end(reader: asyncio.StreamReader) -> None:
    async with asyncio.timeout(30):
        while await reader.read(4096):
            pass


async def ping_for_ever(writer: asyncio.StreamWriter) -> None:
    while True:
        await async_write_event(Ping().event(), writer)
        await asyncio.sleep(0)


async def test_a_connection_whose_satellite_was_killed_is_ended_in_order_by_the_next(store: Store) -> None:
    """Home Assistant's late ping meets no reset, so that closing the connection raises nothing."""
    port = free_port()
    async with satellite(port, store) as process, dialled(port) as (reader, writer):
        assert await store.told() == (REMOVE, [])
        message, [held] = await store.told()
        assert message == STORE
        process.send_signal(signal.SIGKILL)
        await process.wait()
        async with satellite(port, store, held):
            await until_its_end(reader)
            await async_write_event(Ping().event(), writer)
            await asyncio.sleep(0)
            writer.close()
            await writer.wait_closed()
        os.close(held)


async def test_without_systemd_the_ping_after_its_death_is_reset(store: Store) -> None:
    """What costs Home Assistant 10 s; were it otherwise, nothing would need to be held."""
    port = free_port()
    async with satellite(port, store) as process, dialled(port) as (reader, writer):
        await store.told()
        _, [held] = await store.told()
        os.close(held)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await until_its_end(reader)
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(ping_for_ever(writer), 30)


async def test_a_connection_that_ended_is_held_no_longer(store: Store) -> None:
    port = free_port()
    async with satellite(port, store):
        async with dialled(port):
            await store.told()
            _, [held] = await store.told()
            os.close(held)
        assert await store.told() == (REMOVE, [])
