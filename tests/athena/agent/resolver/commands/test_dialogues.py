"""What takes more than one turn: a question which is meant, its answer, and what goes on from the turn before."""

import pytest

from custom_components.athena.agent.reading import Plan, Which

from .commanded_home import read, resolver, situation, told_of


def asked(text: str, area: str | None = None) -> Which:
    """Return the question that comes back."""
    reading = read(text, area)
    assert isinstance(reading, Which)
    return reading


def test_several_candidates_are_asked_about_by_name() -> None:
    """Name them, shortly."""
    question = asked("turn on the bedside lamp")
    assert question.question == "Which one: Left Bedside Lamp or Right Bedside Lamp?"
    assert [told_of(option.reading) for option in question.options] == [["light.turn_on left"], ["light.turn_on right"]]


def test_more_than_four_are_asked_about_by_room() -> None:
    """Ask for the room, not for one of nine names."""
    question = asked("turn on the lights")
    assert question.question == "Which room?"
    assert {option.names[0] for option in question.options} >= {"Kitchen", "Bedroom", "Hallway"}


@pytest.mark.parametrize(
    ("answer", "deeds"),
    [
        ("the left one", ["light.turn_on left"]),
        ("right", ["light.turn_on right"]),
        ("the second", ["light.turn_on right"]),
        ("the last one please", ["light.turn_on right"]),
        ("both", ["light.turn_on left right"]),
        ("all of them", ["light.turn_on left right"]),
        ("left and right", ["light.turn_on left right"]),
    ],
)
def test_an_answer_chooses(answer: str, deeds: list[str]) -> None:
    """Resume what was asked about."""
    chosen = resolver().choose(asked("turn on the bedside lamp"), answer, situation(None))
    assert isinstance(chosen, Plan)
    assert told_of(chosen) == deeds


@pytest.mark.parametrize(
    "answer", ["bedside", "kitchen", "", "what time is it", "turn on the kettle", "the fifth", "none"]
)
def test_what_chooses_nothing_is_no_answer(answer: str) -> None:
    """Leave it to the next reader."""
    assert resolver().choose(asked("turn on the bedside lamp"), answer, situation(None)) is None


def test_a_room_answers_the_question_which_room() -> None:
    """Take the room's things."""
    chosen = resolver().choose(asked("turn on the lights"), "in the kitchen", situation(None))
    assert isinstance(chosen, Plan)
    assert told_of(chosen) == ["light.turn_on kitchen_ceiling countertop"]


def test_a_question_in_a_compound_keeps_the_rest() -> None:
    """Do all of it once the question is answered."""
    question = asked("turn on the kettle and the bedside lamp")
    chosen = resolver().choose(question, "left", situation(None))
    assert isinstance(chosen, Plan)
    assert told_of(chosen) == ["switch.turn_on kettle", "light.turn_on left"]


@pytest.mark.parametrize(
    ("first", "then", "deeds"),
    [
        ("turn on the countertop", "and the kettle", ["switch.turn_on kettle"]),
        ("turn on the countertop", "turn it off", ["light.turn_off countertop"]),
        ("turn on the countertop", "turn it back off again", ["light.turn_off countertop"]),
        ("turn on the kitchen lights", "turn them off", ["light.turn_off kitchen_ceiling countertop"]),
        ("turn on the kitchen lights", "and in the bedroom", ["light.turn_on left right"]),
        ("set the kitchen lights to 30%", "the same in the bedroom", ["light.turn_on left right brightness_pct=30"]),
        ("close the kitchen blind", "the office one too", ["cover.close_cover office"]),
        ("turn on the reading lamp", "a bit brighter", ["light.turn_on lamp brightness_step_pct=10"]),
        ("turn on the bedside lamps", "make them red", ["light.turn_on left right rgb_color=(255, 0, 0)"]),
        ("turn on the bedside lamps", "dim them both to 30", ["light.turn_on left right brightness_pct=30"]),
        ("turn on the countertop", "and off again", ["light.turn_off countertop"]),
    ],
)
def test_a_turn_goes_on_from_the_one_before(first: str, then: str, deeds: list[str]) -> None:
    """Take the verb, the things or the value from the turn before."""
    last = read(first)
    assert isinstance(last, Plan)
    about = tuple(entity for deed in last.deeds for entity in deed.entities)
    assert told_of(resolver().read(then, situation("living_room", last, about))) == deeds


@pytest.mark.parametrize(
    ("turns", "deeds"),
    [
        (["turn on the countertop", "and the kettle", "turn them off"], ["light", "switch"]),
        (["turn on the countertop", "and the kettle", "turn it off"], ["switch"]),
        (["turn on the countertop", "and turn on the kettle", "turn both off"], ["light", "switch"]),
        (["turn on the countertop", "turn on the kettle too", "turn them off"], ["light", "switch"]),
        (["turn on the countertop", "what about the kettle", "turn them off"], ["light", "switch"]),
        (["turn on the countertop", "turn on the kettle", "turn them off"], ["switch"]),
        (
            ["turn on the countertop", "and the kettle", "and the samsung", "turn them off"],
            ["light", "media_player", "switch"],
        ),
        (["turn on the countertop", "and the kettle", "and the samsung", "turn both off"], []),
        (["close the kitchen blind", "the office one too", "now open both"], ["cover", "cover"]),
    ],
)
def test_them_are_all_that_were_added_and_it_is_the_last(turns: list[str], deeds: list[str]) -> None:
    """Mean by "them" what each turn has added, by "it" what the last one named."""
    last: Plan | None = None
    about: tuple[str, ...] = ()
    for text in turns[:-1]:
        reading = resolver().read(text, situation("living_room", last, about))
        assert isinstance(reading, Plan)
        last = reading
        named = tuple(entity for deed in last.deeds for entity in deed.entities)
        about = (*(about if last.goes_on else ()), *named)
    reading = resolver().read(turns[-1], situation("living_room", last, about))
    done = [entity for deed in reading.deeds for entity in deed.entities] if isinstance(reading, Plan) else []
    assert sorted(entity.partition(".")[0] for entity in done) == deeds


def test_what_was_chosen_after_a_question_is_more_of_the_turn_before_too() -> None:
    """Remember it with the things of the turn before."""
    last = read("turn on the countertop")
    assert isinstance(last, Plan)
    question = resolver().read("and turn on the bedside lamp", situation(None, last, ("light.countertop",)))
    assert isinstance(question, Which)
    assert all(isinstance(option.reading, Plan) and option.reading.goes_on for option in question.options)


def test_a_pronoun_without_a_turn_before_is_left_alone() -> None:
    """Know nothing of "them" where nothing was spoken of."""
    assert read("turn them off") is None
