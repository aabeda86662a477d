"""The command, as a process."""

import asyncio
import json
import signal
from pathlib import Path

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from .command import ANYWHERE, ended, running
from .conftest import AUDIO, recording
from .stt.home import vocabulary
from .stt.peer import HomeAssistantPeer, free_port

SERVERS = ("wake", "stt", "tts")


def command(server: str, *arguments: str, token_file: Path, home: str = "http://127.0.0.1:9") -> tuple[str, ...]:
    """Return the arguments of a server; speech to text asks a home that is not there, unless one is given."""
    more = ("--home-assistant", home, "--token-file", str(token_file)) if server == "stt" else ()
    return (server, *more, *(arguments or ANYWHERE))


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
@pytest.mark.parametrize("server", SERVERS)
async def test_a_server_serves_and_ends_with_0_when_told(
    server: str, token_file: Path, signal_number: signal.Signals
) -> None:
    async with running(*command(server, token_file=token_file)) as started:
        client = await started.client()
        await client.send(Describe())
        info = Info.from_event(await client.receive())
        assert getattr(info, {"stt": "asr"}.get(server, server))
        started.process.send_signal(signal_number)
        left = await started.ended()
        assert (left.status, left.out) == (0, b"")
        assert "Traceback" not in left.err
        await client.close()
    uri = f"tcp://127.0.0.1:{started.port}"
    async with running(*command(server, "--uri", uri, token_file=token_file)) as again:
        assert again.port == started.port, "the port is free"


async def test_sigterm_in_the_middle_of_a_sentence_ends_with_0_after_its_last_word(token_file: Path) -> None:
    async with running(*command("tts", token_file=token_file)) as started:
        client = await started.client()
        await client.send(Synthesize(text=" ".join(f"The lamp number {number} is on." for number in range(20))))
        assert AudioStart.is_type((await client.receive()).type)
        started.process.terminate()
        while AudioChunk.is_type((event := await client.receive()).type):
            pass
        assert AudioStop.is_type(event.type)
        await client.close()
        left = await started.ended()
    assert left.status == 0
    assert "Traceback" not in left.err


async def test_sigterm_while_an_utterance_is_decoded_ends_with_0_after_its_words(token_file: Path) -> None:
    home = HomeAssistantPeer(vocabulary())
    async with home.up(), running(*command("stt", token_file=token_file, home=home.url)) as started:
        await started.logged("sentences of the home can be recognised")
        client = await started.client()
        await client.send(Transcribe(language="en"))
        await client.speak(recording(AUDIO / "slt_turn_off_the_lights.wav").samples)
        await client.send(AudioStop(), Ping())
        told = [await client.receive()]
        while not any(Pong.is_type(event.type) for event in told):  # it is read after all of the utterance
            told.append(await client.receive())
        started.process.terminate()
        while not any(Transcript.is_type(event.type) for event in told):
            told.append(await client.receive())
        (text,) = [Transcript.from_event(event).text for event in told if Transcript.is_type(event.type)]
        assert text == "turn off the lights"
        await client.close()
        left = await started.ended()
    assert left.status == 0
    assert "Traceback" not in left.err


@pytest.mark.parametrize("server", SERVERS)
async def test_port_in_use_is_one_line_and_exit_code_1(server: str, token_file: Path) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as other:
        uri = f"tcp://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        left = await ended(*command(server, "--uri", uri, token_file=token_file))
    assert (left.status, left.out) == (1, b"")
    assert left.said == [f"athena-voice: {uri} is already in use"]


@pytest.mark.parametrize("server", SERVERS)
async def test_a_busy_port_for_health_is_one_line_that_names_it(server: str, token_file: Path) -> None:
    async with await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0) as other:
        uri = f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}"
        left = await ended(*command(server, *ANYWHERE, "--metrics-uri", uri, token_file=token_file))
    assert left.status == 1
    (line,) = left.said
    assert line.startswith(f"athena-voice: {uri} is already in use; choose another address for health and metrics")
    assert "listening" not in left.err


async def test_health_is_told_1000_ports_above_the_server() -> None:
    port = await free_port()
    async with running("wake", "--uri", f"tcp://127.0.0.1:{port}") as started:
        await started.logged(f"tells of its health at http://127.0.0.1:{port + 1000}/health$")


async def test_health_is_told_where_the_user_wants_it() -> None:
    uri = f"http://127.0.0.1:{await free_port()}"
    async with running("wake", *ANYWHERE, "--metrics-uri", uri) as started:
        await started.logged(f"tells of its health at {uri}/health$")


async def test_health_is_told_nowhere_when_the_user_wants_that() -> None:
    async with running("wake", *ANYWHERE, "--no-metrics") as started:
        await started.logged("is ready")
    assert "health" not in "".join(started.log)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("wake", "--uri", "tcp://127.0.0.1:65000"), "health and metrics are told 1000 ports above tcp"),
        (("tts", "--voice", "hal", *ANYWHERE), "unknown voice 'hal'; this server has"),
        (("stt", "--token-file", "/nowhere/token"), "the token file /nowhere/token cannot be read"),
    ],
)
async def test_what_the_user_can_mend_is_one_line_and_exit_code_1(arguments: tuple[str, ...], says: str) -> None:
    left = await ended(*arguments)
    assert left.status == 1
    (line,) = left.said
    assert line.startswith(f"athena-voice: {says}")
    left = await ended(*arguments, "--log-format", "json")
    assert left.status == 1
    last = json.loads(left.err.splitlines()[-1])
    assert last["level"] == "critical"
    assert last["message"].startswith(says)


@pytest.mark.parametrize(
    "url",
    ["homeassistant.local:8123", "127.0.0.1:8123", "homeassistant", "tcp://127.0.0.1:8123", "http://", "http://h:x",
     "http://h:99999", "http://h:8123/lovelace"],
)  # fmt: skip
async def test_an_address_of_no_home_assistant_is_exit_code_2(url: str) -> None:
    left = await ended("stt", *ANYWHERE, "--token-file", "T", "--home-assistant", url)
    assert left.status == 2
    assert left.err.splitlines()[-1].endswith(f"argument --home-assistant: {url} is not of the form http://HOST:PORT")


@pytest.mark.parametrize("url", ["http://h:8123", "http://[::1]:8123/", "https://home.example.org"])
async def test_an_address_that_may_be_home_assistants_is_taken(url: str) -> None:
    left = await ended("stt", *ANYWHERE, "--token-file", "/nowhere/token", "--home-assistant", url)
    assert (left.status, "the token file /nowhere/token cannot be read" in left.err) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [(), ("dance",), ("wake", "--uri", "10400"), ("stt",), ("tts", "--rate", "9999"), ("tts", "--rate", "x"),
     ("wake", "--metrics-uri", "tcp://127.0.0.1:1"), ("wake", "--no-metrics", "--metrics-uri", "http://127.0.0.1:1"),
     ("wake", "--max-clients", "0"), ("wake", "--log-format", "xml")],
)  # fmt: skip
async def test_bad_arguments_are_exit_code_2(arguments: tuple[str, ...]) -> None:
    left = await ended(*arguments)
    assert left.status == 2
    assert left.err.startswith("usage: athena-voice")
