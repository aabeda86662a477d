"""Light for what the room is doing."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.athena.brain.events import AlarmDismissed, AlarmTrigger, QuietSet, RoomForced
from custom_components.athena.brain.room_state import RoomState

from .running import BEDROOM, KITCHEN, LAMP, Runs

HERE: dict[str, Any] = {"room": BEDROOM, "lights": [KITCHEN]}
"""A light that is not the room's in Athena: what happens to it, the blueprint does."""
LUX = "sensor.window"


async def _come_in(runs: Runs) -> None:
    await runs.async_move(BEDROOM, somebody=True)
    await runs.async_pass(seconds=5)


async def test_it_lights_up_for_who_comes_in_and_goes_dark_behind_them(runs: Runs) -> None:
    await runs.async_automate("room_light", **HERE)
    await runs.async_move(BEDROOM, somebody=True)
    assert not runs.is_on(KITCHEN), "Athena's welcome comes first"
    await runs.async_pass(seconds=5)
    assert runs.percent(KITCHEN) == 70
    await runs.async_move(BEDROOM, somebody=False)
    await runs.async_pass(minutes=11)
    assert not runs.is_on(KITCHEN)


async def test_it_goes_dark_for_a_sleeper_and_stays_so_whoever_else_comes_in(runs: Runs) -> None:
    await runs.async_automate("room_light", **HERE)
    await _come_in(runs)
    await runs.async_tell(RoomForced, state=RoomState.SLEEP)
    await runs.async_pass(seconds=5)
    assert not runs.is_on(KITCHEN)
    await runs.async_move(BEDROOM, somebody=False)
    await _come_in(runs)
    assert not runs.is_on(KITCHEN)


async def test_it_waits_until_no_alarm_rings_and_is_soft_in_the_morning(runs: Runs) -> None:
    await runs.async_automate("room_light", **HERE, morning_level=35)
    await runs.async_tell(RoomForced, state=RoomState.SLEEP)
    await runs.async_tell(AlarmTrigger, alarm="work")
    await runs.async_pass(seconds=5)
    assert not runs.is_on(KITCHEN), "the light while it rings is the alarm's"
    await runs.async_tell(AlarmDismissed)
    await runs.async_pass(seconds=5)
    assert runs.percent(KITCHEN) == 35


async def test_what_a_person_has_chosen_and_quiet_hours_hold(runs: Runs) -> None:
    await runs.async_automate("room_light", **HERE)
    await runs.async_tell(QuietSet, on=True)
    await _come_in(runs)
    assert not runs.is_on(KITCHEN)
    await runs.async_tell(QuietSet, on=False)
    await runs.async_act("athena.set_room_state", room=BEDROOM, state="empty")
    await runs.async_move(BEDROOM, somebody=False)
    await runs.async_move(BEDROOM, somebody=True)
    await runs.async_act("scene.turn_on", entity_id="scene.bedroom_night")
    await runs.async_pass(seconds=5)
    assert not runs.is_on(KITCHEN)


async def test_by_day_it_stays_off_until_it_gets_dark_and_a_broken_sensor_is_not_asked(runs: Runs) -> None:
    attributes = {"device_class": "illuminance", "unit_of_measurement": "lx"}
    runs.hass.states.async_set(LUX, "300", attributes)
    await runs.async_automate("room_light", **HERE, lux=[LUX], dark=50)
    await _come_in(runs)
    assert not runs.is_on(KITCHEN)
    runs.hass.states.async_set(LUX, "20", attributes)
    await runs.async_pass(seconds=5)
    assert runs.is_on(KITCHEN)
    runs.hass.states.async_set(LUX, "unavailable", attributes)
    await runs.async_move(BEDROOM, somebody=False)
    await runs.async_pass(minutes=11)
    assert not runs.is_on(KITCHEN)
    await _come_in(runs)
    assert runs.is_on(KITCHEN)


async def test_a_scene_comes_instead_of_the_level_and_a_preset_as_well(runs: Runs) -> None:
    chosen = async_mock_service(runs.hass, "select", "select_option")
    runs.hass.states.async_set("select.strip_preset", "None")
    await runs.async_act("scene.create", scene_id="evening", entities={LAMP: {"state": "on", "brightness": 25}})
    evening = {"scene": ["scene.evening"], "preset": ["select.strip_preset"], "preset_name": "Golden"}
    await runs.async_automate("room_light", **HERE, **evening)
    await _come_in(runs)
    assert runs.percent(LAMP) == 10
    assert not runs.is_on(KITCHEN)
    assert [(call.data["entity_id"], call.data["option"]) for call in chosen] == [(["select.strip_preset"], "Golden")]


async def test_a_light_that_is_away_leaves_the_others_working(runs: Runs) -> None:
    await runs.async_automate("room_light", room=BEDROOM, lights=["light.gone", KITCHEN])
    await _come_in(runs)
    assert runs.is_on(KITCHEN)


async def test_with_no_light_that_is_there_nothing_happens_and_nothing_is_wrong(
    runs: Runs, caplog: pytest.LogCaptureFixture
) -> None:
    await runs.async_automate("room_light", room=BEDROOM, lights=["light.gone"])
    await _come_in(runs)
    assert not runs.is_on(KITCHEN)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
