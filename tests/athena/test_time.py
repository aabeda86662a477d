"""The time of each alarm, as one turns it on a dashboard."""

import datetime as dt

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .clock import BEDROOM, MONDAY_EVENING, async_ring, async_set_alarm

ALARM = "time.bedroom_alarm_at_0700"


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


async def _set(hass: HomeAssistant, time: str) -> None:
    await hass.services.async_call("time", "set_value", {"entity_id": ALARM, "time": time}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_an_alarm_is_put_off(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    assert hass.states.is_state(ALARM, "07:00:00")
    await _set(hass, "07:45:00")
    assert hass.states.is_state(ALARM, "07:45:00")
    state = hass.states.get(ALARM)
    assert state is not None
    assert state.name == "Bedroom 7:45 AM every day"
    assert athena.runtime_data.room(BEDROOM).clocks[0].next == MONDAY_EVENING + dt.timedelta(hours=9, minutes=45)


async def test_an_alarm_that_rings_once_rings_at_the_next_such_time_if_its_day_is_over(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, weekdays=[], time="23:00")
    entity = {"entity_id": "time.bedroom_alarm_at_2300", "time": "21:00:00"}
    await hass.services.async_call("time", "set_value", entity, blocking=True)
    assert str(athena.runtime_data.room(BEDROOM).clocks[0].alarm.date) == "2026-01-06"


async def test_an_alarm_put_off_while_it_rings_rings_on(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    await _set(hass, "11:00:00")
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
