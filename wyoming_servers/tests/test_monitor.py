"""What a server tells of itself over HTTP."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from wyoming.event import Event
from wyoming.info import Describe

from athena_voice.address import Address
from athena_voice.bounds import Bounds
from athena_voice.errors import AddressError
from athena_voice.progress import STALLED_SECONDS, Progress
from athena_voice.server import serve
from athena_voice.service import Send, Session
from athena_voice.stt import home_assistant
from athena_voice.stt.service import SttService
from athena_voice.tts.service import TtsService
from athena_voice.wake.service import WakeService

from .bad_input.kinds import KINDS, transcribe, until_able, wake, wake_word
from .conftest import Client, Running, Serving, until
from .stt.home import vocabulary
from .stt.peer import HomeAssistantPeer

HASTY = Bounds(stop_seconds=1.0, last_words_seconds=0.1)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        yield session


async def health(http: aiohttp.ClientSession, server: Running) -> tuple[int, dict[str, Any]]:
    async with http.get(f"{server.monitor}/health") as answer:
        told: dict[str, Any] = await answer.json()
        assert told["healthy"] == (answer.status == 200) == (told["problems"] == [])
        return answer.status, told


async def numbers(http: aiohttp.ClientSession, server: Running) -> dict[tuple[str, ...], float]:
    """Return each sample by its name and the values of its labels."""
    async with http.get(f"{server.monitor}/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        families = text_string_to_metric_families(await answer.text())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_that_can_do_what_it_is_for_is_healthy(
    serving: Serving, http: aiohttp.ClientSession, token_file: Path, kind: str
) -> None:
    async with KINDS[kind].make(token_file) as service, serving(service) as server:
        await until_able(service)
        async with server.client() as client:
            await KINDS[kind].ask(client)
        status, told = await health(http, server)
        assert (status, told["problems"], told["server"]) == (200, [], service.name)
        async with http.head(f"{server.monitor}/health") as answer:
            assert answer.status == 200


class _Loading(TtsService):
    """Loads for ever."""

    async def run(self, ready: Callable[[], None]) -> None:
        del ready
        await asyncio.Event().wait()


async def test_a_server_that_still_loads_says_so(serving: Serving, http: aiohttp.ClientSession) -> None:
    async with serving(_Loading(engine="espeak")) as server:
        status, told = await health(http, server)
    assert (status, told["problems"]) == (503, ["the engine is not loaded yet"])


async def test_speech_to_text_without_a_home_says_so(
    serving: Serving, http: aiohttp.ClientSession, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    nowhere = SttService(home_assistant="http://127.0.0.1:9", token_file=token_file)
    async with serving(nowhere) as server:
        await until(lambda: f"{nowhere.name} is loaded, but not ready: no sentence is known; " in caplog.text)
        await until(lambda: "trying again" in caplog.text)
        status, told = await health(http, server)
    assert status == 503
    assert told["problems"] == [
        "no sentence is known; Home Assistant does not give the home's words: "
        "http://127.0.0.1:9/api/websocket cannot be reached: nothing listens there"
    ]
    assert f"{nowhere.name} is ready" not in caplog.messages


async def test_speech_to_text_names_the_last_reason_until_it_is_ready(
    serving: Serving,
    http: aiohttp.ClientSession,
    tmp_path: Path,
    token_file: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(home_assistant, "REFUSED_SECONDS", 0.01)
    file = tmp_path / "token"
    file.write_text("revoked")
    peer = HomeAssistantPeer({**vocabulary(), "language": "de"})
    async with peer.up():
        service = SttService(home_assistant=peer.url, token_file=file)
        async with serving(service) as server:
            await until(lambda: "is loaded, but not ready" in caplog.text)
            for mend, reason in (
                (lambda: None, "Home Assistant does not give the home's words: it refuses the token: Invalid access"),
                (
                    lambda: file.write_text(token_file.read_text()),
                    "the home's words cannot be used: the home speaks 'de', and this engine knows English only",
                ),
            ):
                mend()
                await until(lambda reason=reason: f"no sentence is known; {reason}" in service.problems()[0])  # type: ignore[misc]
                status, told = await health(http, server)
                assert (status, len(told["problems"])) == (503, 1)
                assert f"no sentence is known; {reason}" in told["problems"][0]
            assert f"{service.name} is ready" not in caplog.messages
            peer.vocabulary = vocabulary()
            await peer.fire("entity_registry_updated")
            await until(lambda: f"{service.name} is ready" in caplog.messages)
            assert (await health(http, server))[0] == 200
    (unusable,) = [message for message in caplog.messages if "cannot be used" in message and "loaded" not in message]
    assert "stays" not in unusable, "nothing was known"
    assert caplog.messages.count(f"{service.name} is ready") == 1


class _Hanging(TtsService):
    """Never answers."""

    def open(self, send: Send) -> Session:  # type: ignore[override]
        del send
        return _HangingSession()


class _HangingSession:
    async def handle(self, event: Event) -> None:
        del event
        await asyncio.Event().wait()

    async def close(self) -> None:
        return


async def test_a_server_that_hangs_over_a_request_says_so(serving: Serving, http: aiohttp.ClientSession) -> None:
    now = 0.0
    service = _Hanging(engine="espeak")
    service.metrics.progress = Progress(lambda: now)
    async with serving(service, bounds=HASTY) as server, server.client() as client:
        await until_able(service)
        await client.send_raw(b'{"type": "synthesize"}\n')
        await until(lambda: service.metrics.progress.busy)
        await service.engine()
        assert (await health(http, server))[0] == 200
        now = STALLED_SECONDS
        status, told = await health(http, server)
    assert status == 503
    (problem,) = told["problems"]
    assert problem.startswith("synthesize of 127.0.0.1:")
    assert problem.endswith("has been worked on for 60 s without getting on")


async def test_a_wake_word_server_whose_inference_hangs_says_so(
    serving: Serving, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    service = WakeService()
    service.metrics.progress = Progress(lambda: now)
    hanging, released = threading.Event(), threading.Event()

    def listen(stream: object, piece: object) -> list[object]:
        del stream, piece
        hanging.set()
        released.wait()
        return []

    monkeypatch.setattr(service.work, "listen", listen)
    async with serving(service, bounds=HASTY) as server, server.client() as client:
        try:
            await client.speak(wake_word())
            await until(hanging.is_set)
            assert (await health(http, server))[0] == 200
            now = STALLED_SECONDS
            status, told = await health(http, server)
            assert status == 503
            assert told["problems"] == ["a stream's audio has been worked on for 60 s without getting on"]
        finally:
            released.set()


async def test_a_server_that_stops_says_so(serving: Serving, http: aiohttp.ClientSession) -> None:
    stop = asyncio.Event()
    service = _Hanging(engine="espeak")
    async with serving(service, bounds=HASTY, stop=stop) as server, server.client() as client:
        await service.engine()
        await client.send_raw(b'{"type": "synthesize"}\n')
        await until(lambda: service.metrics.progress.busy)
        stop.set()
        status, told = await health(http, server)
    assert (status, told["problems"]) == (503, ["the server is stopping"])


async def test_the_wake_word_servers_numbers(serving: Serving, http: aiohttp.ClientSession) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await wake(client)
        await client.send(Describe())
        await client.receive()
        await client.send_raw(b'{"type": "made-up"}\n{"type": "detect", "data": {"names": ["computer"]}}\n')
        await client.receive()
        told = await numbers(http, server)
    assert told["athena_voice_build_info", "wake", version("athena-voice")] == 1
    assert told["athena_voice_connections",] == told["athena_voice_connections_accepted_total",] == 1
    assert told["athena_voice_events_total", "detect"] == 2
    assert told["athena_voice_events_total", "other"] == 1
    assert told["athena_voice_events_total", "audio-chunk"] > 10
    assert told["athena_voice_errors_total", "unknown-wake-word"] == 1
    assert told["athena_voice_detections_total", "hey_jarvis"] == 1
    assert told["athena_voice_audio_seconds_total",] == pytest.approx(3.02, abs=0.2)
    assert told["athena_voice_inference_seconds_per_audio_second_count",] > 0
    assert told["athena_voice_queued_events",] == told["athena_voice_queued_bytes",] == 0
    if Path("/proc/self/stat").exists():
        assert told["process_resident_memory_bytes",] > 10_000_000
        assert told["process_cpu_seconds_total",] > 0


async def test_the_speech_to_text_servers_numbers(
    serving: Serving, http: aiohttp.ClientSession, token_file: Path
) -> None:
    async with KINDS["stt"].make(token_file) as service, serving(service) as server, server.client() as client:
        await until_able(service)
        await transcribe(client)
        await client.send_raw(b'{"type": "audio-stop"}\n')
        await client.receive()
        told = await numbers(http, server)
    assert told["athena_voice_sentences",] > 50
    assert told["athena_voice_utterances_total", "accepted"] == 1
    assert told["athena_voice_utterances_total", "rejected"] == 1
    assert told["athena_voice_decode_seconds_count",] == 2
    assert told["athena_voice_decode_seconds_sum",] > 0


async def test_the_text_to_speech_servers_numbers(serving: Serving, http: aiohttp.ClientSession) -> None:
    async with serving(TtsService(engine="espeak")) as server, server.client() as client:
        await KINDS["tts"].ask(client)
        await KINDS["tts"].ask(client)
        told = await numbers(http, server)
    assert told["athena_voice_first_audio_seconds_count",] == 2
    assert told["athena_voice_phrases_total", "engine"] == 1
    assert told["athena_voice_phrases_total", "cache"] == 1


async def test_two_servers_of_one_process_share_no_number(serving: Serving, http: aiohttp.ClientSession) -> None:
    async with serving(WakeService()) as one, serving(WakeService()) as other, one.client() as client:
        await wake(client)
        assert (await numbers(http, one))["athena_voice_connections_accepted_total",] == 1
        assert (await numbers(http, other))["athena_voice_connections_accepted_total",] == 0


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/", 404), ("POST", "/health", 405)])
async def test_what_is_not_there_is_refused(
    serving: Serving, http: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with serving(WakeService()) as server, http.request(method, f"{server.monitor}{path}") as answer:
        assert answer.status == status


async def test_requests_that_dribble_or_are_none_keep_nobody_out(
    serving: Serving, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(WakeService()) as server, AsyncExitStack() as stack:
        for number in range(100):
            client = Client(*await asyncio.open_connection(server.monitor.host, server.monitor.port))
            stack.push_async_callback(client.close)
            await client.send_raw((b"GET /hea", b"\x16\x03\x01 what\r\n\r\n", b"{}\n")[number % 3])
        assert (await numbers(http, server))["athena_voice_connections",] == 0
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_busy_address_is_an_error_that_names_it_and_says_what_to_do(serving: Serving) -> None:
    async with serving(WakeService()) as server:
        with pytest.raises(AddressError) as raised:
            await serve(WakeService(), Address("127.0.0.1", 0), asyncio.Event(), monitor=server.monitor)
    assert str(raised.value).startswith(f"{server.monitor} is already in use; choose another address")
    assert "--metrics-uri" in str(raised.value)
