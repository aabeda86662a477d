"""What is called otherwise in Home Assistant is still what it was for a room."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.const import (
    CONF_BED_SENSORS,
    CONF_BUTTONS,
    CONF_LIGHTS,
    CONF_PERSONS,
    CONF_SENSORS,
    DOMAIN,
    SUBENTRY_ROOM,
    SUBENTRY_SCENE,
)

from .clock import BEDROOM, MONDAY_EVENING, async_pass, async_ring, async_set_alarm
from .home import async_move


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return Athena with a bedroom that was set up by hand, and a scene in it."""
    bedroom = {
        CONF_SENSORS: ["binary_sensor.kitchen_motion"],
        CONF_BED_SENSORS: ["binary_sensor.bedroom_motion"],
        CONF_LIGHTS: ["light.bedroom_lamp", "light.lamp"],
    }
    scene = {"room": BEDROOM, CONF_LIGHTS: {"light.bedroom_lamp": {"brightness": 30}}}
    rooms = [
        ConfigSubentryData(data=bedroom, subentry_type=SUBENTRY_ROOM, title="Bedroom", unique_id=BEDROOM),
        ConfigSubentryData(data=scene, subentry_type=SUBENTRY_SCENE, title="Reading", unique_id="bedroom.reading"),
    ]
    return MockConfigEntry(
        domain=DOMAIN, title="Athena", options={CONF_PERSONS: ["person.arman"]}, subentries_data=rooms
    )


async def _rename(hass: HomeAssistant, old: str, new: str) -> None:
    er.async_get(hass).async_update_entity(old, new_entity_id=new)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_renamed_bed_sensor_is_still_felt_and_ends_an_alarm_that_rings(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    await async_move(hass, "bedroom", somebody=True)  # lies in bed
    await async_ring(hass, athena)
    await _rename(hass, "binary_sensor.bedroom_motion", "binary_sensor.mat")
    await async_pass(hass, freezer, seconds=1)
    room = athena.runtime_data.room(BEDROOM)
    assert athena.runtime_data.rooms[BEDROOM].beds == {"binary_sensor.mat": None}
    assert (room.witnesses().enough, room.witnesses().lost) == (True, ())
    assert room.ringing == ("at_0700",)
    await async_move(hass, "bedroom", somebody=False)
    await async_move(hass, "kitchen", somebody=True)  # the sensor of the floor
    for _ in range(20):
        await async_pass(hass, freezer, seconds=3)
    assert room.ringing == ()


async def test_a_renamed_light_is_still_the_rooms_and_its_scenes(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _rename(hass, "light.bedroom_lamp", "light.reading")
    config = athena.runtime_data.rooms[BEDROOM]
    assert config.lights == ("light.reading", "light.lamp")
    assert set(config.scenes["reading"].lights) == {"light.reading"}
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_reading"}, blocking=True)
    assert hass.states.is_state("light.reading", "on")


async def test_a_renamed_person_still_lives_here(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    person = er.async_get(hass).async_get_or_create("person", "test", "1", suggested_object_id="arman").entity_id
    await _rename(hass, person, "person.sara")
    assert athena.runtime_data.rooms[BEDROOM].persons == ("person.sara",)
    assert athena.options == {CONF_PERSONS: ["person.sara"]}


async def test_an_alarm_plays_its_music_by_a_renamed_player(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    player = er.async_get(hass).async_get_or_create("media_player", "test", "1", suggested_object_id="radio").entity_id
    await async_set_alarm(hass, music={"player": player, "media": "a song"}, enabled=False)
    await async_set_alarm(hass, time="08:00")
    await _rename(hass, player, "media_player.bedside")
    await hass.config_entries.async_reload(athena.entry_id)
    clocks = athena.runtime_data.room(BEDROOM).clocks
    music = {clock.alarm.id: clock.alarm.music and clock.alarm.music.player for clock in clocks}
    assert music == {"at_0700": "media_player.bedside", "at_0800": None}
    assert [clock.alarm.enabled for clock in clocks] == [False, True]


async def test_what_no_room_has_is_renamed_without_a_reload(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    runtime = athena.runtime_data
    await _rename(hass, "light.kitchen_light", "light.sink")
    assert athena.runtime_data is runtime


async def test_a_room_goes_by_the_name_of_its_area(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    ar.async_get(hass).async_update(BEDROOM, name="Main bedroom")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert athena.runtime_data.rooms[BEDROOM].title == "Main bedroom"
    assert len(athena.runtime_data.room(BEDROOM).clocks) == 1
    (device,) = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, BEDROOM)})
    assert device.name == "Main bedroom"
    assert [area.name for area in ar.async_get(hass).async_list_areas() if "edroom" in area.name] == ["Main bedroom"]
    runtime = athena.runtime_data
    ar.async_get(hass).async_update(BEDROOM, icon="mdi:bed")
    ar.async_get(hass).async_update("kitchen", name="Galley")  # no room of hers
    await hass.async_block_till_done(wait_background_tasks=True)
    assert athena.runtime_data is runtime


async def test_a_room_that_is_not_alive_just_now_follows_too(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "input_button", {"input_button": {"up": {}}})
    bedroom = next(one for one in athena.subentries.values() if one.unique_id == BEDROOM)
    hass.config_entries.async_update_subentry(athena, bedroom, data={CONF_BUTTONS: ["input_button.up"]})
    await hass.async_block_till_done()
    await hass.config_entries.async_unload(athena.entry_id)
    await _rename(hass, "input_button.up", "input_button.down")
    assert await hass.config_entries.async_setup(athena.entry_id)
    assert athena.runtime_data.rooms[BEDROOM].buttons == ("input_button.down",)
