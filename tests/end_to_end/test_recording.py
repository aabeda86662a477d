"""What may be spoken, and where in it speech begins and ends."""

import json
import math
import subprocess
import wave
from pathlib import Path

import pytest

from script.house.errors import RecordingError
from script.house.house import ROOT
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


def _form(path: Path, *, rate: int = 16_000, width: int = 2, channels: int = 1, seconds: float = 0.1) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setframerate(rate)
        out.setsampwidth(width)
        out.setnchannels(channels)
        out.writeframes(bytes(round(rate * seconds) * width * channels))
    return path


def _is_accepted(path: Path) -> bool:
    try:
        read(path)
    except RecordingError:
        return False
    return True


def test_what_the_satellite_would_not_hear_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"low\.wav cannot be heard: 2000 Hz, 2 bytes, 1 channels"):
        read(_form(tmp_path / "low.wav", rate=2_000))
    with pytest.raises(RecordingError, match=r"long\.wav is longer than 10 minutes"):
        read(_form(tmp_path / "long.wav", rate=4_000, width=1, seconds=660))


def test_the_satellite_hears_what_is_accepted_and_nothing_else(tmp_path: Path) -> None:
    for rate in (1, 2_000, 3_999, 4_000, 384_000, 384_001):
        _form(tmp_path / f"rate {rate}.wav", rate=rate, seconds=1)
    for channels in (16, 17):
        _form(tmp_path / f"channels {channels}.wav", channels=channels)
    for seconds in (600, 600.01):
        _form(tmp_path / f"seconds {seconds}.wav", rate=4_000, width=1, seconds=seconds)
    for size in (4, 12, 43, 44, 45, 46):
        whole = _form(tmp_path / "cut.wav", width=2).read_bytes()
        (tmp_path / f"cut at {size}.wav").write_bytes(whole[:size])
    python = ROOT / "satellite" / ".venv" / "bin" / "python"
    ended = subprocess.run([python, "-c", _SATELLITE, tmp_path], capture_output=True, text=True, check=True)
    accepted = {path.name: _is_accepted(path) for path in tmp_path.glob("*.wav")}
    assert accepted == json.loads(ended.stdout)
    assert set(accepted.values()) == {True, False}


_SATELLITE = """
import json, pathlib, sys
from athena_satellite.errors import RecordingError
from athena_satellite.recording import read_recording

def is_heard(path):
    try:
        read_recording(path)
    except RecordingError:
        return False
    return True

print(json.dumps({path.name: is_heard(path) for path in pathlib.Path(sys.argv[1]).glob("*.wav")}))
"""


def _sample(value: int, width: int) -> bytes:
    return bytes([value + 128]) if width == 1 else value.to_bytes(width, "little", signed=True)
