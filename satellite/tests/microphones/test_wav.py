"""Recordings as a microphone."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from athena_satellite import microphones
from athena_satellite.errors import DeviceError
from athena_satellite.microphones import Microphone, Stage
from athena_satellite.trace import Trace
from tests.conftest import until, write_wav
from tests.peers import room


class Bench:
    """A microphone, all that it heard, and when."""

    def __init__(self, folder: Path, description: str) -> None:
        self.trace_path = folder / "trace.jsonl"
        self.stage = Stage(trace=Trace.open(self.trace_path))
        self.microphone: Microphone = microphones.create(description, self.stage)
        self.heard = bytearray()
        self.pieces = 0

    def hear(self, audio: bytes) -> None:
        self.heard += audio
        self.pieces += 1

    def spoken(self) -> bytes:
        return bytes(self.heard).strip(b"\0")

    def trace(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.trace_path.read_text().splitlines()]


@asynccontextmanager
async def hearing(folder: Path, description: str) -> AsyncIterator[Bench]:
    bench = Bench(folder, description)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(bench.microphone.run(bench.hear, lambda: None))
        yield bench
        running.cancel()
    bench.stage.trace.close()


SPEECH = room(0.2, level=2_000)
MORE = room(0.1, level=9_000)


async def test_a_file_is_heard_once_as_soon_as_someone_listens_and_silence_before_and_after(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, SPEECH)
    async with hearing(tmp_path, f"wav:{path}") as bench:
        await until(lambda: bench.pieces > 5)
        assert bench.spoken() == b""
        bench.stage.listening.set()
        await until(lambda: len(bench.spoken()) == len(SPEECH.strip(b"\0")))
        after = bench.pieces
        await until(lambda: bench.pieces > after + 10)
        assert bench.spoken() == SPEECH.strip(b"\0")
        assert path.exists()
        assert {key: bench.trace()[0][key] for key in ("step", "turn", "file", "seconds")} == {
            "step": "microphone",
            "turn": None,
            "file": str(path),
            "seconds": 0.2,
        }


async def test_a_recording_says_once_that_it_waits_for_home_assistant(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    path = tmp_path / "a.wav"
    write_wav(path, SPEECH)
    async with hearing(tmp_path, f"wav:{path}") as bench:
        await until(lambda: bench.pieces > 5)
        bench.stage.listening.set()
        await until(bench.trace)
    assert [record.getMessage() for record in caplog.records] == [f"The recording {path} waits for Home Assistant"]


async def test_time_passes_as_it_is_heard(tmp_path: Path) -> None:
    async with hearing(tmp_path, f"wav:{tmp_path}") as bench:
        begin = asyncio.get_running_loop().time()
        await until(lambda: bench.pieces >= 20)
        passed = asyncio.get_running_loop().time() - begin
        assert passed >= len(bench.heard) / 32_000 - 0.06  # never faster than a microphone
        assert {len(bench.heard) / bench.pieces} == {960.0}


async def test_what_appears_in_a_folder_is_heard_in_the_order_of_names_and_marked(tmp_path: Path) -> None:
    folder = tmp_path / "said"
    folder.mkdir()
    write_wav(folder / "2.wav", MORE)
    write_wav(folder / "1.wav", SPEECH)
    async with hearing(tmp_path, f"wav:{folder}") as bench:
        await until(lambda: len(bench.trace()) == 2)
        await until((folder / "2.wav.spoken").exists)
        assert [Path(entry["file"]).name for entry in bench.trace()] == ["1.wav", "2.wav"]
        write_wav(folder / "1.wav", MORE)  # the same name again is a new recording
        await until(lambda: len(bench.trace()) == 3)
        await until(lambda: bytes(bench.heard).count(MORE) == 2)
        assert SPEECH in bytes(bench.heard)
        await until(lambda: sorted(path.name for path in folder.iterdir()) == ["1.wav.spoken", "2.wav.spoken"])


async def test_a_wav_that_is_not_one_is_logged_once_skipped_and_marked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "said"
    folder.mkdir()
    (folder / "1.wav").write_bytes(b"not a recording")
    write_wav(folder / "2.wav", SPEECH)
    async with hearing(tmp_path, f"wav:{folder}") as bench:
        await until((folder / "2.wav.spoken").exists)
        assert [Path(entry["file"]).name for entry in bench.trace()] == ["2.wav"]
    assert (folder / "1.wav.rejected").exists()
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", f"{folder / '1.wav'} is not a WAV file: file does not start with RIFF id; it is skipped")
    ]


async def test_what_cannot_be_renamed_is_heard_only_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "said"
    folder.mkdir()
    write_wav(folder / "1.wav", SPEECH)

    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    async with hearing(tmp_path, f"wav:{folder}") as bench:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", refuse)  # root may rename anywhere, so no folder can refuse it
            await until(lambda: "it is not spoken again" in caplog.text)
        write_wav(folder / "2.wav", MORE)
        await until((folder / "2.wav.spoken").exists)
        assert [Path(entry["file"]).name for entry in bench.trace()] == ["1.wav", "2.wav"]


async def test_a_folder_that_is_gone_is_a_device_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "said"
    folder.mkdir()
    bench = Bench(tmp_path, f"wav:{folder}")
    folder.rmdir()
    with pytest.raises(ExceptionGroup) as caught:
        await bench.microphone.run(bench.hear, lambda: None)
    assert caught.group_contains(DeviceError, match="cannot be read: No such file or directory")
    bench.stage.trace.close()


async def test_any_format_is_heard_at_16_khz(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, b"\0\x20" * 2 * 44_100, rate=44_100, channels=2)
    async with hearing(tmp_path, f"wav:{path}") as bench:
        bench.stage.listening.set()
        await until(lambda: bytes(bench.heard).count(b"\0\x20") > 15_000)
        assert bench.trace()[0]["seconds"] == 1.0
