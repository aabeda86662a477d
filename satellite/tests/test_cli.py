"""The command, as a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from athena_satellite.address import Address
from athena_satellite.phrases import Line
from athena_satellite.settings import Settings
from tests.conftest import House, free_port, until
from tests.peers import HomePeer, TtsServer, WakeServer
from tests.test_satellite import COMMAND, one_turn

RUN = ("run", "--settings", os.devnull, "--name", "Living Room")


@asynccontextmanager
async def command(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "athena_satellite",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(*arguments: str) -> tuple[int | None, list[str]]:
    """Run the command to its end; return its exit status and what went wrong, from stderr."""
    async with command(*arguments) as process, asyncio.timeout(20):
        out, err = await process.communicate()
        assert out == b""
        return process.returncode, [line for line in err.decode().splitlines() if " INFO " not in line]


def sound(folder: Path) -> tuple[str, ...]:
    (folder / "microphone").mkdir(exist_ok=True)
    return ("--microphone", f"wav:{folder / 'microphone'}", "--speaker", f"wav:{folder / 'speaker'}")


async def test_a_port_in_use(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        uri = str(Address("127.0.0.1", server.sockets[0].getsockname()[1]))
        assert await ended(*RUN, "--uri", uri, *sound(tmp_path)) == (1, [f"athena-satellite: {uri} is already in use"])


async def test_a_wav_that_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "music.wav"
    path.write_bytes(b"ID3 this is music" * 50)
    status, lines = await ended(*RUN, "--microphone", f"wav:{path}", "--speaker", f"wav:{tmp_path}")
    assert (status, lines) == (2, [f"athena-satellite: {path} is not a WAV file: file does not start with RIFF id"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--microphone", "wav:"), "the microphone wav: needs a file or a folder"),
        (("--microphone", "wav:/nowhere/x.wav"), "/nowhere/x.wav cannot be read: No such file or directory"),
        (("--microphone", "tape:x"), "no microphone is a 'tape'; there is device, wav"),
        (("--speaker", "wav:"), "the speaker wav: needs a folder"),
        (("--speaker", "wav:/dev/null"), "/dev/null cannot be a folder to play into: File exists"),
        (("--trace", "/nowhere/trace"), "/nowhere/trace cannot be written: No such file or directory"),
    ],
)
async def test_an_argument_that_cannot_be_used(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    assert await ended(*RUN, "--uri", "tcp://127.0.0.1:0", *sound(tmp_path), *arguments) == (
        2,
        [f"athena-satellite: {said}"],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*RUN, "--uri", "127.0.0.1:10700"), "argument --uri: '127.0.0.1:10700' is not of the form tcp://HOST:PORT"),
        ((*RUN, "--pre-roll", "5"), "argument --pre-roll: '5' is not a number of seconds from 0 to 2"),
        ((*RUN, "--pre-roll", "soon"), "argument --pre-roll: 'soon' is not a number of seconds from 0 to 2"),
        (("run", "--name", " "), "argument --name: ' ' is not a text with something in it"),
        ((*RUN, "--log-level", "loud"), "argument --log-level: 'loud' is not debug, info, warning or error"),
    ],
)
async def test_a_bad_command_line(arguments: tuple[str, ...], said: str) -> None:
    status, lines = await ended(*arguments)
    assert (status, lines[-1]) == (2, f"athena-satellite run: error: {said}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_it_listens_and_stops_with_0(tmp_path: Path, number: int) -> None:
    async with command(*RUN, "--uri", "tcp://127.0.0.1:0", *sound(tmp_path)) as process, asyncio.timeout(20):
        assert process.stderr is not None
        while b"athena-satellite listening on tcp://127.0.0.1:" not in (line := await process.stderr.readline()):
            assert line
        process.send_signal(number)
        _, err = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in err


async def test_a_satellite_killed_in_mid_turn(wake: WakeServer, tts: TtsServer, tmp_path: Path) -> None:
    address = Address("127.0.0.1", free_port())
    arguments: tuple[str, ...] = (
        *RUN,
        "--uri",
        str(address),
        "--wake-uri",
        str(wake.address),
        "--tts-uri",
        str(tts.address),
    )
    arguments += ("--trace", str(tmp_path / "trace.jsonl"), *sound(tmp_path))
    house = House(
        settings=Settings(address=address, name="Living Room", wake=wake.address, tts=tts.address),
        wake=wake,
        tts=tts,
        folder=tmp_path,
    )
    async with command(*arguments) as process:
        await until(lambda: len(tts.texts) == len(Line), "the clips")
        async with house.home() as home:
            home.pipeline = HomePeer.ignore
            await house.listening()
            house.say(COMMAND)
            await house.step("streaming")
            process.kill()
            await until(home.closed.is_set, "the connection's end")
    (tmp_path / "trace.jsonl").unlink()
    async with command(*arguments):
        await until(lambda: len(tts.texts) == 2 * len(Line), "the clips, made anew")
        async with house.home() as home:
            await one_turn(house, home)
            assert home.runs == 1  # what was said before its death is not heard again
