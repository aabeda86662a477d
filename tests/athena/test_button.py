"""What a person tells a room by a press: nothing of it ends an alarm."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_ring, async_set_alarm


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


async def _press(hass: HomeAssistant, key: str) -> None:
    await hass.services.async_call("button", "press", {"entity_id": f"button.bedroom_{key}"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_i_am_still_awake(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_act(hass, "set_room_state", room=BEDROOM, state="sleep")
    await _press(hass, "still_awake")
    assert hass.states.is_state("sensor.bedroom_state", "occupied")


async def test_the_next_alarm_is_skipped_while_there_is_one(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert hass.states.is_state("button.bedroom_skip_next_alarm", "unavailable")
    await async_set_alarm(hass)
    assert hass.states.is_state("button.bedroom_skip_next_alarm", "unknown")
    first = athena.runtime_data.room(BEDROOM).clocks[0].next
    await _press(hass, "skip_next_alarm")
    clock = athena.runtime_data.room(BEDROOM).clocks[0]
    assert clock.skipped == first
    assert clock.next > first


async def test_an_alarm_skipped_while_it_rings_rings_on(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    await _press(hass, "skip_next_alarm")
    await _press(hass, "still_awake")
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_no_button_stops_an_alarm(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    for entity in hass.states.async_entity_ids("button"):
        await hass.services.async_call("button", "press", {"entity_id": entity}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
