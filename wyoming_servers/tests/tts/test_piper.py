"""The text-to-speech server with Piper: the real library, and voices that the test makes."""

import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice

from athena_voice.tts.engines.piper import PiperEngine
from athena_voice.tts.phrases import PHRASES
from athena_voice.tts.service import TtsService

from ..conftest import DEADLINE_SECONDS, Running, Serving, until
from .speaking import answer, pieces, samples, say, seconds

TEXT = "The lamp in the living room is on."
LONG = "The lamp in the living room is on, the blinds are closed, and the front door has been locked since seven."


@pytest.fixture(scope="module")
async def server(serving: Serving, voices: Path) -> AsyncIterator[Running]:
    async with serving(TtsService(engine="piper", voices=voices)) as running:
        yield running


def pitch(sound: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> float:
    """Return the loudest frequency, in hertz of 22,050."""
    spectrum = np.abs(np.fft.rfft(sound))
    return float(np.argmax(spectrum) * 22_050 / len(sound))


def silences(sound: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> list[float]:
    """Return the lengths of the silences between sounds, in seconds."""
    loud = np.flatnonzero(np.abs(sound.astype(int)) > 100)
    gaps = np.diff(loud)
    return [round(float(gap) / 22_050, 3) for gap in gaps[gaps > 441]]


async def test_all_voices_of_the_folder_are_told_with_their_languages_and_speakers(server: Running) -> None:
    async with server.client() as client:
        await client.send(Describe())
        (program,) = Info.from_event(await client.receive()).tts
    assert program.installed
    assert program.supports_synthesize_streaming
    assert {voice.name: voice.languages for voice in program.voices} == {
        "anna": ["en", "en-US"],
        "family": ["en", "en-US"],
        "hans": ["de", "de-DE"],
        "low": ["en", "en-US"],
    }
    assert [speaker.name for speaker in program.voices[1].speakers or ()] == ["mother", "father"]


async def test_every_voice_speaks_at_22050_hz_whatever_its_own_rate(server: Running) -> None:
    sounds = {}
    async with server.client() as client:
        for name in ("anna", "low"):
            events = await say(client, TEXT, SynthesizeVoice(name=name))
            assert {(event.data["rate"], event.data["width"], event.data["channels"]) for event in events[:-1]} == {
                (22050, 2, 1)
            }
            sounds[name] = samples(events)
    assert len(sounds["low"]) == pytest.approx(len(sounds["anna"]), rel=0.01)
    assert pitch(sounds["low"]) == pytest.approx(pitch(sounds["anna"]), rel=0.02)
    assert np.abs(sounds["low"]).max() > 20_000


async def test_the_rate_is_kept(serving: Serving, voices: Path) -> None:
    lengths = {}
    for rate in (80, 160, 320):
        async with serving(TtsService(engine="piper", voices=voices, rate=rate)) as running, running.client() as client:
            lengths[rate] = seconds(await say(client, TEXT))
    assert lengths[80] == pytest.approx(2 * lengths[160], rel=0.05)
    assert lengths[320] == pytest.approx(lengths[160] / 2, rel=0.05)


async def test_the_speaker_that_is_asked_for_speaks(server: Running) -> None:
    async with server.client() as client:
        mother = pitch(samples(await say(client, TEXT, SynthesizeVoice(name="family", speaker="mother"))))
        father = pitch(samples(await say(client, TEXT, SynthesizeVoice(name="family", speaker="father"))))
        first = pitch(samples(await say(client, TEXT, SynthesizeVoice(name="family"))))
    assert father == pytest.approx(mother + 150, abs=3)
    assert first == mother


@pytest.mark.parametrize("language", ["de", "de-DE", "de_DE", "de-AT"])
async def test_a_language_is_spoken_by_a_voice_of_it(server: Running, language: str) -> None:
    async with server.client() as client:
        asked = samples(await say(client, TEXT, SynthesizeVoice(language=language)))
        named = samples(await say(client, TEXT, SynthesizeVoice(name="hans")))
        english = samples(await say(client, TEXT))
    assert np.array_equal(asked, named)
    assert not np.array_equal(asked, english)


@pytest.mark.parametrize(
    ("voice", "code", "says"),
    [
        (SynthesizeVoice(name="hal"), "unknown-voice", "unknown voice 'hal'; this server has anna, family, hans, low"),
        (SynthesizeVoice(language="fr"), "unknown-language", "unknown language 'fr'; this server"),
        (
            SynthesizeVoice(name="family", speaker="aunt"),
            "unknown-speaker",
            "unknown speaker 'aunt' of the voice family; there is mother, father",
        ),
        (
            SynthesizeVoice(name="anna", speaker="mother"),
            "unknown-speaker",
            "unknown speaker 'mother' of the voice anna; there is one alone, without a name",
        ),
    ],
)
async def test_an_unknown_voice_speaker_or_language_is_an_error_that_says_what_there_is(
    server: Running, voice: SynthesizeVoice, code: str, says: str
) -> None:
    async with server.client() as client:
        await client.send(Synthesize(text="Lamp on.", voice=voice))
        error = Error.from_event(await client.receive())
        assert error.code == code
        assert error.text.startswith(says)
        assert seconds(await say(client, "Lamp on.")) > 0.3


async def test_pauses_are_between_sentences_and_clauses_and_nowhere_else(server: Running) -> None:
    async with server.client() as client:
        sentences = samples(await say(client, "Lamp on. Blinds closed. Good night."))
        clauses = samples(await say(client, LONG))
    margins = 0.02  # of the two sounds
    assert silences(sentences) == pytest.approx([0.2 + margins, 0.2 + margins], abs=0.003)
    assert silences(clauses) == pytest.approx([0.15 + margins], abs=0.003)
    for sound in (sentences, clauses):
        loud = np.flatnonzero(np.abs(sound.astype(int)) > 100)
        assert loud[0] <= 0.011 * 22_050
        assert len(sound) - loud[-1] <= 0.011 * 22_050


class Gate:
    """Stands before the engine: notes what it is asked to say, and lets it speak when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._open = threading.Semaphore(0)
        speak = PiperEngine.speak

        def gated(engine: PiperEngine, text: str, **arguments: Any) -> None:
            self.asked.append(text)
            assert self._open.acquire(timeout=DEADLINE_SECONDS)
            speak(engine, text, **arguments)

        monkeypatch.setattr(PiperEngine, "speak", gated)

    def let(self, pieces: int) -> None:
        self._open.release(pieces)


@pytest.fixture
async def quiet(serving: Serving, voices: Path) -> AsyncIterator[tuple[TtsService, Running]]:
    """A server whose phrases are ready, so that its engine is asked by clients only."""
    service = TtsService(engine="piper", voices=voices)
    async with serving(service) as running:
        speech = await service.speech()
        await until(lambda: speech.prepared)
        yield service, running


async def test_a_sentence_sounds_while_the_next_is_not_made(
    quiet: tuple[TtsService, Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, running = quiet
    gate = Gate(monkeypatch)
    async with running.client() as client:
        await client.send(SynthesizeStart(), SynthesizeChunk(text="The lamp is on. The bl"))
        gate.let(1)
        assert AudioStart.is_type((await client.receive()).type)
        assert AudioChunk.is_type((await client.receive()).type)
        await client.send(SynthesizeChunk(text="inds are closed."), SynthesizeStop())
        gate.let(1)
        assert seconds(await answer(client, SynthesizeStopped)) > 1.0
    assert gate.asked == ["The lamp is on.", "The blinds are closed."]


async def test_a_long_first_sentence_sounds_after_its_first_clause(
    quiet: tuple[TtsService, Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, running = quiet
    gate = Gate(monkeypatch)
    async with running.client() as client:
        await client.send(Synthesize(text=LONG))
        gate.let(1)
        assert AudioStart.is_type((await client.receive()).type)
        assert AudioChunk.is_type((await client.receive()).type)
        gate.let(1)
        await client.receive()
    assert gate.asked[0] == "The lamp in the living room is on,"


async def test_the_phrases_of_every_day_are_ready_before_they_are_asked_for(
    quiet: tuple[TtsService, Running],
) -> None:
    service, running = quiet
    async with running.client() as client:
        for phrase in PHRASES:
            assert seconds(await say(client, phrase)) > 0.2
    assert pieces(service, "cache") == len(PHRASES)
    assert pieces(service, "engine") == 0


async def test_a_client_comes_before_the_phrases_of_every_day(
    serving: Serving, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    service = TtsService(engine="piper", voices=voices)
    async with serving(service) as running, running.client() as client:
        speech = await service.speech()
        await until(lambda: gate.asked == [PHRASES[0]])
        await client.send(Synthesize(text="One. Two. Three."))
        await until(lambda: speech.waiting == 1)
        gate.let(3 + len(PHRASES))
        assert seconds(await answer(client, AudioStop)) > 0.5
        await until(lambda: speech.prepared)
    assert gate.asked[:2] == [PHRASES[0], "One."]
    assert sorted(gate.asked) == sorted([*PHRASES, "One.", "Two.", "Three."])
