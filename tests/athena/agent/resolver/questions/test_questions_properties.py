"""What is true of every answer, whatever the states are."""

from collections.abc import Mapping
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from .asked_home import AREAS, THINGS, answer

LIGHTS: Final = tuple(id_ for id_ in THINGS if id_.startswith("light."))
WINDOWS: Final = tuple(id_ for id_ in THINGS if id_.endswith("_window"))
NAMES: Final = {id_: name.casefold() for id_, (name, *_) in THINGS.items()}
STATES: Final = st.sampled_from(("on", "off", "unavailable", "unknown"))


def states_of(ids: tuple[str, ...]) -> st.SearchStrategy[Mapping[str, str]]:
    """Return what the states of some things may be."""
    return st.fixed_dictionaries(dict.fromkeys(ids, STATES))


@settings(deadline=None)
@given(
    states=states_of(WINDOWS),
    question=st.sampled_from(("is any window open", "are any windows open", "is there a window open")),
)
def test_the_answer_is_yes_if_and_only_if_one_is_so(states: Mapping[str, str], question: str) -> None:
    told = answer(question, states)
    assert told.speech.startswith("Yes") is ("on" in states.values())
    assert set(told.matched) == {id_ for id_, state in states.items() if state == "on"}


@settings(deadline=None)
@given(states=states_of(WINDOWS))
def test_all_are_so_if_and_only_if_each_is_known_to_be(states: Mapping[str, str]) -> None:
    told = answer("are all the windows closed", states)
    assert (told.speech == "Yes.") is (set(states.values()) == {"off"})
    assert told.speech.startswith("No") is ("on" in states.values())


@settings(deadline=None)
@given(
    states=states_of(LIGHTS),
    question=st.sampled_from(("which lights are on", "are any lights on", "are all the lights off")),
)
def test_an_answer_names_only_things_of_this_home_and_claims_only_what_is_so(
    states: Mapping[str, str], question: str
) -> None:
    told = answer(question, states)
    assert set(told.about) == set(LIGHTS)
    assert {states[id_] for id_ in told.matched} <= {"off" if "off" in question else "on"}
    left = told.speech.casefold()
    for name in sorted(NAMES.values(), key=len, reverse=True):
        left = left.replace(name, "")
    assert not any(area.casefold() in left or "lamp" in left for area, _ in AREAS.values())


@settings(deadline=None)
@given(states=states_of(LIGHTS))
def test_the_number_is_that_of_those_that_are_named(states: Mapping[str, str]) -> None:
    count = answer("how many lights are on", states)
    assert count.matched == answer("which lights are on", states).matched
    number = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven")[len(count.matched)]
    assert count.speech.startswith(number) or (number == "None" and "can't tell" in count.speech)


@settings(deadline=None)
@given(number=st.floats(min_value=-40, max_value=60))
def test_a_temperature_is_told_to_a_tenth(number: float) -> None:
    said = answer("how warm is it in the bedroom", {"sensor.bedroom_temperature": str(number)}).speech.casefold()
    told = float(said.removeprefix("minus ").split()[0]) * (-1 if said.startswith("minus") else 1)
    assert abs(told - number) <= 0.0501
