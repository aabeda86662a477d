"""Any format in, 16 kHz 16-bit mono out."""

import numpy as np
import pytest
from numpy.typing import NDArray

from athena_voice.audio import Ear, Samples


def tone(rate: int, hertz: float, seconds: float = 1.0) -> NDArray[np.float64]:
    return 10_000 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


def heard(ear: Ear, audio: bytes, chunk: int = 10_000) -> Samples:
    parts = [ear.hear(audio[start : start + chunk]) for start in range(0, len(audio), chunk)]
    return np.concatenate((*parts, ear.finish()))


def as_bytes(wave: NDArray[np.float64], width: int) -> bytes:
    match width:
        case 1:
            return (np.rint(wave / 256) + 128).astype(np.uint8).tobytes()
        case 2:
            return wave.astype("<i2").tobytes()
        case 3:
            return (wave * 256).astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
        case _:
            return (wave * 65536).astype("<i4").tobytes()


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_a_tone_is_the_same_tone(rate: int, width: int) -> None:
    found = heard(Ear(rate=rate, width=width, channels=1), as_bytes(tone(rate, 440), width))
    middle = slice(4000, 12_000)
    assert len(found) == pytest.approx(16_000, abs=2)
    assert np.abs(found[middle] - tone(16_000, 440)[middle]).max() < (200 if width == 1 else 30)


def test_channels_are_mixed() -> None:
    stereo = np.stack((tone(16_000, 440), np.zeros(16_000)), axis=1)
    found = heard(Ear(rate=16_000, width=2, channels=2), stereo.astype("<i2").tobytes())
    assert np.abs(found - tone(16_000, 440) / 2).max() <= 1


def test_what_is_above_8_khz_does_not_fold_back() -> None:
    found = heard(Ear(rate=48_000, width=2, channels=1), as_bytes(tone(48_000, 11_000), 2))
    assert np.abs(found[2000:14_000]).max() < 10


@pytest.mark.parametrize("chunk", [1, 3, 7, 1000, 10**6])
def test_chunks_of_any_size_are_the_same_sound(chunk: int) -> None:
    audio = as_bytes(np.repeat(tone(44_100, 440, 0.1), 2), 2)
    whole = heard(Ear(rate=44_100, width=2, channels=2), audio)
    assert np.abs(heard(Ear(rate=44_100, width=2, channels=2), audio, chunk) - whole).max() <= 1


def test_positions_are_counted_in_what_came_in() -> None:
    ear = Ear(rate=48_000, width=2, channels=1)
    ear.hear(bytes(2 * 4800))
    assert ear.heard == 1600
