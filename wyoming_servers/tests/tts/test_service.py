"""The text-to-speech server, over TCP, with the real engine."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeStopped,
    SynthesizeVoice,
)

from athena_voice.errors import UnknownVoiceError
from athena_voice.tts.service import TtsService

from ..conftest import Client, Running, Serving
from .speaking import answer, say, seconds


def service(**settings: str) -> TtsService:
    return TtsService(engine="espeak", **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
async def server(serving: Serving) -> AsyncIterator[Running]:
    async with serving(service()) as running:
        yield running


async def test_info_is_what_home_assistant_needs(server: Running) -> None:
    async with server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).tts
    assert program.installed
    assert program.supports_synthesize_streaming
    assert "en-us" in [voice.name for voice in program.voices]
    assert all(voice.installed and voice.languages == ["en"] for voice in program.voices)


async def test_a_text_is_speech_of_22050_hz_16_bit_mono(server: Running) -> None:
    async with server.client() as client:
        start, *chunks, stop = await say(client, "The lamp is on.")
    assert AudioStart.is_type(start.type)
    assert AudioStop.is_type(stop.type)
    for event in (start, *chunks):
        assert (event.data["rate"], event.data["width"], event.data["channels"]) == (22050, 2, 1)
    sound = np.frombuffer(b"".join(AudioChunk.from_event(chunk).audio for chunk in chunks), np.int16)
    assert 0.6 < len(sound) / 22050 < 2.0
    assert np.abs(sound).max() > 3000
    assert len(chunks) > 3, "it is not sent in one piece"


async def test_every_voice_of_the_info_speaks(server: Running) -> None:
    async with server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).tts
        sounds = {
            voice.name: await say(client, "Lamp on.", SynthesizeVoice(name=voice.name)) for voice in program.voices
        }
    assert len({b"".join(event.payload or b"" for event in events) for events in sounds.values()}) == len(sounds)


@pytest.mark.parametrize(("language", "spoken"), [("en", True), ("en-GB", True), ("de", False)])
async def test_only_english_is_spoken(server: Running, language: str, spoken: bool) -> None:
    async with server.client() as client:
        await client.send(Synthesize(text="Lamp on.", voice=SynthesizeVoice(language=language)))
        assert Error.is_type((await client.receive()).type) is not spoken


async def _stream(client: Client, pieces: list[str], voice: SynthesizeVoice | None = None) -> None:
    """Send a text as Home Assistant does: piece by piece, then the whole again."""
    await client.send(SynthesizeStart(voice=voice), *(SynthesizeChunk(text=piece) for piece in pieces))
    await client.send(Synthesize(text="".join(pieces), voice=voice), SynthesizeStop())


async def test_a_streamed_text_is_spoken_once(server: Running) -> None:
    text = "The lamp is on. The blinds are closed. Good night"
    async with server.client() as client:
        whole = seconds(await say(client, text))
        await _stream(client, list(text))
        events = await answer(client, SynthesizeStopped)
        await _stream(client, [text])
        again = await answer(client, SynthesizeStopped)
    types = [event.type for event in events]
    assert types[0] == "audio-start"
    assert types[-2:] == ["audio-stop", "synthesize-stopped"]
    assert types.count("audio-start") == types.count("audio-stop") == 1
    assert seconds(events) == pytest.approx(whole, abs=0.01)
    assert seconds(again) == pytest.approx(whole, abs=0.05)


async def test_a_sentence_sounds_before_the_text_is_complete(server: Running) -> None:
    async with server.client() as client:
        await client.send(SynthesizeStart(), SynthesizeChunk(text="The lamp is on. The b"))
        assert AudioStart.is_type((await client.receive()).type)
        assert AudioChunk.is_type((await client.receive()).type)
        await client.send(SynthesizeChunk(text="linds are closed."), SynthesizeStop())
        assert seconds(await answer(client, SynthesizeStopped)) > 1.5


async def test_an_empty_stream_is_no_samples(server: Running) -> None:
    async with server.client() as client:
        await _stream(client, [])
        events = await answer(client, SynthesizeStopped)
    assert [event.type for event in events] == ["audio-start", "audio-stop", "synthesize-stopped"]


async def test_unknown_voice_in_a_stream_is_one_error_and_no_sound(server: Running) -> None:
    async with server.client() as client:
        await _stream(client, ["The lamp is on. ", "The blinds too."], SynthesizeVoice(name="hal"))
        events = await answer(client, SynthesizeStopped)
        assert [event.type for event in events] == ["error", "synthesize-stopped"]
        assert seconds(await say(client, "Lamp on.")) > 0.5


async def test_sentences_have_a_pause_between_them(server: Running) -> None:
    async with server.client() as client:
        one = seconds(await say(client, "The lamp is on."))
        two = seconds(await say(client, "The lamp is on. The lamp is on."))
    assert two == pytest.approx(2 * one + 0.2, abs=0.01)


async def test_describe_is_answered_while_a_long_text_is_spoken(server: Running) -> None:
    async with server.client() as client:
        await client.send(Synthesize(text="The lamp in the living room is on. " * 200), Describe())
        types = [event.type for event in await answer(client, AudioStop)]
    assert "info" in types


async def test_client_that_does_not_read_holds_nobody_up(serving: Serving) -> None:
    async with serving(service()) as server, server.client() as idle, server.client() as client:
        await idle.send(Synthesize(text="The lamp in the living room is on. " * 20_000))
        assert seconds(await asyncio.wait_for(say(client, "Lamp on."), 20)) > 0.5
    # and the server stops all the same


async def test_four_clients_get_their_own_text(server: Running) -> None:
    texts = ("Lamp on.", "The blinds are closed.", "It is seven in the evening.", "Good night.")

    async def one(text: str) -> float:
        async with server.client() as client:
            return seconds(await say(client, text))

    alone = [await one(text) for text in texts]
    assert await asyncio.gather(*map(one, texts)) == pytest.approx(alone, abs=0.05)


async def test_the_rate_is_kept(serving: Serving) -> None:
    text = "The lamp in the living room is on, and the blinds in the bedroom are closed."
    lengths = []
    for rate in (120, 240):
        async with serving(TtsService(engine="espeak", rate=rate)) as server, server.client() as client:
            lengths.append(seconds(await say(client, text)))
    assert lengths[0] > 1.5 * lengths[1]


async def test_a_default_voice_that_is_none_ends_the_server(serving: Serving) -> None:
    with pytest.raises(ExceptionGroup) as raised:
        async with serving(service(voice="hal")):
            await asyncio.Event().wait()
    assert raised.group_contains(UnknownVoiceError)
