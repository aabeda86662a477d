"""The twenty entities that an utterance may be about."""

import pytest

from custom_components.athena.agent.llm.landmarks import landmarks_of
from custom_components.athena.agent.llm.names import entities_in
from custom_components.athena.agent.llm.retrieval import LIMIT, Retrieval, words_in
from script.agent.prompt_bench.recall import UNSEEN, recall_of

from .homes import HOME, WORDS, home_of, large_home, thing


def _found(text: str, area: str | None = None, about: tuple[str, ...] = ()) -> list[str]:
    return [one.id for one in Retrieval(HOME, WORDS).find(text, area=area, about=about)]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("turn on the kitchen light", "light.kitchen"),
        ("the kitchn light", "light.kitchen"),
        ("bed room lamp", "light.bedroom"),
        ("what's the temperature in the chamber", "sensor.bedroom"),
        ("I fancy an espresso", "switch.coffee"),
        ("start the film", "scene.film"),
        ("thermostats", "climate.bedroom"),
    ],
)
def test_what_is_named_or_meant_is_found_first(said: str, first: str) -> None:
    assert _found(said)[0] == first


def test_a_wish_finds_what_helps() -> None:
    assert "fan.bedroom" in _found("it's stuffy", "bedroom")
    assert "light.bedroom" in _found("I can't see a thing", "bedroom")


def test_the_speakers_own_room_comes_first() -> None:
    assert _found("it's dark", "bedroom")[0] == "light.bedroom"
    assert _found("it's dark", "kitchen")[0] in {"light.kitchen", "light.counter", "light.plain"}


def test_what_was_spoken_of_is_found_again() -> None:
    assert _found("a bit more", about=("fan.bedroom",)) == ["fan.bedroom"]


@pytest.mark.parametrize("said", ["", "    ", "!!!", "灯", "the", "please " * 5000])
def test_what_says_nothing_finds_the_room_alone(said: str) -> None:
    assert _found(said) == []
    assert set(_found(said, "kitchen")) == {"light.kitchen", "light.counter", "light.plain", "switch.coffee"}


def test_it_is_the_same_each_time_and_never_more_than_twenty() -> None:
    home = large_home(450)
    first, again = Retrieval(home, WORDS).find("lamp"), Retrieval(home, WORDS).find("lamp")
    assert first == again
    assert len(first) == LIMIT


@pytest.mark.parametrize(
    ("said", "words"), [("the lights", ["the", "light"]), ("Anna's batteries", ["anna", "battery"])]
)
def test_words_lose_their_endings(said: str, words: list[str]) -> None:
    assert words_in(said) == words


def test_a_large_home_has_landmarks_and_a_small_one_needs_none() -> None:
    assert [one.id for one in landmarks_of(large_home(450), WORDS)] == ["switch.kiln"]
    assert landmarks_of(HOME, WORDS) == ()


def test_what_is_said_without_a_name_is_found_and_shown_at_450_entities() -> None:
    recall = recall_of("manor")
    assert recall.by_words >= 0.995
    assert recall.shown >= 0.995
    assert recall.own >= 0.98


@pytest.mark.parametrize("home", ["house", "manor", "ranch", "townhouse"])
def test_other_peoples_wishes_are_shown_what_they_mean(home: str) -> None:
    assert recall_of(home, UNSEEN).shown >= 0.99


def test_a_word_of_four_letters_is_not_taken_for_another() -> None:
    home = home_of(thing("valve.drip", "Drip Irrigation"), thing("light.kitchen", "Kitchen Light", area="kitchen"))
    assert Retrieval(home, WORDS).find("grip") == ()


def test_of_thirty_that_are_alike_not_all_are_shown() -> None:
    home = large_home(450)
    found = Retrieval(home, WORDS).find("it is cold, and the kiln is hot")
    assert "switch.kiln" in [one.id for one in found]
    assert len({one.area for one in found}) > 1


def test_some_of_the_speakers_room_is_shown_whatever_was_said() -> None:
    home = large_home(450)
    found = Retrieval(home, WORDS).find("where have all my slippers gone", area="a3")
    assert {"light.a3_0", "light.a3_1"} <= {one.id for one in found}


def test_of_one_name_what_acts_keeps_it_and_what_tells_says_what() -> None:
    twins = (
        thing("switch.kettle", "Kettle", area="kitchen"),
        thing("sensor.kettle", "Kettle", area="kitchen", device_class="power"),
    )
    labels = {name: target.entities[0].id for name, target in entities_in(home_of(*twins)).items()}
    assert labels == {"Kettle in Kitchen": "switch.kettle", "Kettle in Kitchen power": "sensor.kettle"}
