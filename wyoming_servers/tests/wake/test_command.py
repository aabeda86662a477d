"""The command `athena-voice wake`: settings that are refused."""

from pathlib import Path

import pytest

from ..command import ANYWHERE, ended


@pytest.mark.parametrize("flag", ["--threshold", "--refractory"])
async def test_an_unknown_wake_word_is_refused_at_the_start_with_what_there_is(flag: str) -> None:
    left = await ended("wake", *ANYWHERE, flag, "computer=0.5")
    assert left.status == 1
    assert left.said == [
        "athena-voice: unknown wake word 'computer'; this server has alexa, hey_jarvis, hey_mycroft, okay_nabu"
    ]


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
    left = await ended("wake", *ANYWHERE, "=".join(arguments))
    assert left.status == 2
    assert says in left.err


async def test_a_folder_of_models_that_is_not_there_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    left = await ended("wake", *ANYWHERE, "--models", str(tmp_path / "nowhere"))
    assert left.status == 1
    assert left.said == [
        f"athena-voice: the folder of models {tmp_path / 'nowhere'} cannot be read: No such file or directory"
    ]
