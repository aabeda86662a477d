"""The twenty entities that an utterance may be about."""

import pytest

from custom_components.athena.agent.llm.landmarks import landmarks_of
from custom_components.athena.agent.llm.retrieval import LIMIT, Retrieval, words_in
from script.agent.prompt_bench.recall import recall_of

from .homes import HOME, WORDS, large_home


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


def test_of_the_own_sets_nearly_all_is_shown_at_450_entities() -> None:
    recall = recall_of("manor")
    assert recall.by_words >= 0.99
    assert recall.shown >= recall.by_words
    assert recall.own >= 0.98
