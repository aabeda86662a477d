"""The part of an utterance in which somebody speaks."""

from typing import Final

import numpy as np

from ...audio import RATE, Samples
from .model import Floats

_FRAME: Final = RATE // 100
_EDGE: Final = RATE * 3 // 10
_LOUD: Final = 0.37
"""What the loudest samples become; the model is trained on recordings about as loud."""
_MOST_GAIN: Final = 20.0
_BEFORE: Final = RATE // 5
_AFTER: Final = RATE // 2
"""Silence that the model is given around the speech."""


def speech_of(samples: Samples) -> Floats:
    """Return what lies between the silences at both ends, evenly loud and with silence around it; empty for silence."""
    nothing = np.zeros(0, np.float32)
    audio = samples.astype(np.float64) / 32768
    if len(audio) < _FRAME:
        return nothing
    audio -= audio.mean()
    frames = audio[: len(audio) - len(audio) % _FRAME].reshape(-1, _FRAME)
    loudness = np.sqrt((frames**2).mean(axis=1))
    loud, floor = np.percentile(loudness, 95), np.percentile(loudness, 10)
    speaking = np.flatnonzero(loudness > max(0.05 * loud, min(2.5 * floor, 0.25 * loud)))
    if not len(speaking):
        return nothing
    audio = audio[max(0, speaking[0] * _FRAME - _EDGE) : (speaking[-1] + 1) * _FRAME + _EDGE]
    gain = min(_MOST_GAIN, _LOUD / max(1e-9, float(np.percentile(np.abs(audio), 99.5))))
    return np.pad(np.clip(audio * gain, -1, 1).astype(np.float32), (_BEFORE, _AFTER))
