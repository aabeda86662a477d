"""Every file of sentences has a mirror here, and says what its mirror says."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.athena.agent.sentences import FOLDER, Home, load_sentences, slots_of
from custom_components.athena.intents import ALL

MIRRORS = Path(__file__).parent / "sentences"
AREAS = [("Living Room", "living_room"), ("Kitchen", "kitchen"), ("Bedroom", "bedroom")]
HOME = Home(areas=AREAS, scenes=[("Movie Night", "movie_night")])
WHILE_IT_RINGS = replace(HOME, ringing=True)


def _said() -> list[Any]:
    return [
        pytest.param(mirror.parent.name, sentence, test["intent"], test.get("ringing"), id=f"{mirror.stem}: {sentence}")
        for mirror in sorted(MIRRORS.rglob("*.yaml"))
        for test in yaml.safe_load(mirror.read_text("utf-8"))["tests"]
        for sentence in test["sentences"]
    ]


@pytest.mark.parametrize(("language", "sentence", "expected", "ringing"), _said())
def test_sentence(language: str, sentence: str, expected: dict[str, Any] | str, ringing: bool | None) -> None:
    """Without `ringing` it means the same whether an alarm rings or not; with it, nothing while none does."""
    for home in (HOME, WHILE_IT_RINGS):
        result = load_sentences(language).recognize(sentence, home)
        if expected == "none" or (ringing and home is HOME):
            assert result is None
        else:
            assert isinstance(expected, dict)
            assert result is not None
            assert {"name": result.intent.name, "slots": slots_of(result)} == expected


def test_every_file_has_its_mirror_and_every_intent_its_file() -> None:
    files = {str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.yaml") if not file.name.startswith("_")}
    assert {str(file.relative_to(MIRRORS)) for file in MIRRORS.rglob("*.yaml")} == files
    for language in {file.split("/")[0] for file in files}:
        intents = {
            name
            for file in (FOLDER / language).glob("*.yaml")
            for name in yaml.safe_load(file.read_text("utf-8")).get("intents", {})
        }
        assert intents == {handler.intent_type for handler in ALL}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Jarvis, turn off the lights", "turn off the lights"),
        ("hey athena turn off the lights", "turn off the lights"),
        ("Okay Arvis… status", "status"),
        ("turn on Jarvis", "turn on Jarvis"),
        ("athenaeum hours", "athenaeum hours"),
        ("Jarvis", "Jarvis"),
    ],
)
def test_the_name_of_the_one_who_is_asked_is_not_part_of_what_is_asked(said: str, asked: str) -> None:
    assert load_sentences("en").without_address(said) == asked


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError, match="tlh"):
        load_sentences("tlh")


def test_the_samples_are_understood_and_not_too_many_for_an_ear() -> None:
    sentences = load_sentences("en")
    samples = sentences.samples(HOME)
    assert {"focus mode", "Movie Night mode", "i'm still awake", "quiet mode", "stop the alarm"} <= set(samples)
    assert 100 < len(samples) < 800
    assert all(sentences.recognize(sample, HOME) for sample in samples)


def test_a_scene_of_the_user_is_known_only_where_there_is_one() -> None:
    assert load_sentences("en").recognize("movie night mode", Home(areas=AREAS)) is None
