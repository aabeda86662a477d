"""A name that things of several rooms have is said with the room: the name alone would not tell which is meant."""

from typing import Final

import pytest

from custom_components.athena.agent.home import Area, Entity, Home
from custom_components.athena.agent.reading import Answer
from custom_components.athena.agent.resolver.questions.questions import Questions

from ...guard.homes import Is
from .asked_home import make_questions, situation

AREAS: Final = {"bedroom": "Bedroom", "kitchen": "Kitchen", "hall": "Hall"}
THINGS: Final = {
    "light.kitchen": ("Light", "kitchen"),
    "light.bedroom": ("light", "bedroom"),
    "light.counter": ("Counter Light", "kitchen"),
    "lock.kitchen": ("Kitchen Door", "kitchen"),
    "lock.hall": ("Kitchen Door", "hall"),
    "fan.one": ("Fan", "kitchen"),
    "fan.two": ("Fan", "kitchen"),
    "media_player.kitchen": ("LG", "kitchen"),
    "media_player.bedroom": ("LG", "bedroom"),
}


@pytest.fixture(scope="module")
def questions() -> Questions:
    """Return what answers questions about a home of such names."""
    return make_questions(
        Home(
            entities={id_: Entity(id=id_, names=(name,), area=area) for id_, (name, area) in THINGS.items()},
            areas={id_: Area(id=id_, names=(name,)) for id_, name in AREAS.items()},
        )
    )


def _ask(questions: Questions, text: str, area: str | None = None, **states: str) -> str | None:
    there = {id_: Is(states.get(id_.replace(".", "_"), "off")) for id_ in THINGS}
    asked = situation(area=area)
    reading = questions.read(text, asked.__class__(states=there.get, area=asked.area))
    return reading.speech if isinstance(reading, Answer) else None


def test_each_thing_is_said_with_its_room(questions: Questions) -> None:
    lit = {"light_kitchen": "on", "light_bedroom": "on"}
    assert _ask(questions, "is any light on", **lit) == "Yes, the kitchen light and the bedroom light."
    assert _ask(questions, "which lights are on", **lit) == "The kitchen light and the bedroom light."
    assert _ask(questions, "are all lights off", light_bedroom="on") == "No, the bedroom light is on."


def test_the_room_is_said_in_the_room_too(questions: Questions) -> None:
    assert _ask(questions, "are any lights on in the house", "kitchen", light_kitchen="on") == (
        "Yes, the kitchen light."
    )


def test_a_name_of_its_own_needs_no_room(questions: Questions) -> None:
    assert _ask(questions, "which lights are on in the kitchen", light_counter="on") == "The counter light."


def test_a_name_that_has_the_room_already_does_not_get_it_twice(questions: Questions) -> None:
    locks = {"lock_kitchen": "unlocked", "lock_hall": "locked"}
    assert _ask(questions, "which doors are unlocked", **locks) == "The kitchen door."


def test_a_room_that_tells_nothing_apart_is_not_said(questions: Questions) -> None:
    assert _ask(questions, "which fans are on", fan_one="on") == "The fan."


def test_a_proper_name_gets_its_room_too(questions: Questions) -> None:
    assert _ask(questions, "which media players are playing", media_player_bedroom="playing") == "Bedroom LG."


@pytest.mark.parametrize("text", ["is any light on", "is a light on", "is there a light on"])
def test_any_light_is_any_of_the_kind_though_some_are_called_just_that(questions: Questions, text: str) -> None:
    assert _ask(questions, text, light_counter="on") == "Yes, the counter light."
