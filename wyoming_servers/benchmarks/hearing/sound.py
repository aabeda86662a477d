"""Speech as a microphone gets it: quieter, with a room's noise or other people's talk under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from athena_voice.audio import RATE, Samples

_BEFORE: Final = RATE * 3 // 10
_AFTER: Final = RATE * 8 // 10
_PEAK: Final = 0.7
_HISS: Final = 1e-4
"""What the best microphone adds; full scale is 1."""
_TALKERS: Final = 5
_FRAME: Final = RATE // 50

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What is heard beside the speech."""

    name: str
    snr_db: float | None = None
    """How much quieter that is, over the whole utterance."""
    babble: bool = False


CLEAN: Final = Condition(name="clean")
PINK_20: Final = Condition(name="20 dB", snr_db=20)
PINK_10: Final = Condition(name="10 dB", snr_db=10)
BABBLE: Final = Condition(name="babble, 10 dB", snr_db=10, babble=True)
CONDITIONS: Final = (CLEAN, PINK_20, PINK_10, BABBLE)
OF_PEOPLE: Final = (CLEAN, PINK_20, PINK_10)


def as_heard(speech: Samples, condition: Condition, *, gain_db: float, seed: int, talk: Sequence[Samples]) -> Samples:
    """Return speech in a condition; `talk` is what the others say."""
    rng = np.random.default_rng(seed)
    voice = speech.astype(np.float64)
    voice *= _PEAK / max(1.0, float(np.abs(voice).max()))
    audio = np.pad(voice, (_BEFORE, _AFTER))
    if condition.snr_db is not None:
        noise = _babble(talk, len(audio), rng) if condition.babble else _pink(len(audio), rng)
        audio += noise * _loudness(voice) * 10 ** (-condition.snr_db / 20)
    audio = audio * 10 ** (gain_db / 20) + rng.normal(0, _HISS, len(audio))
    return (np.clip(audio, -1, 1) * 32767).astype(np.int16)


def _loudness(voice: Floats) -> float:
    """Return the root mean square of where somebody speaks."""
    loud = voice[np.abs(voice) > 0.02 * np.abs(voice).max(initial=0.0)]
    return float(np.sqrt(np.mean(loud**2))) if len(loud) else 0.0


def _pink(count: int, rng: np.random.Generator) -> Floats:
    spectrum = np.fft.rfft(rng.standard_normal(count))
    noise: Floats = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), count)
    noise /= np.sqrt(np.mean(noise**2))
    return noise


def _babble(talk: Sequence[Samples], count: int, rng: np.random.Generator) -> Floats:
    mixed = np.zeros(count)
    for number in rng.choice(len(talk), _TALKERS, replace=len(talk) < _TALKERS):
        voice = np.resize(talk[number].astype(np.float64), count)  # repeats it
        mixed += np.roll(voice, rng.integers(count)) / max(1.0, _loudness(voice))
    mixed /= np.sqrt(np.mean(mixed**2))
    return mixed


def cut_at_pauses(speech: Samples, *, shortest: float = 2.0, longest: float = 4.0) -> list[Samples]:
    """Return pieces of so many seconds, each to the quietest moment that lets it be one."""
    loudness = np.array(
        [np.mean(frame.astype(np.float64) ** 2) for frame in np.array_split(speech, len(speech) // _FRAME)]
    )
    loudness = np.convolve(loudness, np.ones(9) / 9, "same")
    pieces, begun = [], 0
    while len(speech) - begun > shortest * RATE:
        first, last = (begun // _FRAME + int(seconds * RATE / _FRAME) for seconds in (shortest, longest))
        end = (first + int(np.argmin(loudness[first:last]))) * _FRAME if last < len(loudness) else len(speech)
        pieces.append(speech[begun:end])
        begun = end
    return pieces
