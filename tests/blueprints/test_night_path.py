"""A faint light on the way of who leaves the bed at night."""

from typing import Any

import pytest

from custom_components.athena.brain.events import (
    AlarmTrigger,
    BedCleared,
    BedOccupied,
    MotionDetected,
    QuietSet,
    RoomForced,
)
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.sensors import SensorKind

from .running import BEDROOM, KITCHEN, LAMP, Runs

BRIGHT = "light.lamp"
WAY: dict[str, Any] = {
    "room": BEDROOM,
    "lights": [KITCHEN, LAMP, BRIGHT, "light.gone"],
    "motion": ["binary_sensor.kitchen_motion"],
}


@pytest.fixture
async def night(runs: Runs) -> Runs:
    """Return a bedroom in which somebody sleeps, at half past ten."""
    await runs.async_act("light.turn_on", entity_id=BRIGHT, brightness_pct=60, color_temp_kelvin=3000)
    await runs.async_tell(BedOccupied, source="mat", kind=SensorKind.MAT)
    await runs.async_tell(RoomForced, state=RoomState.SLEEP)
    await runs.async_pass(minutes=30)
    return runs


async def _get_up(runs: Runs) -> None:
    await runs.async_tell(BedCleared, source="mat", kind=SensorKind.MAT)
    await runs.async_tell(MotionDetected, source="pir", kind=SensorKind.PIR)
    await runs.async_pass(seconds=10)


async def test_the_way_is_lit_while_somebody_moves_there(night: Runs) -> None:
    await night.async_automate("night_path", **WAY)
    await _get_up(night)
    assert (night.percent(KITCHEN), night.percent(BRIGHT)) == (4, 60)
    for _ in range(2):
        await night.async_move("kitchen", somebody=True)
        await night.async_pass(minutes=4)
        await night.async_move("kitchen", somebody=False)
        # whoever comes in is welcomed there by Athena; here they are not to be
        await night.async_act("light.turn_on", entity_id=KITCHEN, brightness_pct=4, color_temp_kelvin=2200)
        await night.async_pass(minutes=4)
        assert night.is_on(KITCHEN)
    await night.async_pass(minutes=2)
    assert (night.percent(KITCHEN), night.percent(BRIGHT)) == (0, 60)


async def test_what_somebody_makes_brighter_stays(night: Runs) -> None:
    await night.async_automate("night_path", **WAY)
    await _get_up(night)
    await night.async_act("light.turn_on", entity_id=KITCHEN, brightness_pct=50)
    await night.async_pass(minutes=6)
    assert night.percent(KITCHEN) == 50


async def test_no_light_where_somebody_sleeps_nor_for_who_is_woken(night: Runs) -> None:
    await night.async_automate("night_path", **WAY)
    await night.async_tell(RoomForced, room="kitchen", state=RoomState.SLEEP)
    await _get_up(night)
    assert not night.is_on(KITCHEN)
    await night.async_tell(RoomForced, room="kitchen", state=RoomState.EMPTY)
    await night.async_tell(BedOccupied, source="mat", kind=SensorKind.MAT)
    await night.async_tell(AlarmTrigger, alarm="work")
    await night.async_pass(seconds=30)
    await _get_up(night)
    assert not night.is_on(KITCHEN)


async def test_by_day_only_in_quiet_hours(night: Runs) -> None:
    await night.async_automate("night_path", **WAY, begins="23:30:00", ends="06:00:00")
    await _get_up(night)
    assert not night.is_on(KITCHEN)
    await night.async_tell(QuietSet, on=True)
    await night.async_tell(BedOccupied, source="mat", kind=SensorKind.MAT)
    await night.async_tell(RoomForced, state=RoomState.SLEEP)
    await night.async_pass(minutes=10)
    await _get_up(night)
    assert night.is_on(KITCHEN)
