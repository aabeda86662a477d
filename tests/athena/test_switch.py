"""Quiet hours and the alarms as switches: they come and go with the alarms, and stop nothing that rings."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import AlarmDeleted, AlarmSet, SensorLost
from custom_components.athena.brain.settings import Alarm

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_pass, async_ring, async_set_alarm
from .home import async_move

ALARM = "switch.bedroom_alarm_at_0700"


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


async def _turn(hass: HomeAssistant, switch: str, *, on: bool) -> None:
    await hass.services.async_call("switch", "turn_on" if on else "turn_off", {"entity_id": switch}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


def _alarm(athena: MockConfigEntry) -> Alarm:
    alarm: Alarm = athena.runtime_data.room(BEDROOM).clocks[0].alarm
    return alarm


async def test_quiet_hours_keep_the_room_from_welcoming_anybody(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert hass.states.is_state("switch.bedroom_quiet_hours", "off")
    await _turn(hass, "switch.bedroom_quiet_hours", on=True)
    await async_move(hass, BEDROOM, somebody=True)
    assert hass.states.is_state("light.bedroom_lamp", "off")
    await _turn(hass, "switch.bedroom_quiet_hours", on=False)
    assert athena.runtime_data.room(BEDROOM).quiet is False


async def test_an_alarm_is_turned_off_and_on(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    state = hass.states.get(ALARM)
    assert state is not None
    assert state.state == "on"
    assert state.name == "Bedroom 7 AM every day"
    assert state.attributes["alarm"] == "at_0700"
    await _turn(hass, ALARM, on=False)
    assert hass.states.is_state(ALARM, "off")
    assert hass.states.is_state("sensor.bedroom_next_alarm", "unknown")
    await _turn(hass, ALARM, on=True)
    assert _alarm(athena).enabled
    assert not hass.states.is_state("sensor.bedroom_next_alarm", "unknown")


async def test_a_switch_is_called_as_its_alarm_is_called_now(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass, weekdays=["mon", "tue", "wed"])
    assert _name(hass) == "Bedroom 7 AM Mon–Wed"
    await async_act(hass, "set_alarm", room=BEDROOM, id="at_0700", time="06:15", weekdays=["mon", "wed"])
    assert _name(hass) == "Bedroom 6:15 AM Mon, Wed"
    await async_act(hass, "set_alarm", room=BEDROOM, id="at_0700", name="Work")
    assert _name(hass) == "Bedroom Work"


def _name(hass: HomeAssistant) -> str:
    state = hass.states.get(ALARM)
    assert state is not None
    return state.name


async def test_the_entities_of_an_alarm_go_with_it_for_good(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    registry = er.async_get(hass)
    for _ in range(2):
        await async_set_alarm(hass)
        assert registry.async_get(ALARM) is not None
        assert hass.states.is_state("time.bedroom_alarm_at_0700", "07:00:00")
        await async_act(hass, "delete_alarm", room=BEDROOM, id="at_0700")
        for entity in (ALARM, "time.bedroom_alarm_at_0700"):
            assert registry.async_get(entity) is None
            assert hass.states.get(entity) is None


async def test_an_alarm_that_rings_once_leaves_no_switch_behind(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, weekdays=[])
    await async_pass(hass, freezer, hours=9, seconds=1)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
    assert er.async_get(hass).async_get(ALARM) is None


async def test_an_alarm_set_and_deleted_at_once_leaves_nothing(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    now = dt_util.utcnow()
    alarm = Alarm(id="nap", time=now.time(), app_stop=True)
    runtime = athena.runtime_data
    runtime.handle(AlarmSet(room=BEDROOM, at=now, source="test", alarm=alarm))
    runtime.handle(AlarmDeleted(room=BEDROOM, at=now, source="test", alarm="nap"))
    await hass.async_block_till_done()
    assert er.async_get(hass).async_get_entity_id("switch", "athena", "bedroom_alarm_nap_enabled") is None
    assert hass.states.get("switch.bedroom_alarm_nap") is None


async def test_an_alarm_deleted_while_athena_was_away_leaves_no_switch(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    await async_set_alarm(hass)
    await async_set_alarm(hass, time="08:00", name="Late")
    await hass.config_entries.async_unload(athena.entry_id)
    alarms = hass_storage["athena"]["data"]["rooms"][BEDROOM]["alarms"]
    hass_storage["athena"]["data"]["rooms"][BEDROOM]["alarms"] = [
        one for one in alarms if one["alarm"]["id"] != "at_0700"
    ]
    await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done()
    assert er.async_get(hass).async_get(ALARM) is None
    assert hass.states.is_state("switch.bedroom_alarm_late", "on")


async def test_the_switches_are_there_again_after_a_restart(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    before = er.async_get(hass).async_get(ALARM)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state(ALARM, "on")
    assert before is not None
    after = er.async_get(hass).async_get(ALARM)
    assert after is not None
    assert after.id == before.id


async def test_an_alarm_disabled_while_it_rings_rings_on(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    await _turn(hass, ALARM, on=False)
    assert hass.states.is_state(ALARM, "off")
    await async_pass(hass, freezer, minutes=5)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_an_alarm_can_be_turned_off_though_its_witnesses_are_lost_but_not_on_again(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    registry = er.async_get(hass)
    mat = registry.async_get_or_create("binary_sensor", "test", "mat", suggested_object_id="mat")
    hass.states.async_set(mat.entity_id, "on")
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == BEDROOM)
    hass.config_entries.async_update_subentry(athena, bedroom, data={"bed_sensors": [mat.entity_id]})
    await hass.async_block_till_done()
    await async_set_alarm(hass, app_stop_ok=False)
    for source in (mat.entity_id, "binary_sensor.bedroom_motion"):
        athena.runtime_data.handle(SensorLost(room=BEDROOM, at=dt_util.utcnow(), source=source))
    assert not athena.runtime_data.room(BEDROOM).witnesses().enough
    await _turn(hass, ALARM, on=False)
    assert hass.states.is_state(ALARM, "off")
    with pytest.raises(ServiceValidationError, match="Nothing in Bedroom could tell"):
        await _turn(hass, ALARM, on=True)


async def test_an_alarm_that_rings_once_and_was_off_on_its_day_rings_at_the_next_such_time(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, weekdays=[])
    await _turn(hass, ALARM, on=False)
    await async_pass(hass, freezer, hours=30)
    await _turn(hass, ALARM, on=False)
    await _turn(hass, ALARM, on=True)
    assert str(_alarm(athena).date) == "2026-01-07"
