"""The command, as a process."""

import asyncio
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from .conftest import AUDIO, DEADLINE_SECONDS, Client, recording
from .stt.home import vocabulary
from .stt.peer import TOKEN, HomeAssistantPeer, free_port

SERVERS = ("wake", "stt", "tts")


async def _start(server: str, *arguments: str, token: Path, home: str = "http://127.0.0.1:9") -> Process:
    more = ("--home-assistant", home, "--token-file", str(token)) if server == "stt" else ()
    command = (sys.executable, "-m", "athena_voice", server, *more, *arguments)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)


@asynccontextmanager
async def running(
    server: str, token: Path, uri: str = "tcp://127.0.0.1:0", home: str = "http://127.0.0.1:9"
) -> AsyncIterator[tuple[Process, int]]:
    """Start a server and wait for it to listen; it is gone at the end."""
    process = await _start(server, "--uri", uri, token=token, home=home)
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
        process.send_signal(signal_number)
        async with asyncio.timeout(DEADLINE_SECONDS):
            out, err = await process.communicate()
        assert process.returncode == 0
        assert out == b""
        assert b"Traceback" not in err
        await client.close()
    async with running(server, token, f"tcp://127.0.0.1:{port}") as (_, again):
        assert again == port, "the port is free"


async def test_sigterm_in_the_middle_of_a_sentence_ends_with_0_after_its_last_word(token: Path) -> None:
    async with running("tts", token) as (process, port):
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        await client.send(Synthesize(text=" ".join(f"The lamp number {number} is on." for number in range(20))))
        assert AudioStart.is_type((await client.receive()).type)
        process.terminate()
        while AudioChunk.is_type((event := await client.receive()).type):
            pass
        assert AudioStop.is_type(event.type)
        await client.close()
        async with asyncio.timeout(DEADLINE_SECONDS):
            _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err


async def test_sigterm_while_an_utterance_is_decoded_ends_with_0_after_its_words(tmp_path: Path) -> None:
    home, token = HomeAssistantPeer(vocabulary()), tmp_path / "peers"
    token.write_text(TOKEN)
    async with home.up(), running("stt", token, home=home.url) as (process, port):
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        async with asyncio.timeout(DEADLINE_SECONDS):
            assert process.stderr is not None
            while b"sentences of the home can be recognised" not in await process.stderr.readline():
                pass
        audio = recording(AUDIO / "slt_turn_off_the_lights.wav").samples
        await client.send(Transcribe(language="en"))
        await client.speak(audio)
        await client.send(AudioStop(), Ping())
        told = [await client.receive()]
        while not any(Pong.is_type(event.type) for event in told):  # it is read after all of the utterance
            told.append(await client.receive())
        process.terminate()
        while not any(Transcript.is_type(event.type) for event in told):
            told.append(await client.receive())
        (text,) = [Transcript.from_event(event).text for event in told if Transcript.is_type(event.type)]
        assert text == "turn off the lights"
        await client.close()
        async with asyncio.timeout(DEADLINE_SECONDS):
            _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err


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


@pytest.mark.parametrize("server", SERVERS)
async def test_a_busy_port_for_health_is_one_line_that_names_it(server: str, token: Path) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as other:
        uri = f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        process = await _start(server, "--uri", "tcp://127.0.0.1:0", "--metrics-uri", uri, token=token)
        async with asyncio.timeout(DEADLINE_SECONDS):
            _, err = await process.communicate()
    assert process.returncode == 1
    (line,) = [line for line in err.decode().splitlines() if " INFO " not in line]
    assert line.startswith(f"athena-voice: {uri} is already in use; choose another address for health and metrics")
    assert "listening" not in err.decode()


async def _health_address(*arguments: str, token: Path) -> str | None:
    """Return where the wake word server tells of its health."""
    process = await _start("wake", *arguments, token=token)
    try:
        assert process.stderr is not None
        told = ""
        async with asyncio.timeout(DEADLINE_SECONDS):
            while "is ready" not in told:
                told += (await process.stderr.readline()).decode()
    finally:
        process.kill()
        await process.communicate()
    found = re.search(r"tells of its health at (\S+)/health$", told, re.MULTILINE)
    return found[1] if found else None


async def test_health_is_told_1000_ports_above_the_server(token: Path) -> None:
    port = await free_port()
    assert await _health_address("--uri", f"tcp://127.0.0.1:{port}", token=token) == f"http://127.0.0.1:{port + 1000}"


async def test_health_is_told_where_the_user_wants_it(token: Path) -> None:
    uri = f"http://127.0.0.1:{await free_port()}"
    assert await _health_address("--uri", "tcp://127.0.0.1:0", "--metrics-uri", uri, token=token) == uri


async def test_health_is_told_nowhere_when_the_user_wants_that(token: Path) -> None:
    assert await _health_address("--uri", "tcp://127.0.0.1:0", "--no-metrics", token=token) is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("wake", "--uri", "tcp://127.0.0.1:65000"), "athena-voice: health and metrics are told 1000 ports above tcp"),
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
    [(), ("dance",), ("wake", "--uri", "10400"), ("stt",), ("tts", "--rate", "9999"), ("tts", "--rate", "x"),
     ("wake", "--metrics-uri", "tcp://127.0.0.1:1"), ("wake", "--no-metrics", "--metrics-uri", "http://127.0.0.1:1"),
     ("wake", "--max-clients", "0"), ("wake", "--log-format", "xml")],
)  # fmt: skip
async def test_bad_arguments_are_exit_code_2(arguments: tuple[str, ...]) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "athena_voice", *arguments, stderr=PIPE)
    async with asyncio.timeout(DEADLINE_SECONDS):
        _, err = await process.communicate()
    assert process.returncode == 2
    assert err.startswith(b"usage: athena-voice")
