"""The sounds the satellite makes of its own: soft notes, computed, in any rate; each begins and ends in silence."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from .audio import Format, pcm16

_LEVEL: Final = 0.22
"""Below what speech peaks at."""

_ATTACK_SECONDS: Final = 0.012

type Note = tuple[float, float, float]
"""When it begins, in seconds; its pitch in hertz; and in how many seconds it fades away."""

_ANNOUNCEMENT: Final[Sequence[Note]] = ((0.0, 659.3, 0.18), (0.1, 880.0, 0.2))
_HEARD: Final[Sequence[Note]] = ((0.0, 784.0, 0.12),)
_ALARM: Final[Sequence[Note]] = tuple(
    (0.9 * bar + 0.15 * beat, pitch, 0.45) for bar in range(3) for beat, pitch in enumerate((523.3, 659.3, 784.0))
)


def announcement(form: Format) -> bytes:
    """Return two rising notes, 0.3 s: Home Assistant waits for no more than 0.5 s beyond an announcement's length."""
    return _rendered(_ANNOUNCEMENT, form)


def heard(form: Format) -> bytes:
    """Return one short note."""
    return _rendered(_HEARD, form)


def alarm(form: Format) -> bytes:
    """Return three bars of a chord, one note after the other, with a rest at the end: 3.2 s."""
    return _rendered(_ALARM, form) + silence(form, 0.8)


def silence(form: Format, seconds: float) -> bytes:
    """Return silence."""
    return bytes(int(seconds * form.rate) * form.frame_bytes)


def _rendered(notes: Sequence[Note], form: Format) -> bytes:
    """Return notes as 16-bit PCM, the same on every channel."""
    samples = np.zeros(int(max(begin + length for begin, _, length in notes) * form.rate), np.float32)
    for begin, pitch, length in notes:
        at = np.arange(int(length * form.rate)) / form.rate
        envelope = np.minimum(at / _ATTACK_SECONDS, 1.0) * (1.0 - at / length) ** 2
        note = _LEVEL * envelope * (np.sin(2 * np.pi * pitch * at) + 0.3 * np.sin(4 * np.pi * pitch * at)) / 1.3
        offset = int(begin * form.rate)
        samples[offset : offset + len(note)] += note[: len(samples) - offset].astype(np.float32)
    return pcm16(np.repeat(samples, form.channels))


def faded(audio: bytes, form: Format, *, rising: bool) -> bytes:
    """Return 16-bit audio that rises from silence, or falls to it, over its whole length."""
    samples: npt.NDArray[np.int16] = np.frombuffer(audio, "<i2")
    ramp = np.linspace(0.0, 1.0, len(samples) // form.channels, dtype=np.float32)
    ramp = np.repeat(ramp if rising else ramp[::-1], form.channels)
    return np.asarray(samples * ramp, "<i2").tobytes()
