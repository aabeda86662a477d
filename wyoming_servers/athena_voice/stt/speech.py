"""The part of an utterance in which somebody speaks."""

from typing import Final

import numpy as np

from ..audio import RATE, Samples

_FRAME: Final = RATE // 100
_EDGE: Final = RATE * 3 // 10
_LOUD: Final = 12_000
_MOST_GAIN: Final = 20.0


def speech_of(samples: Samples) -> Samples:
    """Return what lies between the silences at both ends, with 0.3 s of them, evenly loud; empty for silence."""
    audio = samples.astype(np.float64)
    if len(audio) < _FRAME:
        return samples[:0]
    audio -= audio.mean()
    frames = audio[: len(audio) - len(audio) % _FRAME].reshape(-1, _FRAME)
    loudness = np.sqrt((frames**2).mean(axis=1))
    loud, floor = np.percentile(loudness, 95), np.percentile(loudness, 10)
    speaking = np.flatnonzero(loudness > max(0.05 * loud, min(2.5 * floor, 0.25 * loud)))
    if not len(speaking):
        return samples[:0]
    audio = audio[max(0, speaking[0] * _FRAME - _EDGE) : (speaking[-1] + 1) * _FRAME + _EDGE]
    gain = min(_MOST_GAIN, _LOUD / max(1.0, float(np.percentile(np.abs(audio), 99.5))))
    return np.clip(audio * gain, -32768, 32767).astype(np.int16)
