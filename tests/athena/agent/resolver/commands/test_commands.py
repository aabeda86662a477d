"""What people tell the home to do: said in the living room, where nothing else is written."""

from collections.abc import Mapping
from typing import Final

import pytest

from custom_components.athena.agent.home import Area, Entity, Home, Situation
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.resolver import Resolver

from .commanded_home import read, told_of

SAID: Final[Mapping[str, Mapping[str, str | tuple[str, ...]]]] = {
    "the only one of its kind": {
        "start the vacuum": "vacuum.start rover",
        "could you get the robot to clean": "vacuum.start rover",
        "dock the hoover please": "vacuum.return_to_base rover",
        "mow the lawn": "lawn_mower.start_mowing clippy",
        "turn the humidifier on": "humidifier.turn_on bedroom",
        "shut off the valve": "valve.close_valve water",
        "pause the music": "media_player.media_pause kitchen",
        "set the alarm system to away": "alarm_control_panel.alarm_arm_away house",
    },
    "an area and a noun": {
        "turn on the light in the hall": "light.turn_on hall",
        "lamp in the office on": "light.turn_on office",
        "close the bedroom curtains": "cover.close_cover curtains",
        "turn off the kitchen speaker": "media_player.turn_off kitchen",
        "lock the kitchen door": "lock.lock back",
        "turn on the dining room light": "light.turn_on salt",
        "turn off the office fan": "fan.turn_off dyson",
    },
    "a part of a name": {
        "turn on the countertop": "light.turn_on countertop",
        "switch the strip on": "light.turn_on strip",
        "turn the samsung off": "media_player.turn_off tv",
        "turn on the fish tank": "switch.turn_on heater",
        "turn on the left bedside lamp": "light.turn_on left",
    },
    "the room of the speaker first": {
        "turn off the lights": "light.turn_off lamp strip",
        "lights out": "light.turn_off lamp strip",
        "lamp off": "light.turn_off lamp",
        "fan off": "fan.turn_off ceiling",
        "turn the lights on in here": "light.turn_on lamp strip",
        "turn the heating off": "climate.turn_off living_room",
    },
    "floors and the whole home": {
        "turn off the lights upstairs": "light.turn_off left right office",
        "first floor lights off": "light.turn_off left right office",
        "turn off all the lights": "light.turn_off kitchen_ceiling countertop lamp strip hall left right salt office",
        "close the blinds everywhere": "cover.close_cover kitchen office",
        "both bedside lamps on": "light.turn_on left right",
    },
    "except": {
        "turn off all the lights except the kitchen": "light.turn_off lamp strip hall left right salt office",
        "everything off in the kitchen but the kettle": (
            "light.turn_off kitchen_ceiling countertop",
            "media_player.turn_off kitchen",
        ),
        "close all the blinds apart from the office one": "cover.close_cover kitchen",
    },
    "polarity by meaning": {
        "shut the kitchen blind": "cover.close_cover kitchen",
        "raise the office blind": "cover.open_cover office",
        "draw the curtains back": "cover.open_cover curtains",
        "lock the front door": "lock.lock front",
        "unlock the front door": "lock.unlock front",
        "mute the tv": "media_player.volume_mute tv is_volume_muted=True",
        "unmute the tv": "media_player.volume_mute tv is_volume_muted=False",
        "skip this song": "media_player.media_next_track kitchen",
        "go back to the previous track": "media_player.media_previous_track kitchen",
        "send the vacuum back to its dock": "vacuum.return_to_base rover",
        "clean the kitchen": "vacuum.clean_area rover cleaning_area_id=['kitchen']",
        "run the goodnight script": "script.turn_on goodnight",
        "activate movie night": "scene.turn_on movie",
        "movie night": "scene.turn_on movie",
    },
    "values": {
        "set the countertop to 40%": "light.turn_on countertop brightness_pct=40",
        "dim the lamp to thirty": "light.turn_on lamp brightness_pct=30",
        "reading lamp half": "light.turn_on lamp brightness_pct=50",
        "set the kitchen lights to maximum": "light.turn_on kitchen_ceiling countertop brightness_pct=100",
        "bedroom 50%": "light.turn_on left right brightness_pct=50",
        "make the strip blue": "light.turn_on strip rgb_color=(0, 0, 255)",
        "set the lamp to warm white": "light.turn_on lamp color_temp_kelvin=2700",
        "lamp to 2700 kelvin": "light.turn_on lamp color_temp_kelvin=2700",
        "set the strip to red at 40 percent": "light.turn_on strip rgb_color=(255, 0, 0) brightness_pct=40",
        "open the office blind halfway": "cover.set_cover_position office position=50",
        "close the kitchen blind to 30 percent": "cover.set_cover_position kitchen position=30",
        "set the thermostat to twenty one and a half degrees": "climate.set_temperature living_room temperature=21.5",
        "19 degrees in the bedroom": "climate.set_temperature bedroom temperature=19",
        "set the bedroom radiator to 68 fahrenheit": "climate.set_temperature bedroom temperature=20",
        "set the living room thermostat to auto": "climate.set_hvac_mode living_room hvac_mode=auto",
        "set the bedroom heating to away": "climate.set_preset_mode bedroom preset_mode=away",
        "set the fan to medium": "fan.turn_on ceiling percentage=66",
        "dyson to sleep mode": "fan.set_preset_mode dyson preset_mode=sleep",
        "set the volume of the tv to 30": "media_player.volume_set tv volume_level=0.3",
        "switch the tv to hdmi 1": "media_player.select_source tv source=HDMI 1",
        "set the venta to 50 percent humidity": "humidifier.set_humidity bedroom humidity=50",
        "set the washer program to quick wash": "select.select_option washer option=Quick wash",
        "set the light delay to 25": "number.set_value delay value=25.0",
    },
    "more and less": {
        "make the lamp brighter": "light.turn_on lamp brightness_step_pct=20",
        "dim the lamp a bit": "light.turn_on lamp brightness_step_pct=-10",
        "make the lamp warmer": "light.turn_on lamp color_temp_kelvin=2500",
        "make it a bit warmer in the bedroom": "climate.set_temperature bedroom temperature=21",
        "turn the heating down by two degrees": "climate.set_temperature living_room temperature=18",
        "turn the kitchen speaker up": "media_player.volume_up kitchen",
        "volume up by 20 percent": "media_player.volume_set kitchen volume_level=0.6",
        "louder": "media_player.volume_up kitchen",
        "make the fan faster": "fan.increase_speed ceiling",
        "open the kitchen blind a bit": "cover.set_cover_position kitchen position=60",
        "the lights up a little": "light.turn_on lamp brightness_step_pct=10",
    },
    "several at once": {
        "turn on the countertop and the kettle": ("light.turn_on countertop", "switch.turn_on kettle"),
        "turn off the lamp and close the kitchen blind": ("light.turn_off lamp", "cover.close_cover kitchen"),
        "kettle on, fan off": ("switch.turn_on kettle", "fan.turn_off ceiling"),
        "turn on salt and pepper": "light.turn_on salt",
        "the kitchen and bedroom lights off": "light.turn_off kitchen_ceiling countertop left right",
        "turn off the lights in the kitchen and the hallway": "light.turn_off kitchen_ceiling countertop hall",
        "set the bedroom to 20 degrees and the living room to 18": (
            "climate.set_temperature bedroom temperature=20",
            "climate.set_temperature living_room temperature=18",
        ),
        "lock the back door, close the garage and turn the kettle off": (
            "lock.lock back",
            "cover.close_cover garage",
            "switch.turn_off kettle",
        ),
    },
    "politeness": {
        "would you mind turning off the lamp for me": "light.turn_off lamp",
        "i'd like you to go ahead and turn on the kettle right now please": "switch.turn_on kettle",
        "hey can you turn the hallway light on thanks": "light.turn_on hall",
    },
    "names heard almost right": {
        "turn on the kichen lights": "light.turn_on kitchen_ceiling countertop",
        "turn on the ketttle": "switch.turn_on kettle",
    },
    "the same name on two things": {
        "lock the front door": "lock.lock front",
        "turn off the ceiling fan": "fan.turn_off ceiling",
    },
}


@pytest.mark.parametrize(
    ("text", "deeds"),
    [pytest.param(text, deeds, id=f"{kind}: {text}") for kind, said in SAID.items() for text, deeds in said.items()],
)
def test_what_is_said_is_done_to_what_is_meant(text: str, deeds: str | tuple[str, ...]) -> None:
    """Name what was meant: exactly these things, actions and values."""
    assert told_of(read(text)) == ([deeds] if isinstance(deeds, str) else list(deeds))


@pytest.mark.parametrize(
    ("text", "area", "deed"),
    [
        ("turn on the lamps", "bedroom", "light.turn_on left right"),
        ("close the blind", "office", "cover.close_cover office"),
        ("make it 22 degrees", "bedroom", "climate.set_temperature bedroom temperature=22"),
        ("pause", "kitchen", "media_player.media_pause kitchen"),
        ("it's dark in here", "bedroom", "light.turn_on left right"),
        ("it's cold in here", "bedroom", "climate.set_temperature bedroom temperature=21"),
    ],
)
def test_the_room_of_the_speaker_decides(text: str, area: str, deed: str) -> None:
    """Take what is in the room where it is said."""
    assert told_of(read(text, area)) == [deed]


NAMED = {
    "light.plain": ("Lamp", "living_room"),
    "light.floor": ("Floor Lamp", "living_room"),
    "light.bedside": ("Bedside Lamp", "bedroom"),
    "light.spots": ("Spots", "office"),
    "light.light": ("Light", "office"),
}


@pytest.mark.parametrize(
    ("text", "area", "deed"),
    [
        ("turn on the lamp", None, ["light.turn_on plain"]),
        ("turn on the lamp", "kitchen", ["light.turn_on plain"]),
        ("turn on the lamp", "living_room", ["light.turn_on plain"]),
        ("turn on the lamp", "bedroom", ["light.turn_on bedside"]),
        ("turn on the lamps", "living_room", ["light.turn_on plain floor"]),
        ("turn on the light", "kitchen", ["light.turn_on light"]),
        ("turn on the light", "living_room", ["light.turn_on plain floor"]),
        ("turn on the light", "office", ["light.turn_on spots light"]),
        ("turn on the lights", None, ["Which"]),
    ],
)
def test_a_whole_name_is_meant_before_a_part_of_one(text: str, area: str | None, deed: list[str]) -> None:
    """Take the thing that is called so and no more, unless the speaker's own room has another of that noun."""
    rooms = {area for _, area in NAMED.values()} | {"kitchen"}
    home = Home(
        areas={id_: Area(id=id_, names=(id_.replace("_", " "),)) for id_ in sorted(rooms)},
        entities={id_: Entity(id=id_, names=(name,), area=area) for id_, (name, area) in NAMED.items()},
    )
    persona = load_persona("en")
    resolver = Resolver(load_lexicon("en"), home, persona)
    assert told_of(resolver.read(text, Situation(states=lambda _: None, area=area))) == deed


def test_a_complaint_about_the_dark_where_a_light_is_on_is_left_alone() -> None:
    """Leave what the home does not make certain to others."""
    assert read("it's dark in here") is None


def test_a_kind_that_was_named_is_told_with_the_deed() -> None:
    """Say "lights", not five names."""
    reading = read("turn off the lights upstairs")
    assert reading is not None
    assert [deed.kind for deed in reading.deeds] == ["lights"]  # type: ignore[union-attr]
