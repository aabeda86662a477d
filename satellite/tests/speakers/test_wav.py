"""A folder as a speaker."""

import asyncio
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from athena_satellite import speakers
from athena_satellite.audio import Format
from athena_satellite.errors import DeviceError

FORM = Format(rate=8_000, width=2, channels=2)
TENTH = bytes(range(100)) * 32  # a tenth of a second


async def pieces(*audio: bytes, before_last: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    for piece in audio[:-1]:
        yield piece
    if before_last is not None:
        await before_last.wait()
    for piece in audio[-1:]:
        yield piece


async def test_each_playback_is_a_file_of_its_own_that_appears_complete(tmp_path: Path) -> None:
    speaker = speakers.create(f"wav:{tmp_path / 'out'}")
    begun: list[bool] = []
    for number in (1, 2):
        assert await speaker.play(pieces(TENTH, TENTH), FORM, lambda: begun.append(True)) == pytest.approx(0.2)
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            f"{n:04d}.wav" for n in range(1, number + 1)
        ]
    with wave.open(str(tmp_path / "out" / "0002.wav")) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (8_000, 2, 2)
        assert file.readframes(10_000) == TENTH * 2
    assert begun == [True, True]


async def test_it_takes_as_long_as_it_would_to_hear_it(tmp_path: Path) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await speakers.create(f"wav:{tmp_path}").play(pieces(*[TENTH] * 5), FORM, lambda: None)
    assert loop.time() - begin >= 0.5  # never sooner: then `played` would be a lie


async def test_a_gap_in_the_arrival_delays_the_end(tmp_path: Path) -> None:
    speaker = speakers.create(f"wav:{tmp_path}")
    begun, gap = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(speaker.play(pieces(TENTH, TENTH, before_last=gap), FORM, begun.set))
        await begun.wait()
        began_at = asyncio.get_running_loop().time()
        asyncio.get_running_loop().call_later(0.3, gap.set)
    assert playing.result() == pytest.approx(0.2)
    assert asyncio.get_running_loop().time() - began_at >= 0.39  # the gap, and the tenth that came after it


async def test_numbers_go_on_where_an_earlier_run_ended(tmp_path: Path) -> None:
    (tmp_path / "0041.wav").touch()
    (tmp_path / "notes.wav").touch()
    await speakers.create(f"wav:{tmp_path}").play(pieces(TENTH), FORM, lambda: None)
    assert (tmp_path / "0042.wav").exists()


async def test_nothing_to_play_makes_no_file_and_does_not_begin(tmp_path: Path) -> None:
    begun: list[bool] = []
    assert await speakers.create(f"wav:{tmp_path}").play(pieces(b""), FORM, lambda: begun.append(True)) == 0.0
    assert begun == []
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_gone_fails(tmp_path: Path) -> None:
    speaker = speakers.create(f"wav:{tmp_path / 'out'}")
    (tmp_path / "out").rmdir()
    with pytest.raises(DeviceError, match="out cannot be written: No such file or directory"):
        await speaker.play(pieces(TENTH), FORM, lambda: None)
