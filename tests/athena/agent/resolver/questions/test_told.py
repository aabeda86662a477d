"""What can be told in numbers is told with its unit, of a thing or of a place."""

import pytest

from .asked_home import answer, ask, make_home, make_questions, situation


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how warm is it in the bedroom", "18.2 degrees."),
        ("what's the temperature in the office", "22.2 degrees."),
        ("what is the living room temperature", "21.5 degrees."),
        ("how hot is the office", "22.2 degrees."),
        ("is it cold in the bedroom", "18.2 degrees."),
        ("bedroom temperature", "18.2 degrees."),
        ("what is the bedroom temperature at the moment", "18.2 degrees."),
        ("how cold is the fridge", "4.5 degrees."),
        ("what's the fridge temperature", "4.5 degrees."),
        ("how cold is it outside", "Minus 3.2 degrees."),
        ("what is the outdoor temperature", "Minus 3.2 degrees."),
        ("tell me the outdoor temperature", "Minus 3.2 degrees."),
        ("how humid is it in the bathroom", "71 percent."),
        ("what's the CO2 in the office", "640 parts per million."),
        ("how much power is the kettle using", "1850 watts."),
        ("what is the kettle drawing", "1850 watts."),
        ("what's the battery of Ada's phone", "87 percent."),
        ("how much battery does Ada's phone have", "87 percent."),
        ("how bright is the hallway light", "100 percent."),
        ("how bright is the reading lamp", "Off."),
        ("how fast is the bathroom fan", "66 percent."),
        ("how far open is the office blind", "40 percent."),
        ("how loud is the kitchen speaker", "30 percent."),
        ("what is the volume of the kitchen speaker", "30 percent."),
        ("what is the thermostat set to", "22 degrees."),
        ("what temperature is the living room thermostat set to", "22 degrees."),
        ("what is the target temperature in the living room", "22 degrees."),
        ("what mode is the thermostat in", "Heat."),
    ],
)
def test_a_number_is_told_with_its_unit(question: str, said: str) -> None:
    assert ask(question) == said


def test_one_is_singular() -> None:
    assert ask("how warm is it in the bedroom", {"sensor.bedroom_temperature": "1.0"}) == "1 degree."
    assert ask("how warm is it in the bedroom", {"sensor.bedroom_temperature": "-1"}) == "Minus 1 degree."
    assert ask("how warm is it in the bedroom", {"sensor.bedroom_temperature": "-0.001"}) == "0 degrees."


def test_several_that_lie_close_are_told_as_their_mean() -> None:
    near = {"sensor.bedroom_temperature": "21", "sensor.office_temperature": "22"}
    assert ask("how warm is it upstairs", near) == "21.5 degrees."
    assert answer("how warm is it upstairs", near).about == ("sensor.bedroom_temperature", "sensor.office_temperature")


def test_several_that_lie_apart_are_told_to_be_a_mean() -> None:
    assert ask("how warm is it upstairs") == "20.2 degrees on average."


def test_one_of_several_that_tells_nothing_is_left_out_of_the_mean() -> None:
    told = answer("how warm is it upstairs", {"sensor.office_temperature": "unavailable"})
    assert (told.speech, told.matched) == ("18.2 degrees.", ("sensor.bedroom_temperature",))


def test_the_fridge_does_not_tell_how_warm_the_kitchen_is() -> None:
    assert ask("how warm is it in the kitchen") is None
    assert ask("what's the temperature", area="kitchen") == ask("what's the temperature")


def test_a_number_of_another_room_is_said_to_be_one() -> None:
    assert ask("what's the CO2 level", area="bedroom") == "640 parts per million in the office."
    assert ask("what's the CO2 level", area="office") == "640 parts per million."
    assert ask("what's the CO2 level") == "640 parts per million."


def test_a_number_that_is_none_is_not_told() -> None:
    for nonsense in ("nan", "inf", "warm", ""):
        assert ask("how warm is it in the bedroom", {"sensor.bedroom_temperature": nonsense}) == "I can't tell."


def test_the_only_thermostat_tells_how_warm_it_is_wherever_the_speaker_is() -> None:
    questions = make_questions(make_home(frozenset({"climate.living_room"})))
    told = questions.read("how warm is it in here", situation())
    assert told is not None
    assert (told.speech, told.about) == ("21.5 degrees.", ("climate.living_room",))  # type: ignore[union-attr]
