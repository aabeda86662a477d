"""What a room shows: its state, its scene, its next alarm, its witnesses and why."""

from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EntityCategory
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import BedOccupied, LightsTouched, MotionDetected
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.const import DOMAIN

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_set_alarm
from .home import async_move


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


async def test_every_entity_of_a_room_stands_on_its_device_under_a_lasting_id(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await async_set_alarm(hass, name="Work")
    (device,) = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, BEDROOM)})
    entries = er.async_entries_for_device(er.async_get(hass), device.id, include_disabled_entities=True)
    found = {entry.unique_id: entry.entity_id for entry in entries if entry.domain != "scene"}
    assert found == {
        "bedroom_state": "sensor.bedroom_state",
        "bedroom_scene": "sensor.bedroom_scene",
        "bedroom_next_alarm": "sensor.bedroom_next_alarm",
        "bedroom_witnesses": "sensor.bedroom_witnesses",
        "bedroom_last_decision": "sensor.bedroom_last_decision",
        "bedroom_focus_timer": "sensor.bedroom_focus_timer",
        "bedroom_occupancy": "binary_sensor.bedroom_occupancy",
        "bedroom_sleeping": "binary_sensor.bedroom_sleeping",
        "bedroom_ringing": "binary_sensor.bedroom_ringing",
        "bedroom_unheard": "binary_sensor.bedroom_unheard",
        "bedroom_quiet_hours": "switch.bedroom_quiet_hours",
        "bedroom_alarm_work_enabled": "switch.bedroom_alarm_work",
        "bedroom_alarm_work_time": "time.bedroom_alarm_work",
        "bedroom_still_awake": "button.bedroom_still_awake",
        "bedroom_skip_next_alarm": "button.bedroom_skip_next_alarm",
        "bedroom_bed_exit": "event.bedroom_bed_exit",
        "bedroom_alarm": "event.bedroom_alarm",
    }
    assert {entry.unique_id for entry in entries if entry.disabled_by} == {"bedroom_last_decision"}
    diagnostic = {entry.unique_id for entry in entries if entry.entity_category is EntityCategory.DIAGNOSTIC}
    assert diagnostic == {"bedroom_last_decision", "bedroom_witnesses", "bedroom_unheard"}


async def test_what_could_disarm_a_sleeper_is_no_part_of_everything_in_here(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    """ "Turn off the bedroom" finds what has no category: not the alarms."""
    await async_set_alarm(hass)
    await hass.services.async_call("switch", "turn_off", {"area_id": BEDROOM}, blocking=True)
    await hass.services.async_call("homeassistant", "turn_off", {"area_id": BEDROOM}, blocking=True)
    assert hass.states.is_state("switch.bedroom_alarm_at_0700", "on")


async def test_the_scene_is_shown_until_somebody_touches_the_lights(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await async_move(hass, BEDROOM, somebody=True)
    assert hass.states.is_state("sensor.bedroom_scene", "entry")
    athena.runtime_data.handle(LightsTouched(room=BEDROOM, at=dt_util.utcnow(), source="somebody"))
    assert hass.states.is_state("sensor.bedroom_scene", "unknown")


async def test_a_scene_that_has_been_deleted_is_unknown(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    athena.runtime_data.room(BEDROOM)._mind.scene = "movie"
    await async_act(hass, "set_room_state", room=BEDROOM, state="occupied")
    assert hass.states.is_state("sensor.bedroom_scene", "unknown")


async def test_the_next_alarm_is_the_one_that_rings_next(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert hass.states.is_state("sensor.bedroom_next_alarm", "unknown")
    await async_set_alarm(hass, time="09:00", name="Late")
    await async_set_alarm(hass)
    state = hass.states.get("sensor.bedroom_next_alarm")
    assert state is not None
    assert dt_util.parse_datetime(state.state) == MONDAY_EVENING + timedelta(hours=9)
    shown = {key: state.attributes[key] for key in ("alarm", "name", "room", "profile")}
    assert shown == {"alarm": "at_0700", "name": "7 AM every day", "room": BEDROOM, "profile": "morning_default"}
    await async_act(hass, "skip_alarm", room=BEDROOM)
    state = hass.states.get("sensor.bedroom_next_alarm")
    assert state is not None
    assert state.attributes["alarm"] == "late"


async def test_the_witnesses_of_the_bed_are_shown(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert hass.states.is_state("sensor.bedroom_witnesses", "none")
    now = dt_util.utcnow()
    athena.runtime_data.handle(BedOccupied(room=BEDROOM, at=now, source="mat", kind=SensorKind.MAT))
    athena.runtime_data.handle(MotionDetected(room=BEDROOM, at=now, source="pir", kind=SensorKind.PIR))
    state = hass.states.get("sensor.bedroom_witnesses")
    assert state is not None
    assert state.state == "enough"
    assert {"mat", "pir"} <= set(state.attributes["working"])


async def test_the_last_decision_says_why_once_somebody_enables_it(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    er.async_get(hass).async_update_entity("sensor.bedroom_last_decision", disabled_by=None)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state("sensor.bedroom_last_decision", "unknown")
    await async_move(hass, BEDROOM, somebody=True)
    state = hass.states.get("sensor.bedroom_last_decision")
    assert state is not None
    assert state.state == "Scene entry: You came in at 10 PM."
    assert (state.attributes["why"], state.attributes["by"]) == ("came_in", ["binary_sensor.bedroom_motion"])


async def test_an_entity_is_written_only_when_what_it_shows_has_changed(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await async_move(hass, BEDROOM, somebody=True)
    written: list[str] = []

    @callback
    def write(event: Event[EventStateChangedData]) -> None:
        written.append(event.data["entity_id"])

    hass.bus.async_listen("state_changed", write)
    hass.bus.async_listen("state_reported", write, event_filter=callback(lambda _: True))
    for _ in range(3):
        seen = MotionDetected(
            room=BEDROOM, at=dt_util.utcnow(), source="binary_sensor.bedroom_motion", held=True, kind=SensorKind.PIR
        )
        athena.runtime_data.handle(seen)
    await hass.async_block_till_done()
    assert written == []


async def test_what_athena_shows_is_unavailable_without_her(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    mine = [
        entry.entity_id
        for entry in er.async_entries_for_config_entry(er.async_get(hass), athena.entry_id)
        if entry.domain not in ("scene", "conversation") and not entry.disabled_by
    ]
    assert len(mine) == 3 * 14 + 2
    await hass.config_entries.async_unload(athena.entry_id)
    await hass.async_block_till_done()
    assert {state.state for entity in mine if (state := hass.states.get(entity)) is not None} == {"unavailable"}
