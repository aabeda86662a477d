"""What both engines do, over TCP, with real models and real audio; and what is openWakeWord's own."""

import asyncio
import logging
import os
import sys

import numpy as np
import pytest
from wyoming.audio import AudioStop
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.wake import Detect, Detection

from athena_voice import registry
from athena_voice.audio import Samples
from athena_voice.errors import EngineError
from athena_voice.wake.engines import ALL
from athena_voice.wake.service import WakeService
from athena_voice.wake.settings import Setting

from ..conftest import AUDIO, SHARED_AUDIO, Client, Running, Serving, recording
from .conftest import SILENCE, detections, hey_jarvis, noise

STREAMS = 16


def pink(seconds: float) -> Samples:
    """Noise of which each octave is as loud as the next, always the same."""
    count = int(16000 * seconds)
    spectrum = np.fft.rfft(np.random.default_rng(2).normal(0, 1, count))
    samples = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), count)
    return np.asarray(samples / np.abs(samples).max() * 20_000, np.int16)


async def test_info_names_the_licence_of_openwakewords_models(serving: Serving) -> None:
    pytest.importorskip("pyopen_wakeword")
    async with serving(WakeService(engine="openwakeword")) as server, server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).wake
    assert "CC BY-NC-SA 4.0" in (program.description or "")
    assert {model.name: model.phrase for model in program.models} == {
        "alexa": "Alexa",
        "hey_jarvis": "Hey Jarvis",
        "hey_mycroft": "Hey Mycroft",
        "hey_rhasspy": "Hey Rhasspy",
        "okay_nabu": "Okay Nabu",
    }
    assert all("CC BY-NC-SA 4.0" in model.attribution.name for model in program.models)


def test_openwakeword_says_on_another_system_that_it_is_for_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delitem(sys.modules, "athena_voice.wake.engines.openwakeword", raising=False)
    with pytest.raises(EngineError, match="openWakeWord is built for Linux only; --engine microwakeword runs here"):
        registry.load(ALL, "openwakeword")


@pytest.mark.parametrize("voice", ["rms", "slt"])
async def test_a_word_is_detected_once_and_its_end_is_told(serving: Serving, engine: str, voice: str) -> None:
    """Its end: of the synthesiser, 909 and 943 ms after the file's beginning."""
    samples = hey_jarvis(voice)
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        (detection,) = await detections(client, samples + noise(len(samples) / 16000))
    assert detection.timestamp == pytest.approx(1000 + {"rms": 909, "slt": 943}[voice], abs=60)


async def test_a_word_with_which_the_stream_begins_is_detected(serving: Serving, engine: str) -> None:
    """Home Assistant opens a stream for each turn, and people do not wait for it."""
    word = recording(AUDIO / "slt_hey_jarvis.wav").samples
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        (detection,) = await detections(client, np.concatenate((word, SILENCE)))
    assert detection.name == "hey_jarvis"


async def test_a_word_with_which_the_stream_ends_is_detected(serving: Serving, engine: str) -> None:
    """It is told though the pause after it is waited for in vain."""
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        (detection,) = await detections(client, hey_jarvis("rms")[: -len(SILENCE)])
    assert detection.timestamp == pytest.approx(1909, abs=120)


async def test_a_person_is_heard(serving: Serving, engine: str) -> None:
    word = recording(SHARED_AUDIO / "hey_jarvis.wav").samples
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        (detection,) = await detections(client, np.concatenate((SILENCE, word, SILENCE)))
    assert detection.name == "hey_jarvis"


@pytest.mark.parametrize("colour", ["white", "pink"])
async def test_ten_seconds_of_noise_are_no_word(serving: Serving, engine: str, colour: str) -> None:
    loud = noise(10.0) * 200 if colour == "white" else pink(10.0)
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        for samples in (loud, loud // 30):
            assert await detections(client, samples, names=()) == []


async def test_speech_without_the_word_is_not_detected(serving: Serving, engine: str) -> None:
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        for path in (AUDIO / "rms_turn_on_the_living_room_lamp.wav", SHARED_AUDIO / "negative_speech.wav"):
            assert await detections(client, recording(path).samples, names=()) == []


async def test_silence_and_nothing_at_all_are_no_word(serving: Serving, engine: str) -> None:
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        for samples in (np.zeros(0, np.int16), SILENCE):
            assert await detections(client, samples, names=()) == []


async def test_a_stream_that_restarts_in_the_middle_of_a_word_hears_the_next_one(serving: Serving, engine: str) -> None:
    """Two halves of a word in two streams are none; and the second stream is as good as any."""
    word = hey_jarvis()
    middle = 16000 + 8000
    async with serving(WakeService(engine=engine)) as server, server.client() as client:
        await client.send(Detect(names=["hey_jarvis"]))
        await client.speak(word[:middle])
        await client.speak(np.concatenate((word[middle:], word)))
        await client.send(AudioStop())
        detection = Detection.from_event(await client.receive())
        assert detection.timestamp == pytest.approx((len(word) - middle) / 16 + 1943, abs=60)
        assert await detections(client, SILENCE) == []


async def _heard_by(server: Running, samples: Samples) -> Detection:
    async with server.client() as client:
        (detection,) = await detections(client, samples)
        return detection


async def test_16_streams_at_once_each_get_their_own_detection(serving: Serving, engine: str) -> None:
    """Each says the word at another time; Describe is answered meanwhile."""
    word = hey_jarvis()
    described = 0
    async with (
        serving(WakeService(engine=engine)) as server,
        server.client() as asking,
        asyncio.TaskGroup() as tasks,
    ):
        heard = [
            tasks.create_task(_heard_by(server, np.concatenate((np.zeros(1600 * number, np.int16), word))))
            for number in range(STREAMS)
        ]
        while not all(task.done() for task in heard):
            await asking.send(Describe())
            assert Info.from_event(await asking.receive()).wake
            described += 1
    assert described > 1
    for number, task in enumerate(heard):
        assert task.result().name == "hey_jarvis"
        assert task.result().timestamp == pytest.approx(1943 + 100 * number, abs=160)


async def test_one_clients_long_chunks_keep_no_other_waiting(
    serving: Serving, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one thread for all: the one who says a word is through before those who sent minutes at once."""
    monkeypatch.setattr(os, "process_cpu_count", lambda: 1)
    minutes = np.zeros(16000 * 60 * (5 if engine == "microwakeword" else 1), np.int16)
    order = []

    async def say(client: Client, name: str, samples: Samples, chunk: int) -> None:
        await client.send(Detect(names=["hey_jarvis"]))
        await client.speak(samples, chunk=chunk)
        await client.send(AudioStop())
        event: Event = await client.receive()
        order.append((name, event.type))

    async with (
        serving(WakeService(engine=engine)) as server,
        server.client() as one,
        server.client() as other,
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(say(one, "minutes", minutes, len(minutes)))
        await asyncio.sleep(0)
        tasks.create_task(say(other, "word", hey_jarvis(), 1024))
    assert order == [("word", "detection"), ("minutes", "not-detected")]


async def test_a_threshold_for_one_word_changes_no_other(
    serving: Serving, engine: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No score is above 0.999; that the word came close is logged once, with its score."""
    strict = WakeService(engine=engine, threshold=[Setting(word="hey_jarvis", value=0.999)])
    other = WakeService(engine=engine, threshold=[Setting(word="alexa", value=0.999)])
    with caplog.at_level(logging.INFO):
        async with serving(strict) as server, server.client() as client:
            assert await detections(client, hey_jarvis()) == []
        near = [record.message for record in caplog.records if "near miss" in record.message]
        assert len(near) == 1
        assert near[0].startswith("hey_jarvis: near miss, with a score of 0.9")
        counted = strict.metrics.registry.get_sample_value("athena_voice_near_misses_total", {"word": "hey_jarvis"})
        assert counted == 1
        async with serving(other) as server, server.client() as client:
            assert len(await detections(client, hey_jarvis())) == 1


async def test_a_refractory_time_for_one_word(serving: Serving, engine: str) -> None:
    """The word is said at 0, 3 and 6 seconds of the audio, which comes in an instant."""
    word = np.concatenate((hey_jarvis(), SILENCE))
    samples = np.concatenate([word[:48_000]] * 3)
    service = WakeService(engine=engine, refractory=[Setting(word="hey_jarvis", value=5.0)])
    async with serving(service) as server, server.client() as client:
        first, second = await detections(client, samples)
    assert first.timestamp is not None
    assert second.timestamp == pytest.approx(first.timestamp + 6000, abs=100)


async def test_openwakewords_scores_are_those_of_the_package() -> None:
    """Cheaper networks and a beginning without 8 s of nothing change no score by more than a hundredth."""
    package = pytest.importorskip("pyopen_wakeword")
    from athena_voice.wake.engines.openwakeword import OpenWakeWordEngine  # noqa: PLC0415 (Linux only)

    features, model = (
        package.OpenWakeWordFeatures.from_builtin(),
        package.OpenWakeWord.from_builtin(package.Model.HEY_JARVIS),
    )
    for embedding in features.process_streaming(bytes(2560)):
        list(model.process_streaming(embedding))
    features.new_audio_samples, features.new_mels = 480, 68  # on our grid: a step's end is the embedding's end
    scorer = OpenWakeWordEngine().open(["hey_jarvis"])
    samples = hey_jarvis()
    theirs, ours = [], []
    for start in range(0, len(samples) - 1280, 1280):
        step = samples[start : start + 1280]
        for embedding in features.process_streaming(step.tobytes()):
            theirs += model.process_streaming(embedding)
        ours += [score.value for score in scorer.hear(step)]
    assert len(ours) == len(theirs)
    assert max(theirs) > 0.9
    assert ours == pytest.approx(theirs, abs=0.01)
