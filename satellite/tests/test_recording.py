"""WAV files, and files that are none."""

import struct
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_satellite.errors import RecordingError
from athena_satellite.recording import read_recording
from tests.conftest import write_wav

SHARED = Path(__file__).parents[3] / "shared" / "audio"


@pytest.mark.parametrize(("rate", "width", "channels"), [(8_000, 1, 1), (22_050, 2, 2), (44_100, 3, 2), (48_000, 4, 1)])
def test_any_rate_width_and_channels(tmp_path: Path, rate: int, width: int, channels: int) -> None:
    path = tmp_path / "any.wav"
    write_wav(path, bytes(rate * width * channels), rate=rate, width=width, channels=channels)
    assert len(read_recording(path)) == pytest.approx(32_000, abs=4)


def test_people_recorded_in_stereo_at_44_khz() -> None:
    path = SHARED / "turn_on_the_living_room_lamp.wav"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    samples = np.frombuffer(read_recording(path), "<i2")
    assert len(samples) > 16_000
    assert np.abs(samples).max() > 1_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a WAV file: it ends within its header"),
        (b"RIFF", "is not a WAV file: it ends within its header"),
        (b"ID3 this is music" * 50, "is not a WAV file: file does not start with RIFF id"),
        (b"RIFF\x24\0\0\0WAVE" + b"\0" * 100, "is not a WAV file"),
        (
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + struct.pack("<HHIIHH", 3, 1, 16_000, 64_000, 4, 32) + b"data\0\0\0\0",
            "is not a WAV file: unknown format: 3",
        ),
        (
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + struct.pack("<HHIIHH", 1, 1, 0, 0, 2, 16) + b"data\2\0\0\0\0\0",
            "is not a WAV file that can be heard: it claims Format(rate=0, width=2, channels=1)",
        ),
        (
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16) + b"data\0\0\0\0",
            "has no audio in it",
        ),
    ],
    ids=["empty", "cut within the header", "music", "no chunks", "floating point", "no rate", "no samples"],
)
def test_a_wav_that_is_not_one(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "not.wav"
    path.write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        read_recording(path)
    assert str(caught.value).startswith(str(path))
    assert reason in str(caught.value)


@given(st.lists(st.tuples(st.integers(0, 47), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 200))
def test_no_header_whatever_does_more_than_be_refused(changes: list[tuple[int, int]], length: int) -> None:
    form = struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16)
    content = bytearray(b"RIFF\xc4\0\0\0WAVEfmt \x10\0\0\0" + form + b"data\xa0\0\0\0" + bytes(160))[:length]
    for offset, value in changes:
        content[offset : offset + 1] = bytes([value])
    with TemporaryDirectory() as folder:
        path = Path(folder, "any.wav")
        path.write_bytes(content)
        with suppress(RecordingError):
            assert read_recording(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no\.wav cannot be read: No such file or directory$"):
        read_recording(tmp_path / "no.wav")


def test_a_header_that_promises_hours(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    form = struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16)
    path.write_bytes(
        b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0" + form + b"data" + struct.pack("<I", 0x7FFFFFF0) + b"\0" * 64
    )
    with pytest.raises(RecordingError, match="is longer than 10 minutes"):
        read_recording(path)


def test_a_file_that_was_cut_short_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    write_wav(path, bytes(range(256)) * 100)
    whole = path.read_bytes()
    path.write_bytes(whole[: 44 + 1_001])
    assert read_recording(path) == whole[44 : 44 + 1_000]
