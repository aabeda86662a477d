"""Every file of sentences has a mirror here, and says what its mirror says."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.athena import capabilities
from custom_components.athena.agent.sentences import FOLDER, NOTHING, Home, Things, load_sentences, slots_of
from custom_components.athena.const import LANGUAGE
from custom_components.athena.intents import ALL

MIRRORS = Path(__file__).parent / "sentences"
AREAS = [("Living Room", "living_room"), ("Kitchen", "kitchen"), ("Bedroom", "bedroom")]
THINGS = Things(
    places=[(name, name) for name, _ in AREAS],
    to_do_lists=[("Chores", "Chores"), ("Groceries", "Groceries")],
    players=[("TV", "TV"), ("Speaker", "Speaker")],
    forecasts=[("Home", "Home"), ("London", "London")],
    vacuums=[("Rover", "Rover")],
    names=frozenset({"lamp", "oven timer", "tv", "speaker", "chores", "rover", "london", "home"}),
    switches=frozenset({"lamp", "brown noise fan"}),
)
HOME = Home(areas=AREAS, scenes=[("Movie Night", "movie_night")], things=THINGS, here="Kitchen")


def _said() -> list[Any]:
    return [
        pytest.param(mirror.parent.name, sentence, test, id=f"{mirror.stem}: {sentence}")
        for mirror in sorted(MIRRORS.rglob("*.yaml"))
        for test in yaml.safe_load(mirror.read_text("utf-8"))["tests"]
        for sentence in test["sentences"]
    ]


@pytest.mark.parametrize(("language", "sentence", "test"), _said())
def test_sentence(language: str, sentence: str, test: dict[str, Any]) -> None:
    """Without `ringing` it means the same whether an alarm rings or not; with it, nothing while none does.

    With `silent` it means something else while one rings; with `shopping` the home keeps a shopping list; with `bare`
    it has nothing that sentences name.
    """
    home = replace(HOME, shopping=test.get("shopping", False), things=NOTHING if test.get("bare") else THINGS)
    for ringing in (False,) if test.get("silent") else (False, True):
        result = load_sentences(language).recognize(sentence, replace(home, ringing=ringing))
        if test["intent"] == "none" or (test.get("ringing") and not ringing):
            assert result is None
        else:
            assert result is not None
            assert {"name": result.intent.name, "slots": slots_of(result)} == test["intent"]


def test_every_file_has_its_mirror_and_every_intent_its_file() -> None:
    files = {str(file.relative_to(FOLDER)) for file in FOLDER.glob("*/*.yaml") if not file.name.startswith("_")}
    files |= {f"{LANGUAGE}/{one.key}.yaml" for one in capabilities.ALL if one.sentences}
    assert {str(file.relative_to(MIRRORS)) for file in MIRRORS.rglob("*.yaml")} == files
    for language in {file.split("/")[0] for file in files}:
        intents = {
            name
            for file in (FOLDER / language).glob("*.yaml")
            for name in yaml.safe_load(file.read_text("utf-8")).get("intents", {})
        }
        assert {name for name in intents if name.startswith("Athena")} == {handler.intent_type for handler in ALL}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Jarvis, turn off the lights", "turn off the lights"),
        ("hey athena turn off the lights", "turn off the lights"),
        ("Okay Arvis… status", "status"),
        ("turn on Jarvis", "turn on Jarvis"),
        ("athenaeum hours", "athenaeum hours"),
        ("Jarvis", "Jarvis"),
        ("um what's the status", "what's the status"),
        ("uh, Jarvis, erm, status", "status"),
        ("umbrella lamp on", "umbrella lamp on"),
        ("hey there", "hey there"),
        ("um", "um"),
    ],
)
def test_the_name_of_the_one_who_is_asked_is_not_part_of_what_is_asked(said: str, asked: str) -> None:
    assert load_sentences("en").without_address(said) == asked


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError, match="tlh"):
        load_sentences("tlh")


def test_the_samples_are_understood_and_not_too_many_for_an_ear() -> None:
    sentences = load_sentences("en")
    home = replace(HOME, shopping=True)
    samples = sentences.samples(home)
    assert {"focus mode", "Movie Night mode", "i'm still awake", "quiet mode", "stop the alarm"} <= set(samples)
    assert 100 < len(samples) < 800
    assert all(sentences.recognize(sample, home) for sample in samples)


def test_a_home_without_rooms_has_samples_and_no_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    samples = load_sentences("en").samples(Home())
    assert {"focus mode", "i'm still awake", "status"} <= set(samples)
    assert not [sample for sample in samples if "{" in sample]
    assert caplog.text == ""


def test_a_scene_of_the_user_is_known_only_where_there_is_one() -> None:
    assert load_sentences("en").recognize("movie night mode", Home(areas=AREAS)) is None
