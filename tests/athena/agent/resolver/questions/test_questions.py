"""Questions about the home are answered from its states, in as few words as are true."""

import pytest

from custom_components.athena.agent.reading import Answer, Plan, Which
from custom_components.athena.deed import Deed

from .asked_home import QUESTIONS, THINGS, answer, ask, make_home, make_questions, situation


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is the hallway light on", "Yes."),
        ("Is the hallway light still on?", "Yes."),
        ("is the reading lamp on", "No."),
        ("is the front door locked", "Yes."),
        ("isn't the front door locked", "Yes."),
        ("is the front door not locked", "No."),
        ("front door locked?", "Yes."),
        ("is the front door open", "No."),
        ("is the kitchen window open", "Yes."),
        ("is the bedroom window shut", "Yes."),
        ("is the window in the kitchen open", "Yes."),
        ("is the garage open", "Yes."),
        ("is the garage door still open", "Yes."),
        ("is the washer running", "Yes."),
        ("is the washing machine done", "No."),
        ("has the washing machine finished", "No."),
        ("is the dishwasher running", "Yes."),
        ("is the dishwasher done", "No, running."),
        ("is rover docked", "Yes."),
        ("is the vacuum cleaning", "No, docked."),
        ("is the car cable plugged in", "Yes."),
        ("is the router online", "Yes."),
        ("is the TV on", "No."),
        ("is the kitchen speaker muted", "No."),
        ("is the speaker playing", "Yes."),
        ("is the house alarm armed", "Yes."),
        ("is the heating on", "Yes."),
        ("is the thermostat heating", "Yes."),
        ("is the boiler ok", "Yes."),
        ("is the boiler broken", "No."),
        ("has the safe been tampered with", "No."),
        ("is the remote battery low", "Yes."),
        ("is the phone battery low", "No, 87 percent."),
        ("did I leave the garage door open", "Yes."),
        ("have I left the kettle on", "No."),
        ("did I lock the front door", "Yes."),
        ("did I remember to lock the front door", "Yes."),
        ("is the garage door opening", "No."),
        ("is the heating on in the living room", "Yes."),
        ("did I turn the kettle off", "Yes."),
        ("did you turn off the kettle", "Yes."),
        ("did I forget to close the garage door", "Yes."),
        ("did I forget to lock the front door", "No."),
        ("is the front door locked or unlocked", "The front door is locked."),
        ("can you tell me if the garage door is open", "Yes."),
        ("do you know whether the kettle is on", "No."),
    ],
)
def test_one_thing_is_so_or_it_is_not(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is any window open", "Yes, the kitchen window."),
        ("are any windows open", "Yes, the kitchen window."),
        ("any windows open", "Yes, the kitchen window."),
        ("is there a window open", "Yes, the kitchen window."),
        ("are any windows open upstairs", "No."),
        ("are there any windows open on the first floor", "No."),
        ("are all the windows closed", "No, the kitchen window is open."),
        ("are all the bedroom windows closed", "Yes."),
        ("is the window closed", "No, the kitchen window is open."),
        ("are the doors locked", "No, the garage side door is unlocked."),
        ("did I lock the doors", "No, the garage side door is unlocked."),
        ("is everything locked", "No, the garage side door is unlocked."),
        ("is anything leaking", "No."),
        ("are any doors or windows open", "Yes, the garage door and the kitchen window."),
        ("are there any unlocked doors", "Yes, the garage side door."),
        ("is anything on upstairs", "Yes, the left bedside lamp and the bathroom fan."),
        ("are the kitchen lights on", "Yes, the kitchen ceiling light."),
        ("are the lights in the kitchen and the bathroom off", "No, the kitchen ceiling light is on."),
        ("are all the lights off upstairs except the bathroom light", "No, the left bedside lamp is on."),
        ("is anyone home", "Yes, Ada."),
        ("is everyone home", "No, not Ben and Carl."),
        ("is Carl home", "No, at Work."),
    ],
)
def test_several_things_are_so_or_it_is_said_which_are_not(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which windows are open", "The kitchen window."),
        ("which windows aren't closed", "The kitchen window."),
        ("which windows are open upstairs", "None."),
        ("which lights are on", "The kitchen ceiling light, the hallway light and the left bedside lamp."),
        ("what lights did I leave on in the kitchen", "The kitchen ceiling light."),
        ("tell me which lights are on upstairs", "The left bedside lamp."),
        ("which doors are unlocked", "The garage side door."),
        ("which batteries are low", "The Remote battery and the front door battery."),
        ("what's on upstairs", "The left bedside lamp and the bathroom fan."),
        ("what's open upstairs", "Nothing."),
        ("who is home", "Ada."),
        ("who's away", "Ben and Carl."),
        ("where are the lights on", "In the kitchen, the hallway and the bedroom."),
        ("how many windows are open", "One window."),
        ("how many lights are on", "Three lights."),
        ("how many lights are on in the kitchen", "One light."),
        ("how many windows are open upstairs", "None."),
        ("how many people are home", "One."),
        ("how many windows are there", "Three windows."),
    ],
)
def test_what_is_asked_for_is_named_or_counted(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is there motion in the hallway", "Yes."),
        ("is there any motion", "Yes, in the hallway."),
        ("any motion in the garage", "No."),
        ("is there smoke", "No."),
        ("is there a leak in the kitchen", "No."),
        ("has anything moved in the hallway", "Yes."),
        ("is there anybody in the hallway", "Yes."),
    ],
)
def test_what_may_be_found_in_a_place_is_there_or_not(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("where is Ada", "Ada is at home."),
        ("where can I find Ben", "Ben is away."),
        ("where's Carl", "Carl is at Work."),
        ("where are Ada and Ben", "Ada is at home. Ben is away."),
        ("where is everybody", "Ada is at home. Ben is away. Carl is at Work."),
        ("where is the vacuum", "Docked."),
        ("what's Rover doing", "Docked."),
        ("what is the state of the alarm", "Armed for home."),
        ("status of the washing machine", "Running."),
        ("what's playing", "Blue in Green by Miles Davis, on the kitchen speaker."),
        ("what's playing in the kitchen", "Blue in Green by Miles Davis."),
        ("what song is this", "Blue in Green by Miles Davis, on the kitchen speaker."),
        ("what's playing on the TV", "Nothing."),
    ],
)
def test_one_thing_is_told_as_it_is(question: str, said: str) -> None:
    assert ask(question) == said


@pytest.mark.parametrize(
    ("question", "area", "said"),
    [
        ("is the light on", "bedroom", "Yes, the left bedside lamp."),
        ("is the light on", "hall", "Yes."),
        ("are the lights on", "kitchen", "Yes, the kitchen ceiling light."),
        ("is the window open", "bedroom", "No."),
        ("is the window open", "kitchen", "Yes."),
        ("are the windows closed", "bedroom", "No, the kitchen window is open."),
        ("are any windows open", "bedroom", "Yes, the kitchen window."),
        ("which lights are on", "bedroom", "The kitchen ceiling light, the hallway light and the left bedside lamp."),
        ("are any lights on in here", "living_room", "No."),
        ("how warm is it", "bedroom", "18.2 degrees."),
        ("how warm is it in here", "living_room", "21.5 degrees."),
        ("what's the volume", "kitchen", "30 percent."),
        ("what song is this", "kitchen", "Blue in Green by Miles Davis."),
    ],
)
def test_the_speakers_own_room_is_meant_where_one_of_its_things_is(question: str, area: str, said: str) -> None:
    assert ask(question, area=area) == said


def test_of_two_things_of_one_name_each_is_told() -> None:
    assert ask("is the bedside lamp on") == "The left bedside lamp is on, the right bedside lamp is off."
    assert ask("is the bedside lamp on", {"light.right": "on"}) == "Yes."
    assert ask("is the bedside lamp on", {"light.left": "off"}) == "No."


def test_of_more_things_of_one_name_it_is_asked_which_is_meant() -> None:
    reading = QUESTIONS.read("how bright is the lamp", situation({"light.lamp": "on", "light.right": "on"}))
    assert isinstance(reading, Answer | Which)
    several = make_questions().read("how bright is the lamp", situation())
    assert isinstance(several, Which)
    assert several.question == "Which one: the reading lamp, the left bedside lamp or the right bedside lamp?"
    assert [option.names for option in several.options][1] == ("the left bedside lamp",)
    assert isinstance(several.options[1].reading, Answer)
    assert several.options[1].reading.speech == "20 percent."


def test_what_nobody_knows_is_not_claimed() -> None:
    assert ask("is the bathroom light on") == "I can't tell."
    assert ask("how bright is the bathroom light") == "I can't tell."
    assert ask("are any lights on in the bathroom") == "I can't tell."
    off = {"light.kitchen_ceiling": "off", "light.hall": "off", "light.left": "off"}
    assert ask("are any lights on", off) == "No. I can't tell about the bathroom light."
    assert ask("are all the lights off", off) == "The others, yes. I can't tell about the bathroom light."
    assert ask("which lights are on", off) == "None that I know of."
    assert ask("how warm is it in the bedroom", {"sensor.bedroom_temperature": "unknown"}) == "I can't tell."
    assert ask("where is Ada", {"person.ada": "unavailable"}) == "I can't tell."


def test_a_lock_does_not_tell_whether_the_door_is_open() -> None:
    assert ask("is the garage side door open") == "The garage side door is unlocked."
    assert ask("is the garage side door open", {"lock.garage": "locked"}) == "No."
    assert answer("is the garage side door open").matched == ()


def test_an_answer_says_what_it_is_about_and_what_is_so() -> None:
    told = answer("are any windows open")
    assert told.about == ("binary_sensor.kitchen_window", "binary_sensor.bedroom_window", "binary_sensor.office_window")
    assert told.matched == ("binary_sensor.kitchen_window",)
    assert answer("is the kitchen window open").about == ("binary_sensor.kitchen_window",)
    assert answer("are all the windows closed").matched == (
        "binary_sensor.bedroom_window",
        "binary_sensor.office_window",
    )
    assert answer("which windows are open upstairs").matched == ()


@pytest.mark.parametrize(
    ("about", "said", "answered", "matched"),
    [
        (("light.kitchen_counter",), "and in the hallway", "On.", ("light.hall",)),
        (
            ("light.hall",),
            "and upstairs",
            "The left bedside lamp is on. The right bedside lamp is off.",
            ("light.left",),
        ),
        (("binary_sensor.kitchen_window",), "and upstairs?", "All closed.", ()),
        (("binary_sensor.kitchen_window",), "what about the office window", "Closed.", ()),
        (("sensor.bedroom_temperature",), "and the office", "22.2 degrees.", ("sensor.office_temperature",)),
        (("climate.living_room",), "and in the bedroom?", "18.2 degrees.", ("sensor.bedroom_temperature",)),
        (("person.ada",), "and Ben", "Ben is away.", ("person.ben",)),
    ],
)
def test_a_question_goes_on_from_what_was_spoken_of(
    about: tuple[str, ...], said: str, answered: str, matched: tuple[str, ...]
) -> None:
    told = make_questions().read(said, situation(about=about))
    assert isinstance(told, Answer)
    assert (told.speech, told.matched) == (answered, matched)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("are any windows open downstairs", "and upstairs", "No, all closed."),
        ("are any windows open upstairs", "and downstairs", "Yes, the kitchen window is open."),
        ("is the kitchen window open", "what about the office window", "No, closed."),
        ("is the kitchen window closed", "what about the office window", "Yes, the office window is closed."),
        ("which lights are off in the bedroom", "and in the kitchen", "Yes, the counter light is off."),
        ("is Ada home", "and Ben", "No, away."),
        ("is the front door locked", "and the garage side door", "No, unlocked."),
    ],
)
def test_what_was_asked_before_is_asked_again(first: str, then: str, said: str) -> None:
    questions = make_questions()
    before = questions.read(first, situation())
    assert isinstance(before, Answer)
    for about in (before.about, before.matched or before.about):
        told = questions.read(then, situation(about=about))
        assert isinstance(told, Answer)
        assert told.speech == said


def test_a_hundred_other_questions_do_not_make_the_last_one_forgotten() -> None:
    questions = make_questions()
    for name, *_ in (*THINGS.values(), *THINGS.values()):
        questions.read("is the kitchen window open", situation())
        questions.read(f"is {name} on", situation())
        questions.read(f"is {name} open", situation())
    questions.read("is the kitchen window open", situation())
    told = questions.read("what about the office window", situation(about=("binary_sensor.kitchen_window",)))
    assert isinstance(told, Answer)
    assert told.speech == "No, closed."


def test_what_goes_on_from_a_deed_is_no_question() -> None:
    deed = Deed(domain="light", action="turn_on", entities=("light.hall",))
    assert QUESTIONS.read("and in the kitchen", situation(about=("light.hall",), last=Plan(steps=(deed,)))) is None
    assert QUESTIONS.read("and in the kitchen", situation()) is None


def test_it_is_what_was_spoken_of() -> None:
    told = QUESTIONS.read("is it on", situation(about=("light.hall",)))
    assert isinstance(told, Answer)
    assert (told.speech, told.about) == ("Yes.", ("light.hall",))
    assert QUESTIONS.read("is it on", situation()) is None


def test_a_room_that_athena_keeps_is_not_judged_by_a_sensor() -> None:
    home = make_home()
    kept = {
        id_: area.__class__(id=area.id, names=area.names, floor=area.floor, is_room=True)
        for id_, area in home.areas.items()
    }
    questions = make_questions(home.__class__(entities=home.entities, areas=kept, floors=home.floors))
    assert questions.read("is there anybody in the hallway", situation()) is None
    assert questions.read("is the hallway occupied", situation()) is None
    assert questions.read("is there motion in the hallway", situation()) is not None


def test_an_entity_that_has_gone_is_not_claimed_to_be_so() -> None:
    questions = make_questions()
    told = questions.read("is the hallway light on", situation().__class__(states=lambda _: None))
    assert isinstance(told, Answer)
    assert (told.speech, told.matched) == ("I can't tell.", ())


def test_every_class_of_this_home_can_be_asked_about() -> None:
    for name, *_ in THINGS.values():
        assert ask(f"what is the state of {name}") is not None or ask(f"where is {name}") is not None, name
