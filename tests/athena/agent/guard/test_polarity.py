"""The words said against what would be done."""

from typing import Any

import pytest

from custom_components.athena.agent.guard.guard import load_words
from custom_components.athena.agent.guard.polarity import Polarity
from custom_components.athena.agent.guard.poles import AGAINST, FOR

from .homes import House, deed


@pytest.fixture
def house() -> House:
    """Return a home with names that say "off" and "open"."""
    house = House()
    house.put("light.lamp", "Lamp", "Bedroom", "off", brightness=None)
    house.put("light.open_sky", "Open Sky Lamp", "Bedroom", "off")
    house.put("light.desk", "Desk Lamp", "Bedroom", "on", brightness=128)
    house.put("button.off", "Turn Off Button", "Hall", "unknown")
    house.put("fan.fan", "Fan", "Bedroom", "off", percentage=0)
    house.put("cover.blinds", "Blinds", "Bedroom", "open", current_position=100)
    house.put("lock.door", "Front Door", "Hall", "locked")
    house.put("valve.main", "Main Valve", "Hall", "open")
    house.put("climate.heating", "Heating", "Hall", "heat", temperature=20.0)
    house.put("media_player.tv", "TV", "Lounge", "playing", volume_level=0.3, is_volume_muted=False)
    house.put("vacuum.rover", "Rover", "Hall", "docked")
    house.put("switch.kettle", "Kettle", "Kitchen", "on")
    house.put("alarm_control_panel.house", "House Alarm", "Hall", "disarmed")
    return house


def _against(house: House, text: str, action: str, entity: str, **data: Any) -> str | None:
    polarity = Polarity(load_words("en"), house.home)
    return polarity.contradiction(text, [deed(action, entity, **data)], house.states)


@pytest.mark.parametrize(
    ("said", "action", "entity", "data"),
    [
        ("close the blinds", "cover.open_cover", "cover.blinds", {}),
        ("close the blinds", "cover.set_cover_position", "cover.blinds", {"position": 100}),
        ("open the blinds", "cover.close_cover", "cover.blinds", {}),
        ("open the blinds", "cover.set_cover_position", "cover.blinds", {"position": 0}),
        ("lower the blinds", "cover.open_cover", "cover.blinds", {}),
        ("open the blinds", "homeassistant.turn_off", "cover.blinds", {}),
        ("shut the main valve", "valve.open_valve", "valve.main", {}),
        ("turn off the lamp", "light.turn_on", "light.lamp", {}),
        ("turn the lamp off", "homeassistant.turn_on", "light.lamp", {}),
        ("lamp on", "light.turn_off", "light.lamp", {}),
        ("lights out", "light.turn_on", "light.lamp", {}),
        ("kill the lamp", "light.turn_on", "light.lamp", {}),
        ("turn on the lamp", "light.turn_on", "light.lamp", {"brightness": 0}),
        ("turn off the kettle", "switch.toggle", "switch.off", {}),
        ("lock the front door", "lock.unlock", "lock.door", {}),
        ("lock the front door", "homeassistant.turn_off", "lock.door", {}),
        ("lock the front door", "lock.open", "lock.door", {}),
        ("unlock the front door", "lock.lock", "lock.door", {}),
        ("mute the TV", "media_player.volume_set", "media_player.tv", {"volume_level": 0}),
        ("mute the TV", "media_player.volume_mute", "media_player.tv", {"is_volume_muted": False}),
        ("unmute the TV", "media_player.volume_mute", "media_player.tv", {"is_volume_muted": True}),
        ("make the TV louder", "media_player.volume_down", "media_player.tv", {}),
        ("make the TV louder", "media_player.volume_set", "media_player.tv", {"volume_level": 0.1}),
        ("turn the TV down", "media_player.volume_up", "media_player.tv", {}),
        ("pause the TV", "media_player.media_play", "media_player.tv", {}),
        ("skip this song", "media_player.media_previous_track", "media_player.tv", {}),
        ("a bit warmer", "climate.set_temperature", "climate.heating", {"temperature": 18}),
        ("it's too cold", "climate.set_temperature", "climate.heating", {"temperature": 18}),
        ("turn off the heating", "climate.set_hvac_mode", "climate.heating", {"hvac_mode": "heat"}),
        ("make the desk lamp brighter", "light.turn_on", "light.desk", {"brightness_pct": 20}),
        ("dim the desk lamp", "light.turn_on", "light.desk", {"brightness_pct": 90}),
        ("dim the desk lamp", "light.turn_on", "light.desk", {"brightness_step_pct": 20}),
        ("stop the vacuum", "vacuum.start", "vacuum.rover", {}),
        ("start the vacuum", "vacuum.return_to_base", "vacuum.rover", {}),
        ("disarm the alarm", "alarm_control_panel.alarm_arm_away", "alarm_control_panel.house", {}),
        ("arm the alarm", "alarm_control_panel.alarm_disarm", "alarm_control_panel.house", {}),
        ("don't turn on the lamp", "light.turn_on", "light.lamp", {}),
        ("don't turn on the lamp", "light.turn_off", "light.lamp", {}),
        ("please don’t open the blinds", "cover.open_cover", "cover.blinds", {}),
        ("no, do not touch the lamp", "light.turn_on", "light.lamp", {}),
        ("turn on the fan but don't turn on the lamp", "light.turn_on", "light.lamp", {}),
        ("turn off the open sky lamp", "light.turn_on", "light.open_sky", {}),
    ],
)
def test_what_was_said_is_not_turned_into_its_opposite(
    house: House, said: str, action: str, entity: str, data: dict[str, Any]
) -> None:
    house.put("switch.off", "Kettle", "Kitchen", "off")
    assert _against(house, said, action, entity, **data) is not None


@pytest.mark.parametrize(
    ("said", "action", "entity", "data"),
    [
        ("turn on the open sky lamp", "light.turn_on", "light.open_sky", {}),
        ("open sky lamp on", "light.turn_on", "light.open_sky", {}),
        ("press the turn off button", "button.press", "button.off", {}),
        ("it's too bright in here", "light.turn_on", "light.desk", {"brightness_pct": 20}),
        ("it's too dark in here", "light.turn_on", "light.desk", {"brightness_pct": 90}),
        ("it is too dark", "light.turn_on", "light.lamp", {}),
        ("I don't want the lamp on", "light.turn_off", "light.lamp", {}),
        ("don't leave the lamp on", "light.turn_off", "light.lamp", {}),
        ("don't forget to turn off the lamp", "light.turn_off", "light.lamp", {}),
        ("why don't you turn on the lamp", "light.turn_on", "light.lamp", {}),
        ("the lights are off and I can't see", "light.turn_on", "light.lamp", {}),
        ("turn on the lamp, I'm off to bed", "light.turn_on", "light.lamp", {}),
        ("turn off the lamp on the desk", "light.turn_off", "light.lamp", {}),
        ("turn the lamp on the desk off", "light.turn_off", "light.lamp", {}),
        ("turn the heating down to 21", "climate.set_temperature", "climate.heating", {"temperature": 21}),
        ("turn up the AC", "climate.set_temperature", "climate.heating", {"temperature": 18}),
        ("shut off the main valve", "valve.close_valve", "valve.main", {}),
        ("shut up", "media_player.media_pause", "media_player.tv", {}),
        ("shut up", "media_player.volume_mute", "media_player.tv", {"is_volume_muted": True}),
        ("turn down the volume", "media_player.volume_set", "media_player.tv", {"volume_level": 0.2}),
        ("set the volume to 0", "media_player.volume_set", "media_player.tv", {"volume_level": 0}),
        ("mute it, set the volume to 0", "media_player.volume_set", "media_player.tv", {"volume_level": 0}),
        ("secure the front door", "lock.lock", "lock.door", {}),
        ("close the blinds halfway", "cover.set_cover_position", "cover.blinds", {"position": 50}),
        ("turn off the kettle", "switch.toggle", "switch.kettle", {}),
        ("send Rover home", "vacuum.return_to_base", "vacuum.rover", {}),
        ("stop cleaning and go back to base", "vacuum.return_to_base", "vacuum.rover", {}),
        ("enciende la luz", "light.turn_on", "light.lamp", {}),
        ("", "light.turn_on", "light.lamp", {}),
    ],
)
def test_what_was_said_is_done(house: House, said: str, action: str, entity: str, data: dict[str, Any]) -> None:
    assert _against(house, said, action, entity, **data) is None


def test_each_of_two_deeds_in_one_breath_has_its_own_word(house: House) -> None:
    polarity = Polarity(load_words("en"), house.home)
    said = "turn off the lamp and open the blinds"
    both = [deed("light.turn_off", "light.lamp"), deed("cover.open_cover", "cover.blinds")]
    assert polarity.contradiction(said, both, house.states) is None
    wrong = [deed("light.turn_off", "light.lamp"), deed("lock.lock", "lock.door")]
    assert polarity.contradiction(said, wrong, house.states) is not None


def test_what_was_forbidden_of_two_is_the_one_that_is_named(house: House) -> None:
    said = "turn on the fan but don't turn on the lamp"
    assert _against(house, said, "fan.turn_on", "fan.fan") is None
    assert _against(house, said, "light.turn_on", "light.lamp") is not None


def test_an_utterance_of_5000_words_is_read_in_no_time_that_counts(house: House) -> None:
    polarity = Polarity(load_words("en"), house.home)
    said = " ".join(["turn", "the", "lamp", "off"] * 1250)
    assert polarity.contradiction(said, [deed("light.turn_on", "light.lamp")], house.states) is not None


@pytest.mark.parametrize(
    ("said", "action", "entity", "kept"),
    [
        ("keep the desk lamp on", "light.turn_on", "light.desk", True),
        ("please leave the desk lamp on", "light.turn_on", "light.desk", True),
        ("leave the blinds open", "cover.open_cover", "cover.blinds", True),
        ("keep the front door locked", "lock.lock", "lock.door", True),
        ("keep the lamp on", "light.turn_on", "light.lamp", False),
        ("turn on the desk lamp", "light.turn_on", "light.desk", False),
        ("leave the lamp and turn on the desk lamp", "light.turn_on", "light.desk", False),
        ("don't leave the desk lamp on", "light.turn_off", "light.desk", False),
    ],
)
def test_what_is_to_stay_as_it_is_and_is_so_is_left_alone(
    house: House, said: str, action: str, entity: str, kept: bool
) -> None:
    polarity = Polarity(load_words("en"), house.home)
    assert polarity.is_kept(said, [deed(action, entity)], house.states) is kept


def test_what_is_to_stay_at_another_value_is_set_to_it(house: House) -> None:
    polarity = Polarity(load_words("en"), house.home)
    dimmed = deed("light.turn_on", "light.desk", brightness_pct=80)
    assert not polarity.is_kept("keep the desk lamp at 80 percent", [dimmed], house.states)


@pytest.mark.parametrize(
    ("said", "everything"),
    [
        ("turn everything off", True),
        ("turn off all the devices", True),
        ("switch off the whole house", True),
        ("turn off all the lights", False),
        ("turn off the lamp", False),
    ],
)
def test_everything_is_heard_as_such(house: House, said: str, everything: bool) -> None:
    assert Polarity(load_words("en"), house.home).says_everything(said) is everything


def test_every_pole_has_words_for_it_and_none_that_are_against_it_too() -> None:
    assert FOR.keys() == AGAINST.keys()
    known = {pole for poles in load_words("en").poles.values() for pole in poles}
    for pole in FOR:
        assert pole in FOR[pole]
        assert not FOR[pole] & AGAINST[pole], pole
        assert FOR[pole] | AGAINST[pole] <= known


@pytest.mark.parametrize(
    ("said", "is_question"),
    [
        ("what is the capital of France?", True),
        ("Who's Napoleon", True),
        ("hey, how far is the moon", True),
        ("what about the lamp", False),
        ("how about some light", False),
        ("why don't you dim it", False),
        ("somewhat darker", False),
        ("turn off what is on", False),
    ],
)
def test_who_asks_something_wants_no_deed(said: str, is_question: bool) -> None:
    assert load_words("en").is_question(said) is is_question
