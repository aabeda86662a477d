"""Whether somebody is there, by whose word; whether somebody sleeps; whether an alarm rings, and is heard."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

from custom_components.athena.areas import shows_presence
from custom_components.athena.brain.events import SensorLost

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_pass, async_ring, async_set_alarm
from .home import async_move


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


def _shown(hass: HomeAssistant, key: str) -> State:
    state = hass.states.get(f"binary_sensor.bedroom_{key}")
    assert state is not None
    return state


async def test_occupancy_says_who_sees_somebody(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    shown = _shown(hass, "occupancy")
    assert (shown.state, shown.attributes["reason"]) == ("off", "Nobody is noticed.")
    await async_move(hass, BEDROOM, somebody=True)
    shown = _shown(hass, "occupancy")
    assert shown.state == "on"
    assert shown.attributes["device_class"] == "occupancy"
    assert shown.attributes["reason"] == "Noticed by Bedroom Motion."
    told = await async_act(hass, "explain", room=BEDROOM)
    assert told["presence"] == "Bedroom Motion sees somebody since 10 PM."


async def test_one_who_moves_for_an_hour_is_written_down_once(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    for _ in range(60):
        await async_move(hass, BEDROOM, somebody=True)
        await async_pass(hass, freezer, seconds=20)
        await async_move(hass, BEDROOM, somebody=False)
        await async_pass(hass, freezer, seconds=40)
    written = [change.data["entity_id"] for change in changes]
    assert written.count("binary_sensor.bedroom_motion") == 120
    assert written.count("binary_sensor.bedroom_occupancy") == 1


async def test_occupancy_goes_on_by_what_was_seen_a_while_ago(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_move(hass, BEDROOM, somebody=True)
    await async_move(hass, BEDROOM, somebody=False)
    assert _shown(hass, "occupancy").attributes["reason"] == "Noticed by Bedroom Motion."
    told = await async_act(hass, "explain", room=BEDROOM)
    assert told["presence"] == "Bedroom Motion saw somebody at 10 PM."
    await async_pass(hass, freezer, minutes=10, seconds=1)
    assert _shown(hass, "occupancy").state == "off"


async def test_occupancy_is_unknown_where_no_sensor_can_tell(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    lost = SensorLost(room=BEDROOM, at=dt_util.utcnow(), source="binary_sensor.bedroom_motion")
    athena.runtime_data.handle(lost)
    shown = _shown(hass, "occupancy")
    assert (shown.state, shown.attributes["reason"]) == ("unknown", "No sensor can tell.")


async def test_a_sleeper_is_there_though_nothing_sees_them(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_act(hass, "set_room_state", room=BEDROOM, state="sleep")
    assert _shown(hass, "sleeping").state == "on"
    shown = _shown(hass, "occupancy")
    assert (shown.state, shown.attributes["reason"]) == ("on", "Somebody sleeps here.")
    await async_act(hass, "set_room_state", room=BEDROOM, state="occupied")
    assert _shown(hass, "sleeping").state == "off"
    assert _shown(hass, "occupancy").attributes["reason"] == "Nobody has left as far as anybody could tell."


async def test_what_athena_says_of_a_room_is_no_evidence_for_her(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert not shows_presence(hass, "binary_sensor.bedroom_occupancy")


async def test_ringing_names_the_alarms_and_what_will_ring_again(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    assert _shown(hass, "ringing").state == "off"
    await async_ring(hass, athena)
    shown = _shown(hass, "ringing")
    assert (shown.state, shown.attributes["alarms"], shown.attributes["rings_again"]) == ("on", ["at_0700"], [])
    await async_pass(hass, freezer, minutes=30, seconds=1)
    shown = _shown(hass, "ringing")
    assert (shown.state, shown.attributes["alarms"], shown.attributes["rings_again"]) == ("off", [], ["at_0700"])


async def test_an_alarm_that_nothing_can_play_is_a_problem(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert _shown(hass, "unheard").state == "off"
    await async_set_alarm(hass)
    await async_ring(hass, athena)  # no satellite and no media player is there
    assert _shown(hass, "unheard").state == "on"
