"""What a client sends that is no plain text, with each engine."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStop
from wyoming.error import Error
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice

from athena_voice.tts.engines.espeak import EspeakEngine
from athena_voice.tts.engines.piper import PiperEngine
from athena_voice.tts.service import TtsService

from ..conftest import Running, Serving, until
from .speaking import answer, samples, say, seconds

ENGINES: dict[str, Any] = {"espeak": EspeakEngine, "piper": PiperEngine}


def raw(data: dict[str, object]) -> bytes:
    """Return a text as no library of Wyoming would send it."""
    return json.dumps({"type": "synthesize", "data": data}).encode() + b"\n"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def server(engine: str, serving: Serving, voices: Path) -> AsyncIterator[Running]:
    async with serving(TtsService(engine=engine, voices=voices)) as running:
        yield running


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\n\n", "…", "?! … -- .", "🙂", "👍🏽 👨\u200d👩\u200d👧", "<speak></speak>", "\x00\x01"],
)
async def test_empty_text_punctuation_and_emoji_are_no_samples(server: Running, text: str) -> None:
    async with server.client() as client:
        assert [event.type for event in await say(client, text)] == ["audio-start", "audio-stop"]
        assert seconds(await say(client, "Lamp on.")) > 0.3


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<speak>The lamp <break time='1s'/> is on.</speak>", "The lamp is on."),
        ("The lamp is on 🙂", "The lamp is on"),
        ("The\x00 lamp is on.\x07", "The lamp is on."),
        ("  The lamp\tis on.\n… 🙂\nGood night.", "The lamp is on. Good night."),
    ],
)
async def test_only_the_words_of_a_text_with_marks_in_it_are_spoken(server: Running, text: str, plain: str) -> None:
    async with server.client() as client:
        assert np.array_equal(samples(await say(client, text)), samples(await say(client, plain)))


@pytest.mark.parametrize("text", ["日本", "a" * 3000, "[[ x ]] [[", "12345678901234567890 %$#@", "<" * 2000 + "a"])
async def test_odd_texts_come_to_an_end(server: Running, text: str) -> None:
    async with server.client() as client:
        assert AudioStop.is_type((await say(client, text))[-1].type)
        assert seconds(await say(client, "Lamp on.")) > 0.3


@pytest.fixture
def spoken(engine: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine is asked to say."""
    texts: list[str] = []
    speak = ENGINES[engine].speak

    def noted(made: object, text: str, **arguments: Any) -> None:
        texts.append(text)
        speak(made, text, **arguments)

    monkeypatch.setattr(ENGINES[engine], "speak", noted)
    return texts


@pytest.mark.parametrize("sentence", ["The lamp in the living room is on. ", "lamp ", "x"])
async def test_a_text_of_100000_characters_sounds_at_once_and_ends_with_its_client(
    server: Running, spoken: list[str], caplog: pytest.LogCaptureFixture, sentence: str
) -> None:
    async with server.client() as client:
        await client.send(Synthesize(text=sentence * (100_000 // len(sentence))))
        while not AudioChunk.is_type((await client.receive()).type):
            pass
        client.writer.transport.abort()
    async with server.client() as client:
        assert seconds(await say(client, "The kettle is on.")) > 0.3
    await until(lambda: "The kettle is on." in spoken)
    assert sum(map(len, spoken)) < 50_000, "nobody hears the rest, and it is not made"
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_a_client_that_leaves_in_a_stream_frees_the_engine(server: Running, spoken: list[str]) -> None:
    async with server.client() as client:
        await client.send(SynthesizeStart(), SynthesizeChunk(text="The lamp in the living room is on. " * 2000))
        while not AudioChunk.is_type((await client.receive()).type):
            pass
        client.writer.transport.abort()
    async with server.client() as client:
        assert seconds(await say(client, "The kettle is on.")) > 0.3
    assert sum(map(len, spoken)) < 50_000


async def test_an_unknown_voice_is_an_error_and_the_next_text_is_spoken(server: Running) -> None:
    async with server.client() as client:
        for asked in (SynthesizeVoice(name="hal"), SynthesizeVoice(language="xx")):
            await client.send(Synthesize(text="Lamp on.", voice=asked))
            assert Error.from_event(await client.receive()).code == f"unknown-{'voice' if asked.name else 'language'}"
            assert seconds(await say(client, "Lamp on.")) > 0.3


async def test_an_unknown_speaker_in_a_stream_is_one_error_and_no_sound(server: Running, engine: str) -> None:
    name = "en-us" if engine == "espeak" else "anna"
    async with server.client() as client:
        await client.send(SynthesizeStart(voice=SynthesizeVoice(name=name, speaker="mother")))
        await client.send(SynthesizeChunk(text="Lamp on. Blinds closed."), SynthesizeStop())
        events = await answer(client, SynthesizeStopped)
        assert [event.type for event in events] == ["error", "synthesize-stopped"]
        assert Error.from_event(events[0]).code == "unknown-speaker"


@pytest.mark.parametrize("voice", [{"name": 5}, {"name": "anna", "speaker": ["x"]}, {"language": {}}])
async def test_a_voice_that_is_no_text_ends_the_connection_only(server: Running, voice: object) -> None:
    async with server.client() as client:
        await client.send_raw(raw({"text": "Lamp on.", "voice": voice}))
        assert Error.from_event(await client.receive()).code == "protocol-error"
        await client.closed()
    async with server.client() as client:
        assert seconds(await say(client, "Lamp on.")) > 0.3


async def test_half_a_character_is_left_out(server: Running) -> None:
    async with server.client() as client:
        await client.send_raw(raw({"text": "Lamp on\ud83d."}))
        sound = samples(await answer(client, AudioStop))
        assert np.array_equal(sound, samples(await say(client, "Lamp on .")))
        await client.send_raw(raw({"text": "Lamp on.", "voice": {"name": "\udead"}}))
        assert Error.from_event(await client.receive()).code == "unknown-voice"


async def test_two_clients_at_once_get_their_own_text(server: Running) -> None:
    texts = ("The lamp in the living room is on. It is bright.", "Good night. The blinds are closed.")

    async def one(text: str) -> bytes:
        async with server.client() as client:
            return samples(await say(client, text)).tobytes()

    alone = [await one(text) for text in texts]
    assert await asyncio.gather(*map(one, texts)) == alone
