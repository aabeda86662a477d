"""The events of a bedroom: the bed is left; an alarm rings, pauses, ends, or wakes nobody."""

from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import (
    AlarmTrigger,
    BedCleared,
    BedOccupied,
    MotionDetected,
    PersonAway,
)
from custom_components.athena.brain.sensors import SensorKind

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_pass, async_ring, async_set_alarm


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


def _last(hass: HomeAssistant, key: str) -> dict[str, Any]:
    state = hass.states.get(f"event.bedroom_{key}")
    assert state is not None
    return dict(state.attributes)


async def test_leaving_the_bed_is_an_event_by_its_witnesses(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    runtime = athena.runtime_data
    runtime.handle(BedOccupied(room=BEDROOM, at=dt_util.utcnow(), source="mat", kind=SensorKind.MAT))
    await async_act(hass, "set_room_state", room=BEDROOM, state="sleep")
    await async_pass(hass, freezer, hours=1)
    assert hass.states.is_state("event.bedroom_bed_exit", "unknown")
    runtime.handle(BedCleared(room=BEDROOM, at=dt_util.utcnow(), source="mat", kind=SensorKind.MAT))
    runtime.handle(MotionDetected(room=BEDROOM, at=dt_util.utcnow(), source="pir", kind=SensorKind.PIR))
    await async_pass(hass, freezer, seconds=60)
    assert _last(hass, "bed_exit")["event_type"] == "bed_exit"
    assert _last(hass, "bed_exit")["by"] == ["mat", "pir"]


async def test_an_alarm_tells_its_whole_life(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    told: list[dict[str, Any]] = []

    @callback
    def tell(event: Event[EventStateChangedData]) -> None:
        if event.data["entity_id"] == "event.bedroom_alarm" and event.data["new_state"] is not None:
            told.append(dict(event.data["new_state"].attributes))

    await async_set_alarm(hass)
    hass.bus.async_listen("state_changed", tell)
    await async_pass(hass, freezer, hours=9)
    for minutes in (30, 10) * 4:
        await async_pass(hass, freezer, minutes=minutes, seconds=1)
    rounds = ["paused", "ringing_again"] * 3
    assert [one["event_type"] for one in told] == ["ringing", "unheard", *rounds, "paused", "missed"]
    assert {one["alarm"] for one in told} == {"at_0700"}
    due = dt_util.as_utc(MONDAY_EVENING + timedelta(hours=9)).isoformat()
    assert {one["occurrence"] for one in told if "occurrence" in one} == {due}


async def test_what_cannot_be_heard_is_told(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    assert _last(hass, "alarm")["event_type"] == "unheard"


async def test_an_alarm_is_stopped_by_whoever_confirmed_it(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    context = Context()
    await async_act(hass, "stop_alarm", context, room=BEDROOM, confirmation=True)
    told = _last(hass, "alarm")
    assert (told["event_type"], told["alarm"], told["why"]) == ("stopped", "at_0700", "app")
    state = hass.states.get("event.bedroom_alarm")
    assert state is not None
    assert state.context is context


async def test_nobody_home_is_told(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    athena.runtime_data.handle(PersonAway(room=BEDROOM, at=dt_util.utcnow(), source="person.arman"))
    athena.runtime_data.handle(AlarmTrigger(room=BEDROOM, at=dt_util.utcnow(), source="test", alarm="at_0700"))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _last(hass, "alarm")["event_type"] == "nobody_home"
