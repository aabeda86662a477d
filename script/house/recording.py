"""Recordings to speak: read, checked, and with the moments at which speech begins and ends in them."""

import array
import math
import sys
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import RecordingError

BUILT_IN: Final = Path(__file__).with_name("turn_on_the_living_room_lamp.wav")
"""Speech synthesised by flite, 16 kHz mono: `script/house/README.md` says how."""

_FRAME_SECONDS: Final = 0.01
_SPEECH: Final = 0.1
"""How loud a frame of speech is at least, as a part of the loudest (-20 dB)."""

_SOUND: Final = 0.003
"""How loud the loudest frame is at least, where there is speech at all, as a part of full scale (-50 dB)."""

_RATES: Final = range(4_000, 384_001)
_WIDTHS: Final = range(1, 5)
_CHANNELS: Final = range(1, 17)
_MAX_SECONDS: Final = 600
"""What the satellite's microphone takes; it would pass over anything else without a word to whoever speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A WAV file that can be spoken."""

    path: Path
    seconds: float
    """Its length."""

    speech: tuple[float, float] | None
    """Where speech begins and ends, in seconds from the start; None for a recording of silence."""


def read(path: Path) -> Recording:
    """Read a recording; raise RecordingError when it is none."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, width, channels = file.getframerate(), file.getsampwidth(), file.getnchannels()
            if rate not in _RATES or width not in _WIDTHS or channels not in _CHANNELS:
                raise RecordingError(f"{path} cannot be heard: {rate} Hz, {width} bytes, {channels} channels")
            if file.getnframes() > _MAX_SECONDS * rate:
                raise RecordingError(f"{path} is longer than {_MAX_SECONDS // 60} minutes")
            audio = file.readframes(file.getnframes())
    except OSError as err:
        raise RecordingError(f"{path} cannot be read: {err.strerror}") from err
    except (wave.Error, EOFError, RuntimeError, ValueError) as err:  # the last two: `wave` met a broken chunk
        raise RecordingError(f"{path} is not a WAV file with PCM audio: {err or 'it ends too early'}") from err
    audio = audio[: len(audio) // (width * channels) * width * channels]
    if not audio:
        raise RecordingError(f"{path} holds no audio")
    frame_bytes = max(1, round(rate * _FRAME_SECONDS)) * width * channels
    loudness = [_loudness(audio[start : start + frame_bytes], width) for start in range(0, len(audio), frame_bytes)]
    return Recording(path=path, seconds=len(audio) / (rate * width * channels), speech=_speech(loudness))


def loudest(path: Path) -> float:
    """Return the loudness of the loudest 10 ms of a WAV file, as a part of full scale."""
    with wave.open(str(path), "rb") as file:
        frames = round(file.getframerate() * _FRAME_SECONDS)
        width = file.getsampwidth()
        return max((_loudness(piece, width) for piece in iter(lambda: file.readframes(frames), b"")), default=0.0)


def is_sound(path: Path) -> bool:
    """Return whether a WAV file holds more than silence."""
    return loudest(path) > _SOUND


def write_silence(path: Path, seconds: float) -> None:
    """Write a recording of silence."""
    with wave.open(str(path), "wb") as file:
        file.setframerate(16000)
        file.setsampwidth(2)
        file.setnchannels(1)
        file.writeframes(bytes(2 * round(16000 * seconds)))


def write_joined(path: Path, *parts: Path, pause: float) -> None:
    """Write recordings of one format, one after the other, `pause` seconds of silence between two."""
    with wave.open(str(path), "wb") as joined:
        for number, part in enumerate(parts):
            with wave.open(str(part), "rb") as file:
                if number == 0:
                    joined.setparams(file.getparams())
                else:
                    joined.writeframes(bytes(round(pause * file.getframerate()) * file.getsampwidth()))
                joined.writeframes(file.readframes(file.getnframes()))


def _speech(loudness: list[float]) -> tuple[float, float] | None:
    threshold = max(loudness) * _SPEECH
    if max(loudness) < _SOUND:
        return None
    voiced = [number for number, frame in enumerate(loudness) if frame >= threshold]
    return voiced[0] * _FRAME_SECONDS, (voiced[-1] + 1) * _FRAME_SECONDS


def _loudness(frame: bytes, width: int) -> float:
    """Return the root mean square of the samples, as a part of full scale."""
    samples = list(_samples(frame, width))
    return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples))) / (1 << (8 * width - 1))


def _samples(frame: bytes, width: int) -> Iterator[int]:
    if width == 2 and sys.byteorder == "little":
        yield from array.array("h", frame[: len(frame) // 2 * 2])
        return
    for start in range(0, len(frame) - width + 1, width):
        sample = frame[start : start + width]
        # The one format of WAV without a sign is the one of 8 bits.
        yield sample[0] - 128 if width == 1 else int.from_bytes(sample, "little", signed=True)
