"""The command, as a process."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wyoming.info import Describe, Info

from .conftest import DEADLINE_SECONDS, Client, until

SERVERS = ("wake", "stt", "tts")


async def _start(server: str, *arguments: str, token: Path) -> Process:
    more = ("--home-assistant", "http://127.0.0.1:9", "--token-file", str(token)) if server == "stt" else ()
    command = (sys.executable, "-m", "athena_voice", server, *more, *arguments)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)


@asynccontextmanager
async def running(server: str, token: Path, uri: str = "tcp://127.0.0.1:0") -> AsyncIterator[tuple[Process, int]]:
    """Start a server and wait for it to listen; it is gone at the end."""
    process = await _start(server, "--uri", uri, token=token)
    try:
        assert process.stderr is not None
        async with asyncio.timeout(DEADLINE_SECONDS):
            told = ""
            while not (listening := re.search(r"listening on tcp://127\.0\.0\.1:(\d+)$", told, re.MULTILINE)):
                line = await process.stderr.readline()
                assert line, told
                told += line.decode()
        yield process, int(listening[1])
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.fixture
def token(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("t")
    return path


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()] if path.exists() else []


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("server", SERVERS)
async def test_a_server_serves_and_ends_with_0_when_told(
    server: str, token: Path, signal_number: signal.Signals
) -> None:
    async with running(server, token) as (process, port):
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        await client.send(Describe())
        info = Info.from_event(await client.receive())
        assert getattr(info, {"stt": "asr"}.get(server, server))
        children = _children(process.pid)
        process.send_signal(signal_number)
        async with asyncio.timeout(DEADLINE_SECONDS):
            out, err = await process.communicate()
        assert process.returncode == 0
        assert out == b""
        assert b"Traceback" not in err
        await client.close()
        assert not any(map(_exists, children))
    async with running(server, token, f"tcp://127.0.0.1:{port}") as (_, again):
        assert again == port, "the port is free"


async def test_a_killed_server_leaves_no_process(token: Path) -> None:
    async with running("stt", token) as (process, _):
        await until(lambda: bool(_children(process.pid)) or not Path("/proc/self/task").exists())
        children = _children(process.pid)
        process.kill()
        await process.wait()
        await until(lambda: not any(map(_exists, children)))


@pytest.mark.parametrize("server", SERVERS)
async def test_port_in_use_is_one_line_and_exit_code_1(server: str, token: Path) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as other:
        uri = f"tcp://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        process = await _start(server, "--uri", uri, token=token)
        async with asyncio.timeout(DEADLINE_SECONDS):
            out, err = await process.communicate()
    assert process.returncode == 1
    assert out == b""
    lines = [line for line in err.decode().splitlines() if " INFO " not in line]
    assert lines == [f"athena-voice: {uri} is already in use"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tts", "--voice", "hal", "--uri", "tcp://127.0.0.1:0"), "athena-voice: unknown voice 'hal'; this server has"),
        (("stt", "--token-file", "/nowhere/token"), "athena-voice: the token file /nowhere/token cannot be read"),
    ],
)
async def test_what_the_user_can_mend_is_one_line_and_exit_code_1(arguments: tuple[str, ...], says: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "athena_voice", *arguments, stderr=PIPE)
    async with asyncio.timeout(DEADLINE_SECONDS):
        _, err = await process.communicate()
    assert process.returncode == 1
    lines = [line for line in err.decode().splitlines() if " INFO " not in line]
    assert len(lines) == 1
    assert lines[0].startswith(says)


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("wake", "--uri", "10400"), ("stt",), ("tts", "--rate", "9999"), ("tts", "--rate", "x")],
)
async def test_bad_arguments_are_exit_code_2(arguments: tuple[str, ...]) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "athena_voice", *arguments, stderr=PIPE)
    async with asyncio.timeout(DEADLINE_SECONDS):
        _, err = await process.communicate()
    assert process.returncode == 2
    assert err.startswith(b"usage: athena-voice")
