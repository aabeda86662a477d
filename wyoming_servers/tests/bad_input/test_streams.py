"""Audio and text that no sensible client would send."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped
from wyoming.wake import Detect, Detection, NotDetected

from athena_voice.audio import RATE, Samples
from athena_voice.stt.service import SttService
from athena_voice.tts.service import TtsService
from athena_voice.wake.service import WakeService

from ..conftest import Client, Recording, Running, Serving, until
from ..stt.home import vocabulary
from ..stt.peer import HomeAssistantPeer
from .kinds import COMMAND, command, speak, transcribe, until_able, wake, wake_word
from .memory import MIB, needs_proc, resident

TEN_MB = 10_000_000
TEN_MINUTES = 600 * RATE


def noise(length: int) -> Samples:
    """Loud and white, always the same."""
    return np.random.default_rng(1).normal(0, 3000, length).astype(np.int16)


@pytest.fixture(scope="module")
async def waking(serving: Serving) -> AsyncIterator[Running]:
    async with serving(WakeService()) as running:
        yield running


@pytest.fixture(scope="module")
def home() -> HomeAssistantPeer:
    return HomeAssistantPeer(vocabulary())


@pytest.fixture(scope="module")
async def recogniser(home: HomeAssistantPeer, token_file: Path) -> AsyncIterator[SttService]:
    async with home.up():
        yield SttService(home_assistant=home.url, token_file=token_file)


@pytest.fixture(scope="module")
async def recognising(serving: Serving, recogniser: SttService) -> AsyncIterator[Running]:
    async with serving(recogniser) as running:
        await until_able(recogniser)
        yield running


@pytest.fixture(scope="module")
async def speaking(serving: Serving) -> AsyncIterator[Running]:
    async with serving(TtsService(engine="espeak")) as running:
        yield running


async def detections(client: Client) -> list[str | None]:
    """Return the wake words told so far: a Pong does not wait for the audio, but a second stream's end does."""
    await client.send(AudioStop(), AudioStart(rate=RATE, width=2, channels=1), AudioStop())
    names: list[str | None] = []
    silent = 0
    while silent < (1 if names else 2):
        event = await client.receive()
        if Detection.is_type(event.type):
            names.append(Detection.from_event(event).name)
        else:
            assert NotDetected.is_type(event.type)
            silent += 1
    return names


async def test_an_unknown_wake_word_is_an_error_that_names_it_and_others_are_heard(waking: Running) -> None:
    async with waking.client() as asking, waking.client() as other:
        await asking.send(Detect(names=["computer"]))
        await asking.speak(wake_word())
        await wake(other)
        error = Error.from_event(await asking.receive())
        assert error.code == "unknown-wake-word"
        assert "'computer'" in error.text
        await asking.send(Ping(text="still there"))
        assert Pong.from_event(await asking.receive()).text == "still there"


async def test_noise_is_no_wake_word(waking: Running) -> None:
    async with waking.client() as client, waking.client() as other:
        await client.send(Detect(names=["hey_jarvis"]))
        await client.speak(noise(10 * RATE))
        await wake(other)
        assert await detections(client) == []


async def test_noise_is_no_sentence(recognising: Running) -> None:
    async with recognising.client() as client, recognising.client() as other:
        await client.send(Transcribe(language="en"))
        await client.speak(noise(10 * RATE))
        await client.send(AudioStop())
        await transcribe(other)
        assert Transcript.from_event(await client.receive()).text == ""


async def test_text_that_is_noise_is_spoken_or_refused(speaking: Running) -> None:
    text = "".join(map(chr, range(1, 0x3000, 5))) + "\U0001f600" * 1000
    async with speaking.client() as client, speaking.client() as other:
        await client.send(Synthesize(text=text))
        await speak(other)
        while (await client.receive()).type not in {"audio-stop", "error"}:
            pass
        await speak(client)


@needs_proc
async def test_a_stream_of_ten_minutes_is_heard_to_its_end_in_little_memory(waking: Running) -> None:
    async with waking.client() as client, waking.client() as other:
        await client.send(Detect(names=["hey_jarvis"]))
        audio = np.concatenate((noise(TEN_MINUTES) // 100, wake_word()))
        await wake(other)
        before = resident()
        await client.speak(audio, chunk=RATE)
        await wake(other)
        assert await detections(client) == ["hey_jarvis"]
        assert resident() - before < 32 * MIB


@needs_proc
async def test_an_utterance_of_ten_minutes_is_no_command_and_takes_little_memory(recognising: Running) -> None:
    async with recognising.client() as client, recognising.client() as other:
        audio = np.concatenate((command(), noise(TEN_MINUTES) // 100))
        await transcribe(other)
        before = resident()
        await client.send(Transcribe(language="en"))
        await client.speak(audio, chunk=RATE)
        await transcribe(other)
        await client.send(AudioStop())
        assert Transcript.from_event(await client.receive()).text == ""
        assert resident() - before < 32 * MIB
        await transcribe(client)


async def test_a_text_of_ten_minutes_holds_nobody_up(speaking: Running) -> None:
    async with speaking.client() as client, speaking.client() as other:
        text = " ".join(f"The lamp number {number} in the living room is on." for number in range(200))
        await client.send(Synthesize(text=text))
        await speak(other)
        seconds = 0.0
        while not AudioStop.is_type((event := await client.receive()).type):
            seconds += AudioChunk.from_event(event).seconds if AudioChunk.is_type(event.type) else 0.0
        assert seconds > 600


def _bytewise(samples: Samples) -> bytes:
    """Return audio as events of one byte each."""
    header = json.dumps(
        {"type": "audio-chunk", "data": {"rate": RATE, "width": 2, "channels": 1}, "payload_length": 1}
    ).encode()
    return b"".join(header + b"\n" + bytes((byte,)) for byte in samples.tobytes())


async def test_a_wake_word_in_chunks_of_one_byte(waking: Running) -> None:
    async with waking.client() as client, waking.client() as other:
        await client.send(Detect(names=["hey_jarvis"]), AudioStart(rate=RATE, width=2, channels=1))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(client.send_raw(_bytewise(wake_word()[RATE * 3 // 4 : -RATE * 3 // 4])))
            await wake(other)
        assert await detections(client) == ["hey_jarvis"]


async def test_a_command_in_chunks_of_one_byte(recognising: Running) -> None:
    async with recognising.client() as client, recognising.client() as other:
        await client.send(Transcribe(language="en"), AudioStart(rate=RATE, width=2, channels=1))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(client.send_raw(_bytewise(command())))
            await transcribe(other)
        await client.send(AudioStop())
        assert Transcript.from_event(await client.receive()).text == COMMAND


async def test_a_text_letter_by_letter(speaking: Running) -> None:
    async with speaking.client() as client, speaking.client() as other:
        await client.send(
            SynthesizeStart(), *(SynthesizeChunk(text=letter) for letter in "Lamp on. Blinds closed."), SynthesizeStop()
        )
        await speak(other)
        types = [event.type for event in await _until(client, SynthesizeStopped)]
        assert types.count("audio-start") == types.count("audio-stop") == 1
        assert "audio-chunk" in types


async def _until(client: Client, last: type[SynthesizeStopped]) -> list[Event]:
    events = [await client.receive()]
    while not last.is_type(events[-1].type):
        events.append(await client.receive())
    return events


@needs_proc
async def test_a_wake_word_at_the_end_of_a_chunk_of_10_mb(waking: Running) -> None:
    word = wake_word()
    audio = np.concatenate((np.zeros(TEN_MB // 2 - len(word), np.int16), word)).tobytes()
    async with waking.client() as client, waking.client() as other:
        await wake(other)
        before = resident()
        await client.send(Detect(names=["hey_jarvis"]), AudioChunk(rate=RATE, width=2, channels=1, audio=audio))
        await wake(other)
        assert await detections(client) == ["hey_jarvis"]
        assert resident() - before < 96 * MIB


@needs_proc
async def test_a_command_in_one_chunk_of_10_mb(recognising: Running) -> None:
    """It is short, but at 192 kHz, of 32 bits, on four channels."""
    said = np.repeat(np.repeat(command().astype(np.int32) << 16, 12), 4)
    audio = np.concatenate((said, np.zeros(TEN_MB // 4 - len(said), np.int32))).tobytes()
    assert len(audio) == TEN_MB
    async with recognising.client() as client, recognising.client() as other:
        await transcribe(other)
        before = resident()
        await client.send(
            Transcribe(language="en"), AudioChunk(rate=192_000, width=4, channels=4, audio=audio), AudioStop()
        )
        await transcribe(other)
        assert Transcript.from_event(await client.receive()).text == COMMAND
        assert resident() - before < 192 * MIB


@needs_proc
async def test_chunks_of_10_mb_from_many_clients_are_not_kept_and_their_memory_is_given_back(
    recognising: Running,
) -> None:
    """Twenty minutes each, of which nobody needs to know more than that they are too long."""
    chunk = AudioChunk(rate=8000, width=1, channels=1, audio=bytes(TEN_MB))
    async with recognising.client() as other:
        await transcribe(other)
        before = resident()
        async with AsyncExitStack() as stack:
            for _ in range(16):
                client = await stack.enter_async_context(recognising.client())
                await client.send(Transcribe(language="en"), chunk, Ping())
                await client.receive()
            assert resident() - before < 128 * MIB
            await transcribe(other)
        await until(lambda: resident() - before < 48 * MIB)


async def test_a_text_of_10_mb_is_refused_with_the_limit(speaking: Running) -> None:
    async with speaking.client() as client, speaking.client() as other:
        await client.send(Synthesize(text="x" * 60_000))
        await client.send_raw(b'{"type": "synthesize", "data_length": 10000000}\n{"text": "')
        await speak(other)
        while not Error.is_type((event := await client.receive()).type):
            pass
        error = Error.from_event(event)
        assert error.code == "protocol-error"
        assert error.text == "data_length of 10000000 bytes is over the limit of 1048576"


def _stereo(samples: Samples) -> Recording:
    """Return 16 kHz mono at 48 kHz, the second channel a little softer."""
    at = np.arange(3 * len(samples)) / 3
    left = np.interp(at, np.arange(len(samples)), samples)
    audio = np.column_stack((left, 0.8 * left)).astype(np.int16).tobytes()
    return Recording(rate=48_000, width=2, channels=2, audio=audio)


async def test_a_wake_word_in_48_khz_stereo(waking: Running) -> None:
    async with waking.client() as client:
        await client.send(Detect(names=["hey_jarvis"]))
        await client.play(_stereo(wake_word()), chunk=3001)  # ends in the middle of frames
        assert Detection.from_event(await client.receive()).name == "hey_jarvis"


async def test_a_command_in_48_khz_stereo(recognising: Running) -> None:
    async with recognising.client() as client:
        await client.send(Transcribe(language="en"))
        await client.play(_stereo(command()), chunk=3001)
        assert Transcript.from_event(await client.receive()).text == COMMAND


async def test_home_assistants_registries_change_while_someone_speaks(
    recognising: Running, recogniser: SttService, home: HomeAssistantPeer
) -> None:
    audio = command()
    half = len(audio) // 2
    async with recognising.client() as client, recognising.client() as other:
        await client.send(Transcribe(language="en"))
        await client.speak(audio[:half])
        for count in range(1, 4):
            known = recogniser.sentences
            more = [
                {"name": f"Lamp {number}", "aliases": [], "domain": "light", "area": "Bedroom"}
                for number in ("one", "two", "three")[:count]
            ]
            home.vocabulary = {**vocabulary(), "entities": vocabulary()["entities"] + more}
            await home.fire("entity_registry_updated")
            await transcribe(other)
            await until(lambda known=known: recogniser.sentences != known)  # type: ignore[misc]
        for start in range(half, len(audio), 1024):
            chunk = audio[start : start + 1024].tobytes()
            await client.send(AudioChunk(rate=RATE, width=2, channels=1, audio=chunk))
        await client.send(AudioStop())
        assert Transcript.from_event(await client.receive()).text == COMMAND


async def test_a_vocabulary_that_is_none_leaves_what_was_known(
    recognising: Running, recogniser: SttService, home: HomeAssistantPeer, caplog: pytest.LogCaptureFixture
) -> None:
    known = recogniser.sentences
    home.vocabulary = {"version": 1, "language": "en", "entities": [{"name": 7}]}
    await home.fire("entity_registry_updated")
    await until(lambda: "name is not a text: 7" in caplog.text)
    async with recognising.client() as client:
        await transcribe(client)
    assert recogniser.sentences == known
