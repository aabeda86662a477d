"""What survives a restart."""

import asyncio
import json
import threading
import time
from pathlib import Path

import pytest

from athena_satellite import memory
from athena_satellite.memory import Memory, Remembered
from athena_satellite.supervise import supervise
from athena_satellite.turn import events
from athena_satellite.turn.timers import Timer
from tests.conftest import until


def timer(number: int, *, name: str | None = "pasta", seconds: float = 60.0, active: bool = True) -> Timer:
    return Timer(id=str(number), name=name, seconds=seconds, active=active, number=number)


async def written(memory: Memory, path: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        done = asyncio.Event()
        running = tasks.create_task(memory.run(done.set))
        await done.wait()
        running.cancel()
    assert [file.name for file in path.parent.iterdir()] == [path.name]  # nothing is left beside it


async def test_timers_go_on_where_they_stand_and_mute_stays(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    memory = Memory(path)
    memory.keep_timers([timer(1), timer(2, name=None, seconds=30.0, active=False)])
    memory.keep_mute(muted=True)
    await written(memory, path)
    remembered = Memory(path).recall()
    assert remembered.muted
    running, started, paused = remembered.facts
    assert isinstance(running, events.TimerStarted)
    assert 30 < running.seconds <= 60
    assert (running.timer, running.name) == ("1", "pasta")
    assert started == events.TimerStarted(timer="2", seconds=30.0)
    assert paused == events.TimerUpdated(timer="2", seconds=30.0, active=False)


async def test_a_timer_that_was_over_meanwhile_rings_at_once_and_one_of_long_ago_no_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "memory.json"
    entries = [
        {"id": "1", "name": "pasta", "seconds": 60.0, "since": time.time() - 120},
        {"id": "2", "name": "egg", "seconds": 60.0, "since": time.time() - 7_200},
    ]
    path.write_text(json.dumps({"muted": False, "timers": entries}))
    assert Memory(path).recall().facts == (events.TimerStarted(timer="1", name="pasta", seconds=0.0),)
    assert "The timer egg was over while this satellite did not run" in caplog.text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"timers": [{}], "muted": false}', '{"timers": 7}', "\0"])
def test_a_file_that_is_none_is_told_of_and_taken_for_empty(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "memory.json"
    path.write_text(text)
    assert Memory(path).recall() == Remembered()
    assert f"{path} is not what this satellite wrote" in caplog.text


def test_no_file_yet_is_nothing_to_tell_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Memory(tmp_path / "memory.json").recall() == Remembered()
    assert caplog.text == ""


async def test_a_disk_that_refuses_is_told_of_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    path = tmp_path / "folder" / "memory.json"
    path.parent.touch()  # a file where the folder should be, as good as a full disk
    memory = Memory(path)
    memory.keep_mute(muted=True)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(supervise("Memory", memory.run, retry_seconds=0.01))
        await until(lambda: "Memory is away" in caplog.text)
        path.parent.unlink()
        await until(lambda: "Memory is back" in caplog.text)
        running.cancel()
    assert Memory(path).recall().muted
    assert caplog.text.count("Memory is away") == 1


async def test_what_changes_while_it_is_written_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "memory.json"
    kept = Memory(path)
    kept.keep_mute(muted=True)
    begun, go_on, write = threading.Event(), threading.Event(), memory._write

    def slowly(path: Path, text: str) -> None:
        begun.set()
        go_on.wait()
        write(path, text)

    monkeypatch.setattr(memory, "_write", slowly)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(kept.run(lambda: None))
        await asyncio.to_thread(begun.wait)
        kept.keep_mute(muted=False)
        go_on.set()
        await until(lambda: path.exists() and not json.loads(path.read_text())["muted"])
        running.cancel()
