"""What may be spoken, and where in it speech begins and ends."""

import math
import wave
from pathlib import Path

import pytest

from script.house.errors import RecordingError
from script.house.recording import is_sound, read, write_silence


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8000, 16000, 44100])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_speech_is_found_in_any_pcm_format(tmp_path: Path, width: int, rate: int, channels: int) -> None:
    """Half a second of silence, a second of a tone, half a second of silence."""
    file = tmp_path / "tone.wav"
    loudest = (1 << (8 * width - 1)) - 1
    tone = (round(0.5 * loudest * math.sin(at * 440 * math.tau / rate)) for at in range(rate))
    samples = [0] * (rate // 2) + list(tone) + [0] * (rate // 2)
    with wave.open(str(file), "wb") as out:
        out.setframerate(rate)
        out.setsampwidth(width)
        out.setnchannels(channels)
        out.writeframes(b"".join(_sample(sample, width) * channels for sample in samples))
    recording = read(file)
    assert recording.seconds == pytest.approx(2.0)
    assert recording.speech == pytest.approx((0.5, 1.5), abs=0.02)
    assert is_sound(file)


def test_silence_holds_no_speech(tmp_path: Path) -> None:
    write_silence(tmp_path / "silence.wav", 0.5)
    assert read(tmp_path / "silence.wav").speech is None
    assert not is_sound(tmp_path / "silence.wav")


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"no WAV at all, but long enough to be one", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x03\0"]
)
def test_what_is_no_wav_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "speech.wav"
    file.write_bytes(content)
    with pytest.raises(RecordingError, match=r"speech\.wav is not a WAV file"):
        read(file)


def test_a_wav_without_audio_is_refused(tmp_path: Path) -> None:
    write_silence(tmp_path / "empty.wav", 0.0)
    with pytest.raises(RecordingError, match="holds no audio"):
        read(tmp_path / "empty.wav")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read: Is a directory"):
        read(tmp_path)


def _sample(value: int, width: int) -> bytes:
    return bytes([value + 128]) if width == 1 else value.to_bytes(width, "little", signed=True)
