"""Motion sensors of any make become presence in a room."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import RoomState

from ..home import async_move


def _state(hass: HomeAssistant) -> str:
    state = hass.states.get("sensor.living_room_state")
    assert state is not None
    return state.state


async def test_somebody_comes_in(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert _state(hass) == "empty"
    await async_move(hass, "living_room", somebody=True)
    assert _state(hass) == "occupied"
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.attributes["rgb_color"] == (255, 215, 0)
    assert hass.states.is_state("light.kitchen_light", "off")


async def test_somebody_who_was_there_before_athena_is_not_welcomed(
    hass: HomeAssistant, home: None, entry: MockConfigEntry
) -> None:
    await async_move(hass, "living_room", somebody=True)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass) == "occupied"
    assert hass.states.is_state("light.lamp", "off")


async def test_a_sensor_that_dies_does_not_hold_the_room(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_move(hass, "living_room", somebody=True)
    hass.states.async_set("binary_sensor.living_room_motion", "unavailable")
    await hass.async_block_till_done()
    room = athena.runtime_data.room("living_room")
    assert room.evidence == set()
    assert room.empty_at is not None


async def test_a_sensor_that_comes_back_seeing_somebody_is_no_arrival(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    hass.states.async_set("binary_sensor.living_room_motion", "unavailable")
    await hass.async_block_till_done()
    hass.states.async_set("binary_sensor.living_room_motion", "on")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass) == "occupied"
    assert hass.states.is_state("light.lamp", "off")


async def test_the_first_news_of_a_sensor_without_any_is_an_arrival(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    hass.states.async_set("binary_sensor.living_room_motion", "unknown")
    await hass.async_block_till_done()
    await async_move(hass, "living_room", somebody=True)
    assert hass.states.is_state("light.lamp", "on")


async def test_a_sensor_moved_into_the_area_is_followed_without_a_reload(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    registry.async_update_entity("binary_sensor.bedroom_motion", area_id="living_room")
    await async_move(hass, "bedroom", somebody=True)
    assert _state(hass) == "occupied"
    registry.async_update_entity("binary_sensor.bedroom_motion", area_id="bedroom")
    await hass.async_block_till_done()
    assert athena.runtime_data.room("living_room").empty_at is not None
    assert athena.runtime_data.room("bedroom").state is RoomState.OCCUPIED


async def test_an_attribute_that_changes_is_no_new_fact(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_move(hass, "living_room", somebody=True)
    await async_move(hass, "living_room", somebody=False)
    due = athena.runtime_data.room("living_room").empty_at
    motion = hass.states.get("binary_sensor.living_room_motion")
    assert motion is not None
    hass.states.async_set(motion.entity_id, motion.state, {**motion.attributes, "battery": 50})
    await hass.async_block_till_done()
    assert athena.runtime_data.room("living_room").empty_at == due
