"""Phrases kept in a folder."""

import os
from pathlib import Path

import pytest

from athena_voice.tts.store import PhraseFolder

NAMES = ("a" * 64, "b" * 64, "c" * 64)


def opened(path: Path, limit: int = 10_000) -> PhraseFolder:
    folder = PhraseFolder(path, limit=limit)
    folder.open()
    return folder


def files(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir())


def test_a_phrase_is_there_after_a_restart(tmp_path: Path) -> None:
    opened(tmp_path / "new" / "folder").put(NAMES[0], b"sound")
    folder = opened(tmp_path / "new" / "folder")
    assert folder.has(NAMES[0])
    assert folder.get(NAMES[0]) == b"sound"
    assert not folder.has(NAMES[1])
    assert folder.get(NAMES[1]) is None


@pytest.mark.parametrize("damage", [b"", b"athena phrase 1\n", b"x" * 100, None], ids=["empty", "cut", "other", "bit"])
def test_a_corrupt_file_is_removed_and_made_again(tmp_path: Path, damage: bytes | None) -> None:
    folder = opened(tmp_path)
    folder.put(NAMES[0], b"sound")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"!" if damage is None else damage)
    folder = opened(tmp_path)
    assert folder.get(NAMES[0]) is None
    assert files(tmp_path) == []
    folder.put(NAMES[0], b"sound")
    assert file.read_bytes() == whole


def test_the_oldest_go_first_when_the_folder_is_full(tmp_path: Path) -> None:
    folder = opened(tmp_path, limit=400)
    for name in NAMES[:2]:
        folder.put(name, bytes(100))
    for age, name in enumerate(NAMES[:2]):
        os.utime(tmp_path / f"{name}.phrase", (1000 - age, 1000 - age))  # the second is older
    folder = opened(tmp_path, limit=400)
    folder.put(NAMES[2], bytes(100))
    assert files(tmp_path) == [f"{NAMES[0]}.phrase", f"{NAMES[2]}.phrase"]
    opened(tmp_path, limit=200)
    assert files(tmp_path) == [f"{NAMES[2]}.phrase"], "a smaller limit holds at the next start"


def test_what_a_killed_server_left_unfinished_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / f"{NAMES[0]}.123.new").write_bytes(b"athena")
    (tmp_path / "notes.txt").write_text("mine")
    opened(tmp_path)
    assert files(tmp_path) == ["notes.txt"]


def test_a_folder_that_cannot_be_written_is_told_of_once_and_once_when_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    path = tmp_path / "cache"
    path.write_text("a file")
    folder = opened(path)
    folder.put(NAMES[0], b"sound")
    path.unlink()
    path.mkdir()
    folder.put(NAMES[0], b"sound")
    folder.put(NAMES[1], b"sound")
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "they are kept in memory only" in caplog.messages[0]
    assert folder.get(NAMES[1]) == b"sound"
