"""WAV files that the tests make and read; 16-bit all of them."""

import array
import math
import wave
from pathlib import Path


def tone(path: Path, seconds: float, *, rate: int = 22_050, pitch: float = 440.0) -> Path:
    """Write a tone that begins in silence and grows to its end."""
    count = round(seconds * rate)
    samples = array.array(
        "h", (round(9000 * at / count * math.sin(math.tau * pitch * at / rate)) for at in range(count))
    )
    return _write(path, samples.tobytes(), rate)


def joined(path: Path, *parts: Path) -> Path:
    """Write recordings of one rate, one after the other."""
    with wave.open(str(parts[0]), "rb") as first:
        rate = first.getframerate()
    return _write(path, b"".join(frames(part) for part in parts), rate)


def stereo_48k(path: Path, recording: Path) -> Path:
    """Write a mono recording of 16 kHz as a sound card of 48 kHz and two channels would have heard it."""
    samples = array.array("h", frames(recording))
    upsampled = array.array("h")
    for sample, after in zip(samples, [*samples[1:], 0], strict=True):
        for part in range(3):
            between = (sample * (3 - part) + after * part) // 3
            upsampled.extend((between, between))
    return _write(path, upsampled.tobytes(), 48_000, channels=2)


def frames(path: Path) -> bytes:
    """Return the audio of a file."""
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes())


def seconds(path: Path) -> float:
    """Return the length of a file."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def longest_silence(path: Path) -> float:
    """Return the length of the longest perfect silence in a mono file."""
    silent, longest = 0, 0
    for sample in array.array("h", frames(path)):
        silent = 0 if sample else silent + 1
        longest = max(longest, silent)
    with wave.open(str(path), "rb") as file:
        return longest / file.getframerate()


def _write(path: Path, audio: bytes, rate: int, *, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setframerate(rate)
        file.setsampwidth(2)
        file.setnchannels(channels)
        file.writeframes(audio)
    return path
