"""The command `athena-voice wake`: settings that are refused."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from ..conftest import DEADLINE_SECONDS


async def _run(*arguments: str) -> tuple[int | None, str]:
    command = (sys.executable, "-m", "athena_voice", "wake", "--uri", "tcp://127.0.0.1:0", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stderr=PIPE)
    async with asyncio.timeout(DEADLINE_SECONDS):
        _, err = await process.communicate()
    return process.returncode, err.decode()


@pytest.mark.parametrize("flag", ["--threshold", "--refractory"])
async def test_an_unknown_wake_word_is_refused_at_the_start_with_what_there_is(flag: str) -> None:
    status, err = await _run(flag, "computer=0.5")
    assert status == 1
    *_, last = err.splitlines()
    assert last == (
        "athena-voice: unknown wake word 'computer'; this server has alexa, hey_jarvis, hey_mycroft, okay_nabu"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--threshold", "1.5"), "1.5 is not between 0.01 and 0.999"),
        (("--threshold", "hey_jarvis=0"), "0 is not between 0.01 and 0.999"),
        (("--threshold", "hey_jarvis=nan"), "nan is not between 0.01 and 0.999"),
        (("--threshold", "hey_jarvis"), "'hey_jarvis' is not a number"),
        (("--refractory", "-1"), "-1 is not between 0 and 60"),
        (("--engine", "porcupine"), "invalid choice: 'porcupine'"),
    ],
)
async def test_values_out_of_range_are_exit_code_2(arguments: tuple[str, str], says: str) -> None:
    status, err = await _run("=".join(arguments))
    assert status == 2
    assert says in err


async def test_a_folder_of_models_that_is_not_there_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    status, err = await _run("--models", str(tmp_path / "nowhere"))
    assert status == 1
    *_, last = err.splitlines()
    assert last == (
        f"athena-voice: the folder of models {tmp_path / 'nowhere'} cannot be read: No such file or directory"
    )
