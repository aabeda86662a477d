"""The end of a server in the middle of its work."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart
from wyoming.wake import Detect

from athena_voice.bounds import Bounds
from athena_voice.service import Send, Service, Session
from athena_voice.tts.service import TtsService
from athena_voice.wake.service import WakeService

from .bad_input.kinds import COMMAND, KINDS, command, until_able, wake, wake_word
from .conftest import Client, Running, Serving, until

STOPPING = "the server is stopping: what was asked for is not done"


async def refused(server: Running) -> None:
    """Check that nothing listens any more."""
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(server.address.host, server.address.port)


async def told_that_it_stops(client: Client) -> None:
    error = Error.from_event(await client.receive())
    assert (error.code, error.text) == ("stopping", STOPPING)
    await client.closed()


@asynccontextmanager
async def spoken_to(
    serving: Serving, token_file: Path, stop: asyncio.Event
) -> AsyncIterator[tuple[Service, Running, Client]]:
    """Serve speech to text, and begin an utterance."""
    async with (
        KINDS["stt"].make(token_file) as service,
        serving(service, stop=stop) as server,
        server.client() as client,
    ):
        await until_able(service)
        await client.send(Transcribe(language="en"))
        yield service, server, client


async def test_an_utterance_that_is_being_decoded_still_gets_its_words(serving: Serving, token_file: Path) -> None:
    stop = asyncio.Event()
    async with spoken_to(serving, token_file, stop) as (service, server, client):
        await client.speak(command())
        await client.send(AudioStop())
        await until(lambda: _events(service.metrics.registry.get_sample_value, "audio-stop") == 1)
        stop.set()
        assert Transcript.from_event(await client.receive()).text == COMMAND
        await client.closed()
        await refused(server)


async def test_a_sentence_that_is_being_spoken_is_spoken_to_its_end(serving: Serving) -> None:
    stop = asyncio.Event()
    text = " ".join(f"The lamp number {number} is on." for number in range(20))
    async with serving(TtsService(engine="espeak"), stop=stop) as server, server.client() as client:
        await client.send(Synthesize(text=text))
        assert AudioStart.is_type((await client.receive()).type)
        stop.set()
        seconds = 0.0
        while not AudioStop.is_type((event := await client.receive()).type):
            seconds += AudioChunk.from_event(event).seconds
        assert seconds > 20
        await client.closed()
        await refused(server)


async def test_half_an_utterance_is_told_as_an_error(serving: Serving, token_file: Path) -> None:
    stop = asyncio.Event()
    async with spoken_to(serving, token_file, stop) as (service, _, client):
        await client.speak(command()[:8000])
        await until(lambda: _events(service.metrics.registry.get_sample_value, "audio-chunk") > 0)
        stop.set()
        await told_that_it_stops(client)


async def test_a_stream_that_is_listened_to_is_told(serving: Serving) -> None:
    stop = asyncio.Event()
    async with serving(WakeService(), stop=stop) as server, server.client() as client, server.client() as idle:
        await wake(idle)
        await client.send(Detect(names=["hey_jarvis"]))
        await client.speak(wake_word())
        await client.receive()
        stop.set()
        await told_that_it_stops(client)
        assert await idle.reader.read() == b"", "it has nothing under way, and is told nothing"


async def test_a_text_that_is_still_being_written_is_spoken_as_far_as_it_has_come(serving: Serving) -> None:
    stop = asyncio.Event()
    async with serving(TtsService(engine="espeak"), stop=stop) as server, server.client() as client:
        await client.send(SynthesizeStart(), SynthesizeChunk(text="The lamp is on. And the"))
        assert AudioStart.is_type((await client.receive()).type)
        stop.set()
        while AudioChunk.is_type((event := await client.receive()).type):
            pass
        assert Error.from_event(event).code == "stopping"
        await client.closed()


class _Endless(TtsService):
    """Does not end what it begins."""

    def open(self, send: Send) -> Session:  # type: ignore[override]
        del send
        return _EndlessSession()


class _EndlessSession:
    async def handle(self, event: Event) -> None:
        del event
        await asyncio.Event().wait()

    async def close(self) -> None:
        return


async def test_what_does_not_end_in_time_is_told_as_an_error(serving: Serving) -> None:
    stop = asyncio.Event()
    service = _Endless(engine="espeak")
    bounds = Bounds(stop_seconds=0.2)
    async with serving(service, bounds=bounds, stop=stop) as server, server.client() as client:
        await client.send(Synthesize(text="Lamp on."))
        await until(lambda: service.metrics.progress.busy)
        stop.set()
        await refused_in_time(server)
        await told_that_it_stops(client)


async def refused_in_time(server: Running) -> None:
    """Check that new connections are refused as soon as the server has been told, whatever is still under way."""
    await asyncio.sleep(0)
    await refused(server)


async def test_a_client_that_does_not_read_keeps_no_server_from_its_end(serving: Serving) -> None:
    stop = asyncio.Event()
    bounds = Bounds(stop_seconds=0.2, last_words_seconds=0.2)
    service = TtsService(engine="espeak")
    async with serving(service, bounds=bounds, stop=stop) as server, server.client() as client:
        client.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await client.send(Synthesize(text=" ".join(f"The lamp number {number} is on." for number in range(10_000))))
        await until(lambda: _events(service.metrics.registry.get_sample_value, "synthesize") == 1)
        stop.set()


def _events(value: Callable[[str, dict[str, str]], float | None], kind: str) -> float:
    return value("athena_voice_events_total", {"type": kind}) or 0.0
