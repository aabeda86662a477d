"""The wake word server, over TCP, with real models and real audio."""

from pathlib import Path

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.wake import Detect, Detection

from athena_voice.wake.service import WakeService

from ..conftest import AUDIO, SHARED_AUDIO, Serving, recording
from .conftest import SILENCE, detections, hey_jarvis, noise

# Milliseconds from the file's beginning at which "jarvis" ends. The synthesiser told; the person's was read off the
# spectrum: her s fades into the noise of the room between 1.36 and 1.42 s.
WORD_ENDS = {
    AUDIO / "slt_hey_jarvis.wav": 943,
    AUDIO / "rms_hey_jarvis.wav": 909,
    SHARED_AUDIO / "hey_jarvis.wav": 1390,
}


async def test_info_is_what_home_assistant_needs(serving: Serving) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).wake
    assert program.installed
    assert {model.name: model.phrase for model in program.models} == {
        "alexa": "Alexa",
        "hey_jarvis": "Hey Jarvis",
        "hey_mycroft": "Hey Mycroft",
        "okay_nabu": "Okay Nabu",
    }
    assert all(model.installed and "en" in model.languages and model.attribution.url for model in program.models)


@pytest.mark.parametrize("file", WORD_ENDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("gap_ms", [150, 400])
async def test_detection_tells_where_the_word_ends(serving: Serving, file: Path, gap_ms: int) -> None:
    """No syllable of what follows is lost, and less than a syllable of the wake word leaks."""
    end = WORD_ENDS[file]
    word = recording(file).samples[: end * 16]
    command = recording(AUDIO / "slt_turn_on_the_living_room_lamp.wav").samples
    onset = int(np.flatnonzero(np.abs(command) > 300)[0])
    lead = noise(1.0)
    samples = np.concatenate((lead, word, np.zeros(gap_ms * 16, np.int16), command[onset:], SILENCE))
    samples = samples + noise(len(samples) / 16000)[: len(samples)]
    async with serving(WakeService()) as server, server.client() as client:
        (detection,) = await detections(client, samples)
    assert detection.timestamp is not None
    error_ms = detection.timestamp - 1000 - end
    assert -60 <= error_ms <= min(gap_ms, 60), f"the word's end was told {error_ms} ms off"


async def test_timestamps_are_on_the_clients_clock(serving: Serving) -> None:
    samples = hey_jarvis()
    async with serving(WakeService()) as server, server.client() as client:
        (plain,) = await detections(client, samples)
        (own,) = await detections(client, samples, timestamp=7_000_000)
    assert plain.timestamp is not None
    assert own.timestamp == plain.timestamp + 7_000_000


async def test_chunks_of_any_size_give_the_same_detection(serving: Serving) -> None:
    samples = hey_jarvis()
    async with serving(WakeService()) as server, server.client() as client:
        found = [await detections(client, samples, chunk=chunk) for chunk in (160, 1024, 48_000)]
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (48_000, 1), (22_050, 1)])
async def test_any_rate_and_channels(serving: Serving, rate: int, channels: int) -> None:
    word = recording(AUDIO / "slt_hey_jarvis.wav").samples.astype(np.float64)
    at = np.arange(int(len(word) * rate / 16000)) * 16000 / rate
    resampled = np.interp(at, np.arange(len(word)), word).astype(np.int16)
    pause = np.zeros(rate, np.int16)
    audio = np.repeat(np.concatenate((pause, resampled, pause)), channels).tobytes()
    async with serving(WakeService()) as server, server.client() as client:
        await client.send(Detect(names=["hey_jarvis"]), AudioStart(rate=rate, width=2, channels=channels))
        for start in range(0, len(audio), 3001):  # ends in the middle of frames
            chunk = audio[start : start + 3001]
            await client.send(AudioChunk(rate=rate, width=2, channels=channels, audio=chunk))
        await client.send(AudioStop())
        detection = Detection.from_event(await client.receive())
    assert detection.name == "hey_jarvis"
    assert detection.timestamp == pytest.approx(1943, abs=60)


async def test_a_word_is_heard_again_after_two_seconds_and_not_before(serving: Serving) -> None:
    word = recording(AUDIO / "slt_hey_jarvis.wav").samples
    once = np.concatenate((word, SILENCE[:8000]))  # 1.5 s, so the second one is in the deaf time of the first
    three = np.concatenate((SILENCE, once, once, SILENCE, SILENCE, once, SILENCE))
    async with serving(WakeService()) as server, server.client() as client:
        first, second = await detections(client, three)
    assert first.timestamp == pytest.approx(1943, abs=60)
    assert second.timestamp == pytest.approx(1943 + 2 * len(once) / 16 + 2000, abs=60)


async def test_unknown_wake_word_is_an_error_that_lists_what_there_is(serving: Serving) -> None:
    async with serving(WakeService()) as server, server.client() as client:
        await client.send(Detect(names=["hey_jarvis", "computer"]))
        error = Error.from_event(await client.receive())
        assert error.code == "unknown-wake-word"
        assert error.text == ("unknown wake word 'computer'; this server has alexa, hey_jarvis, hey_mycroft, okay_nabu")
        # Nothing else is listened for instead, and a known one may still be asked for.
        word = hey_jarvis()
        await client.speak(word)
        await client.send(AudioStop())
        (detection,) = await detections(client, word)
    assert detection.name == "hey_jarvis"


async def test_any_word_wakes_when_none_is_named(serving: Serving) -> None:
    word = hey_jarvis("rms")
    async with serving(WakeService()) as server, server.client() as client:
        await client.speak(word)
        await client.send(AudioStop())
        assert Detection.from_event(await client.receive()).name == "hey_jarvis"


async def test_two_streams_do_not_share_a_state(serving: Serving) -> None:
    """Half a wake word in each of two streams is none; nor does what one heard make the other deaf."""
    word = hey_jarvis()
    async with serving(WakeService()) as server, server.client() as one, server.client() as other:
        await one.send(Detect(names=["hey_jarvis"]))
        await other.send(Detect(names=["hey_jarvis"]))
        for client in (one, other):
            await client.speak(word)
        for client in (one, other):
            assert Detection.from_event(await client.receive()).name == "hey_jarvis"


async def test_client_that_leaves_mid_audio_harms_nobody(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    word = hey_jarvis()
    async with serving(WakeService()) as server:
        for cut in (10, 2_000, 20_000):
            async with server.client() as client:
                await client.speak(word[:cut])
                await client.send_raw(b'{"type":"audio-chunk","data_length":60,"payload_length":2048}\n{"rate"')
                client.writer.transport.abort()
        async with server.client() as client:
            (detection,) = await detections(client, word)
    assert detection.name == "hey_jarvis"
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
