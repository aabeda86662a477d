"""Speech for `script/bench wake`: people's and synthesised words, speech without them; noise from a seed."""

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from athena_voice.audio import RATE, Ear, Samples
from athena_voice.tts.engine import EngineSettings
from athena_voice.tts.engines.espeak import EspeakEngine

ROOT: Final = Path(__file__).parents[2]
PEOPLE: Final = ROOT.parent / "shared" / "audio"
FLITE: Final = ROOT / "wyoming_servers" / "tests" / "audio"

_FRAME: Final = RATE // 100
_ORDER: Final = (0, 4, 2, 6, 1, 5, 3, 7)
_LOUD_SHARE: Final = 0.05
PLACES: Final = 8
"""Of a word on the grid of 80 ms in which openWakeWord hears: 10 ms apart."""
_OVER_NOISE: Final = 3.0
_OTHER_WORDS: Final = (
    "hey travis, are you there",
    "hey, Chavez street is closed today",
    "hey Marcus, what did the service say",
    "okay, nobody was at home",
    "okay now who is this",
    "a lexicon of words",
    "I asked Alex about it",
    "hey, my craft is on the table",
    "turn on the living room lamp",
    "what is the weather like tomorrow",
    "set a timer for ten minutes please",
    "she had your dark suit in greasy wash water all year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A wake word as it was said once."""

    word: str
    samples: Samples
    end: int
    """Where the word ends by its energy: the last 10 ms that are over a twentieth of the loudest and over the noise."""


def people() -> dict[str, Clip]:
    """Return the recordings of people that are there, by word."""
    paths = {word: PEOPLE / f"{word}.wav" for word in ("hey_jarvis", "okay_nabu")}
    return {word: _clip(word, _read(path)) for word, path in paths.items() if path.exists()}


def synthesised() -> list[Clip]:
    """Return "hey Jarvis" of two voices of flite and of eSpeak's four at three speeds."""
    clips = [_clip("hey_jarvis", _read(path)) for path in sorted(FLITE.glob("*hey_jarvis.wav"))]
    for rate in (140, 160, 190):
        clips += [_clip("hey_jarvis", _said("hey Jarvis", voice, rate)) for voice in _voices()]
    return clips


def in_one_breath() -> list[Clip]:
    """Return the same words, each with a command in the same voice right after its end."""
    clips = []
    for path in sorted(FLITE.glob("*hey_jarvis.wav")):
        voice = path.stem.partition("_")[0]
        command = _read(FLITE / f"{voice}_turn_on_the_living_room_lamp.wav")
        clips.append(_followed(_clip("hey_jarvis", _read(path)), command))
    for rate in (140, 160, 190):
        for voice in _voices():
            command = _said("turn on the living room lamp", voice, rate)
            clips.append(_followed(_clip("hey_jarvis", _said("hey Jarvis", voice, rate)), command))
    return clips


def others_synthesised() -> Samples:
    """Return speech without the words, of flite and eSpeak."""
    parts = [_read(path) for path in sorted(FLITE.glob("*.wav")) if "hey_jarvis" not in path.stem]
    for rate in (150, 190):
        parts += [_said(text, voice, rate) for text in _OTHER_WORDS for voice in _voices()]
    return np.concatenate(parts)


def others_people() -> Samples | None:
    """Return a person's speech without the words, where it is there."""
    path = PEOPLE / "negative_speech.wav"
    return _read(path) if path.exists() else None


def mixed(clip: Clip, *, gain: float, snr_db: float | None, seed: int) -> Samples:
    """Return a clip with at least a second before it and one after, so loud, in white noise so many decibels below it.

    Another seed is other noise, and another place on the grid of 80 ms in which openWakeWord hears.
    """
    word = clip.samples.astype(np.float64) * gain
    samples = np.concatenate((np.zeros(RATE + _ORDER[seed] * _FRAME), word, np.zeros(RATE)))
    power = float(np.mean(word[: clip.end] ** 2))
    sigma = 5.0 * gain if snr_db is None else (power / 10 ** (snr_db / 10)) ** 0.5
    samples += np.random.default_rng(seed).normal(0, sigma, len(samples))
    return np.clip(samples, -32768, 32767).astype(np.int16)


def parts(samples: Samples, size: int = _FRAME) -> Iterator[Samples]:
    """Cut samples, as a microphone does."""
    for start in range(0, len(samples), size):
        yield samples[start : start + size]


def _clip(word: str, samples: Samples) -> Clip:
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    loudness = np.sqrt(np.mean(frames**2, axis=1))
    loud = max(_LOUD_SHARE * loudness.max(), _OVER_NOISE * float(np.percentile(loudness, 10)))
    last = int(np.flatnonzero(loudness > loud)[-1])
    return Clip(word=word, samples=samples, end=(last + 1) * _FRAME)


def _followed(clip: Clip, command: Samples) -> Clip:
    onset = int(np.flatnonzero(np.abs(command) > _LOUD_SHARE * np.abs(command).max())[0])
    return Clip(word=clip.word, samples=np.concatenate((clip.samples[: clip.end], command[onset:])), end=clip.end)


def _voices() -> list[str]:
    return [voice.name for voice in EspeakEngine(EngineSettings(words_a_minute=160, folder=ROOT)).voices]


def _said(text: str, voice: str, rate: int) -> Samples:
    engine = EspeakEngine(EngineSettings(words_a_minute=rate, folder=ROOT))
    audio: list[bytes] = []

    def sink(data: bytes) -> bool:
        audio.append(data)
        return True

    engine.speak(text, voice=voice, speaker=None, sink=sink)
    return _heard(b"".join(audio), engine.format.rate, engine.format.width, engine.format.channels)


def _read(path: Path) -> Samples:
    with wave.open(str(path), "rb") as file:
        audio = file.readframes(file.getnframes())
        return _heard(audio, file.getframerate(), file.getsampwidth(), file.getnchannels())


def _heard(audio: bytes, rate: int, width: int, channels: int) -> Samples:
    ear = Ear(rate=rate, width=width, channels=channels)
    return np.concatenate((ear.hear(audio), ear.finish()))
