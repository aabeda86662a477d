"""What waits for its inference: bounded; late is dropped, said once, and the clock goes on."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.info import Describe, Info
from wyoming.wake import Detect, NotDetected

from athena_voice.wake import backlog, work
from athena_voice.wake.backlog import LATEST_SECONDS, Backlog, Piece
from athena_voice.wake.service import WakeService
from athena_voice.wake.stream import Said, Stream

from ..conftest import Serving, until
from .conftest import SILENCE, detections, hey_jarvis


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def piece(seconds: float = 0.1) -> Piece:
    return Piece(audio=bytes(int(seconds * 32_000)), seconds=seconds)


async def _lateness(waiting: Backlog) -> list[bool]:
    """Take all there is; return of each piece whether it was late."""
    waiting.close()
    late = []
    while (batch := await waiting.take()) is not None:
        late += [batch.late] * len(batch.pieces)
    return late


async def test_what_has_waited_too_long_is_late_and_what_came_after_is_not() -> None:
    clock = Clock()
    waiting = Backlog(clock)
    await waiting.put(piece())
    clock.now += LATEST_SECONDS
    await waiting.put(piece())
    clock.now += 0.2
    assert await _lateness(waiting) == [True, False]


async def test_a_recording_that_comes_in_an_instant_is_not_late_while_it_would_be_spoken() -> None:
    clock = Clock()
    waiting = Backlog(clock)
    for _ in range(200):  # 20 s
        await waiting.put(piece())
    clock.now += 2.5
    assert await _lateness(waiting) == [False] * 200


async def test_what_comes_at_once_after_a_pause_is_not_late() -> None:
    """A radio that was away for half a minute sends what it kept."""
    clock = Clock()
    waiting = Backlog(clock)
    await waiting.put(piece())
    assert await waiting.take() is not None
    clock.now += 30
    for _ in range(20):
        await waiting.put(piece())
    assert await _lateness(waiting) == [False] * 20


async def test_a_backlog_holds_its_client_back_at_a_mebibyte() -> None:
    waiting = Backlog(Clock())

    async def fill() -> None:
        while True:
            await waiting.put(piece(1.0))

    async with asyncio.TaskGroup() as tasks:
        filling = tasks.create_task(fill())
        await until(lambda: waiting.waiting_bytes >= 1024 * 1024)
        for _ in range(100):  # turns of the loop, in which it could grow
            await asyncio.sleep(0)
        assert waiting.waiting_bytes < 1024 * 1024 + 32_000
        before = waiting.waiting_bytes
        await waiting.take()
        assert waiting.waiting_bytes < before
        await until(lambda: waiting.waiting_bytes == before)
        filling.cancel()


async def test_what_waits_is_taken_a_few_pieces_at_a_time() -> None:
    waiting = Backlog(Clock())
    for _ in range(100):
        await waiting.put(piece(0.064))
    batch = await waiting.take()
    assert batch is not None
    assert len(batch.pieces) == 4
    assert batch.seconds == pytest.approx(0.256)


async def test_a_closed_backlog_gives_what_it_has_and_then_none() -> None:
    waiting = Backlog(Clock())
    await waiting.put(piece())
    waiting.close()
    await waiting.put(piece())
    assert await waiting.take() is not None
    assert await waiting.take() is None


async def test_a_machine_that_does_not_keep_up_drops_the_oldest_and_says_so_once(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All audio is late by decree; Describe and audio-stop are answered all the same. Then it keeps up again."""
    service = WakeService()
    with caplog.at_level(logging.INFO):
        async with serving(service) as server, server.client() as client:
            monkeypatch.setattr(backlog, "LATEST_SECONDS", -1000.0)
            await client.send(Detect(names=["hey_jarvis"]))
            await client.speak(hey_jarvis())
            await client.send(Describe(), AudioStop())
            answers = [await client.receive(), await client.receive()]
            assert {Info.is_type(answer.type) or NotDetected.is_type(answer.type) for answer in answers} == {True}
            assert answers[0].type != answers[1].type
            monkeypatch.setattr(backlog, "LATEST_SECONDS", LATEST_SECONDS)
            monkeypatch.setattr(work, "_KEEPS_UP_SECONDS", 0.0)
            assert len(await detections(client, hey_jarvis())) == 1
    told = [record.message for record in caplog.records if "keep" in record.message]
    assert told == [
        "this machine does not keep up with 1 streams: audio that has waited for 3 s is not listened to",
        "this machine keeps up with the streams again",
    ]
    dropped = service.metrics.registry.get_sample_value("athena_voice_audio_dropped_seconds_total")
    assert dropped == pytest.approx(len(hey_jarvis()) / 16000, abs=0.01)


async def test_after_dropped_audio_the_timestamps_are_right() -> None:
    service = WakeService()
    serving_it = asyncio.create_task(service.run(lambda: None))
    listener = (await service.loaded()).listener(["hey_jarvis"])
    stream = Stream(AudioStart(rate=16000, width=2, channels=1, timestamp=5000).event(), listener)

    def pieces(audio: bytes) -> Iterator[Piece]:
        return stream.pieces(AudioChunk(rate=16000, width=2, channels=1, audio=audio).event())

    said: list[object] = []
    for part in pieces(SILENCE.tobytes()):
        said += stream.hear(part)
    stream.skip(pieces(SILENCE.tobytes() * 7))
    for part in pieces(hey_jarvis().tobytes()):
        said += stream.hear(part)
    serving_it.cancel()
    (word,) = said
    assert isinstance(word, Said)
    assert word.timestamp == pytest.approx(5000 + 8000 + 1943, abs=60)
