"""The trace."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import override

import pytest

from athena_satellite.trace import Trace


def test_each_step_is_in_the_file_as_it_happens(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text('{"step": "before"}\n')
    trace = Trace.open(path)
    trace.write("wake", "t1", name="hey_jarvis")
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    assert entries[0] == {"step": "before"}
    assert {key: entries[1][key] for key in ("turn", "step", "name")} == {
        "turn": "t1",
        "step": "wake",
        "name": "hey_jarvis",
    }
    at = datetime.fromisoformat(entries[1]["at"])
    assert at.utcoffset() is not None
    assert len(entries[1]["at"]) == len("2026-11-20T20:37:05.123456+00:00")
    trace.close()


class FullDisk(StringIO):
    @override
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_ends_the_trace_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    trace = Trace(FullDisk())
    trace.write("wake", "t1")
    trace.write("end", "t1")
    assert [record.getMessage() for record in caplog.records] == [
        "The trace ends here: [Errno 28] No space left on device"
    ]


def test_without_a_file_nothing_happens() -> None:
    trace = Trace.open(None)
    trace.write("wake", "t1")
    trace.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_real_full_disk_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    trace = Trace.open(Path("/dev/full"))
    for _ in range(3):
        trace.write("wake", "t1")
    trace.close()
    assert [record.getMessage() for record in caplog.records] == [
        "The trace ends here: [Errno 28] No space left on device"
    ]
