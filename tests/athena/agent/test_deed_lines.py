"""What was done is told by what the states show, in as few words as that takes."""

from typing import Any

import pytest

from custom_components.athena.agent.deed_lines import Teller
from custom_components.athena.agent.home import Entity
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.deed import Deed, Outcome, Result

from .guard.homes import House, Is, deed


@pytest.fixture
def house() -> House:
    """Return a house in which all has been done already."""
    house = House()
    house.put("light.lamp", "Lamp", "Bedroom", "on", friendly_name="Lamp", brightness=102)
    house.put(
        "light.bedroom_ceiling", "Bedroom Ceiling", "Bedroom", "on", friendly_name="Bedroom Ceiling", brightness=255
    )
    house.put("light.dark", "Dark", "Kitchen", "off", friendly_name="Dark")
    house.put("light.dead", "Dead", "Kitchen", "unavailable", friendly_name="Dead")
    house.put(
        "cover.blinds",
        "Blinds",
        "Bedroom",
        "closing",
        friendly_name="Blinds",
        device_class="blind",
        current_position=80,
    )
    house.put("cover.half", "Shade", "Bedroom", "open", friendly_name="Shade", current_position=50)
    house.put("cover.open", "Curtain", "Bedroom", "open", friendly_name="Curtain", current_position=100)
    house.put("lock.front", "Front Door", "Hall", "locked", friendly_name="Front Door")
    house.put("lock.back", "Back Door", "Hall", "locking", friendly_name="Back Door")
    house.put(
        "climate.hall", "Thermostat", "Hall", "heat", friendly_name="Thermostat", temperature=21.0, preset_mode="eco"
    )
    house.put("climate.attic", "Attic", "Attic", "heat", friendly_name="Attic", temperature=19.5)
    house.put("climate.off", "Cellar", "Cellar", "off", friendly_name="Cellar")
    house.put("fan.fan", "Fan", "Bedroom", "on", friendly_name="Fan", percentage=66)
    house.put(
        "media_player.tv",
        "TV",
        "Lounge",
        "playing",
        friendly_name="TV",
        volume_level=0.3,
        is_volume_muted=True,
        source="HDMI 1",
    )
    house.put("media_player.radio", "Radio", "Lounge", "paused", friendly_name="Radio")
    house.put("media_player.asleep", "Speaker", "Lounge", "standby", friendly_name="Speaker")
    house.put("vacuum.rover", "Rover", "Lounge", "returning", friendly_name="Rover")
    house.put("humidifier.air", "Humidifier", "Lounge", "on", friendly_name="Humidifier", humidity=45)
    house.put("alarm_control_panel.house", "House", "Hall", "armed_away", friendly_name="House")
    house.put("switch.kettle", "Kettle", "Kitchen", "off", friendly_name="Kettle")
    house.put("input_number.level", "Level", "Kitchen", "7.0", friendly_name="Level")
    house.put("input_select.mood", "Mood", "Kitchen", "Party", friendly_name="Mood")
    house.put("scene.movie", "Movie", "Lounge", "unknown", friendly_name="Movie")
    return house


def _told(house: House, *outcomes: Outcome | Deed, area: str | None = "bedroom") -> str:
    teller = Teller(home=house.home, states=house.states, persona=load_persona("en"), area=area)
    return teller.told([one if isinstance(one, Outcome) else Outcome(deed=one, result=Result.DONE) for one in outcomes])


@pytest.mark.parametrize(
    ("action", "entity", "data", "told"),
    [
        ("light.turn_on", "light.lamp", {}, "Lamp on."),
        ("light.turn_on", "light.lamp", {"brightness_pct": 40}, "Lamp at 40 percent."),
        ("light.turn_on", "light.lamp", {"brightness_step_pct": 10}, "Lamp at 40 percent."),
        ("light.turn_on", "light.lamp", {"color_name": "red"}, "Lamp red."),
        ("light.turn_on", "light.bedroom_ceiling", {}, "Ceiling on."),
        ("homeassistant.turn_off", "light.dark", {}, "Dark off."),
        ("cover.close_cover", "cover.blinds", {}, "Blinds closing."),
        ("cover.set_cover_position", "cover.blinds", {"position": 20}, "Blinds closing."),
        ("cover.set_cover_position", "cover.half", {"position": 50}, "Shade at 50 percent."),
        ("cover.open_cover", "cover.half", {}, "Shade at 50 percent."),
        ("cover.open_cover", "cover.open", {}, "Curtain open."),
        ("lock.lock", "lock.front", {}, "Front Door locked."),
        ("lock.lock", "lock.back", {}, "Back Door locking."),
        ("climate.set_temperature", "climate.hall", {"temperature": 21}, "21 degrees."),
        ("climate.set_temperature", "climate.attic", {"temperature": 19.5}, "19.5 degrees."),
        ("climate.set_hvac_mode", "climate.hall", {"hvac_mode": "heat"}, "Thermostat on heat."),
        ("climate.set_hvac_mode", "climate.off", {"hvac_mode": "off"}, "Cellar off."),
        ("climate.set_preset_mode", "climate.hall", {"preset_mode": "eco"}, "Thermostat on eco."),
        ("climate.turn_on", "climate.hall", {}, "Thermostat on."),
        ("climate.turn_off", "climate.off", {}, "Cellar off."),
        ("fan.turn_on", "fan.fan", {}, "Fan on."),
        ("fan.turn_on", "fan.fan", {"percentage": 66}, "Fan at 66 percent."),
        ("fan.set_percentage", "fan.fan", {"percentage": 66}, "Fan at 66 percent."),
        ("media_player.turn_on", "media_player.tv", {}, "TV on."),
        ("media_player.turn_off", "media_player.asleep", {}, "Speaker off."),
        ("media_player.volume_set", "media_player.tv", {"volume_level": 0.3}, "Volume at 30 percent."),
        ("media_player.volume_up", "media_player.tv", {}, "Volume at 30 percent."),
        ("media_player.volume_mute", "media_player.tv", {"is_volume_muted": True}, "Muted."),
        ("media_player.select_source", "media_player.tv", {"source": "HDMI 1"}, "TV on HDMI 1."),
        ("media_player.media_play", "media_player.tv", {}, "Playing."),
        ("media_player.media_pause", "media_player.radio", {}, "Paused."),
        ("vacuum.return_to_base", "vacuum.rover", {}, "Rover returning."),
        ("humidifier.set_humidity", "humidifier.air", {"humidity": 45}, "Humidifier at 45 percent."),
        ("alarm_control_panel.alarm_arm_away", "alarm_control_panel.house", {}, "House armed."),
        ("switch.turn_off", "switch.kettle", {}, "Kettle off."),
        ("input_number.set_value", "input_number.level", {"value": 7}, "Level at 7."),
        ("input_select.select_option", "input_select.mood", {"option": "Party"}, "Mood on Party."),
    ],
)
def test_one_thing_is_told_by_its_name(house: House, action: str, entity: str, data: dict[str, Any], told: str) -> None:
    assert _told(house, deed(action, entity, **data)) == told


def test_a_name_is_said_in_full_in_another_room(house: House) -> None:
    assert _told(house, deed("light.turn_on", "light.bedroom_ceiling"), area="hall") == "Bedroom Ceiling on."
    assert _told(house, deed("light.turn_on", "light.bedroom_ceiling"), area=None) == "Bedroom Ceiling on."


@pytest.fixture
def alike() -> House:
    """Return a house in which things of different rooms have the same name."""
    house = House()
    for area in ("Bedroom", "Kitchen"):
        key = area.lower()
        house.put(f"light.{key}", "Light", area, "on", friendly_name="Light", brightness=102)
        house.put(f"media_player.{key}", "TV", area, "playing", friendly_name="TV")
    house.put("light.spot", "Kitchen Spot", "Kitchen", "on", friendly_name="Kitchen Spot")
    house.put("light.hall", "kitchen spot", "Hall", "on", friendly_name="kitchen spot")
    house.put("fan.one", "Fan", "Kitchen", "on", friendly_name="Fan")
    house.put("fan.two", "Fan", "Kitchen", "on", friendly_name="Fan")
    house.put("switch.kettle", "Kettle", "Kitchen", friendly_name="Kettle")
    return house


@pytest.mark.parametrize(
    ("action", "entity", "area", "told"),
    [
        ("light.turn_on", "light.kitchen", None, "Kitchen light on."),
        ("light.turn_on", "light.kitchen", "hall", "Kitchen light on."),
        ("light.turn_on", "light.kitchen", "bedroom", "Kitchen light on."),
        ("light.turn_on", "light.kitchen", "kitchen", "Light on."),
        ("media_player.turn_on", "media_player.bedroom", None, "Bedroom TV on."),
        ("light.turn_on", "light.spot", None, "Kitchen Spot on."),
        ("light.turn_on", "light.spot", "kitchen", "Spot on."),
        ("light.turn_on", "light.hall", None, "Hall kitchen spot on."),
        ("fan.turn_on", "fan.one", None, "Fan on."),
        ("switch.turn_off", "switch.kettle", None, "Kettle off."),
    ],
)
def test_a_name_that_another_room_has_too_is_said_with_its_room(
    alike: House, action: str, entity: str, area: str | None, told: str
) -> None:
    assert _told(alike, deed(action, entity), area=area) == told


def test_the_same_name_in_two_rooms_is_two_sentences(alike: House) -> None:
    both = deed("light.turn_on", "light.kitchen", brightness_pct=40), deed("light.turn_on", "light.bedroom")
    assert _told(alike, *both, area="hall") == "Kitchen light at 40 percent. Bedroom light on."
    assert _told(alike, *both) == "Kitchen light at 40 percent. Light on."


def test_what_has_no_room_is_told_by_its_name_alone(alike: House) -> None:
    alike.entities["light.lost"] = Entity(id="light.lost", names=("Light",))
    alike.now["light.lost"] = Is("on", {"friendly_name": "Light"})
    assert _told(alike, deed("light.turn_on", "light.lost")) == "Light on."


def test_several_of_a_kind_are_told_as_one(house: House) -> None:
    lights = ("light.lamp", "light.bedroom_ceiling")
    assert _told(house, deed("light.turn_on", *lights, kind="lights")) == "Lights on."
    assert _told(house, deed("light.turn_on", *lights)) == "Lights on."
    assert _told(house, deed("light.turn_on", *lights, kind="lights", brightness_step_pct=10)) == "Lights on."


def test_a_lamp_that_is_not_there_is_no_light(house: House) -> None:
    assert _told(house, deed("light.turn_off", "light.dark", "light.dead", kind="lights")) == "Lights off."


def test_what_does_not_agree_is_not_told_as_one(house: House) -> None:
    assert _told(house, deed("light.turn_on", "light.lamp", "light.dark", kind="lights")) == "Understood."


def test_two_deeds_to_things_of_one_kind_that_do_not_agree_are_not_told_by_it(house: House) -> None:
    on, off = deed("light.turn_on", "light.lamp", kind="lights"), deed("light.turn_off", "light.dark", kind="lights")
    assert _told(house, on, off) == "Understood."
    assert _told(house, on, on) == "Lights on."


def test_two_deeds_in_one_breath_are_two_sentences(house: House) -> None:
    both = deed("light.turn_on", "light.lamp"), deed("cover.close_cover", "cover.blinds")
    assert _told(house, *both) == "Lamp on. Blinds closing."


def test_one_deed_to_things_of_several_kinds_is_told_by_kind(house: House) -> None:
    assert _told(house, deed("homeassistant.turn_off", "light.dark", "switch.kettle")) == "Dark off. Kettle off."


def test_more_than_anybody_listens_to_is_understood(house: House) -> None:
    many = [
        deed("light.turn_on", "light.lamp"),
        deed("switch.turn_off", "switch.kettle"),
        deed("lock.lock", "lock.front"),
    ]
    assert _told(house, *many).count(".") == 3
    assert _told(house, *many, deed("light.turn_off", "light.dark")) == "Understood."


def test_what_nothing_shows_is_understood(house: House) -> None:
    unseen = Outcome(deed=deed("scene.turn_on", "scene.movie"), result=Result.UNSEEN)
    assert _told(house, unseen) == "Understood."
    assert _told(house, unseen, deed("light.turn_on", "light.lamp")) == "Understood."
    assert _told(house) == "Understood."


def test_what_has_failed_is_said_whatever_else_has_worked(house: House) -> None:
    failed = Outcome(deed=deed("light.turn_on", "light.dark"), result=Result.FAILED, failed=("light.dark",))
    assert _told(house, failed) == "Something went wrong."
    assert _told(house, deed("light.turn_on", "light.lamp"), failed) == "Something went wrong."


def test_a_state_that_has_changed_since_is_told_as_it_is_now(house: House) -> None:
    done = deed("light.turn_on", "light.lamp")
    house.put("light.lamp", "Lamp", "Bedroom", "off", friendly_name="Lamp")
    assert _told(house, done) == "Lamp off."


def test_a_state_that_nobody_says_claims_nothing(house: House) -> None:
    house.put("lock.front", "Front Door", "Hall", "jammed", friendly_name="Front Door")
    assert _told(house, deed("lock.lock", "lock.front")) == "Understood."
