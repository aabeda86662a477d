"""A last round through the house, by word."""

from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.athena.brain.events import RoomForced
from custom_components.athena.brain.room_state import RoomState

from ..athena.clock import async_set_alarm
from .running import BEDROOM, KITCHEN, Runs

DOOR = "lock.front_door"
WINDOW = "binary_sensor.window"
HOUSE: dict[str, Any] = {"room": BEDROOM, "shut": [WINDOW, "binary_sensor.cellar"], "locked": [DOOR], "dark": [KITCHEN]}


async def _check(hass: HomeAssistant) -> dict[str, Any]:
    told = await hass.services.async_call(
        "script", "good_night", {}, blocking=True, return_response=True, context=Context()
    )
    assert told is not None
    return dict(told)


@pytest.fixture
async def evening(runs: Runs) -> Runs:
    """Return a house in which a window is open, a lock is not locked, and a light is on."""
    runs.said = await runs.async_put_satellite(BEDROOM)
    runs.hass.states.async_set(WINDOW, "on", {"friendly_name": "Kitchen window"})
    runs.hass.states.async_set("binary_sensor.cellar", "unavailable", {"friendly_name": "Cellar door"})
    await runs.async_act("lock.unlock", entity_id=DOOR)
    await runs.async_act("light.turn_on", entity_id=KITCHEN)
    return runs


async def test_it_says_what_is_open_unlocked_on_and_silent(evening: Runs) -> None:
    await evening.async_script("good_night", **HOUSE)
    told = await _check(evening.hass)
    text = (
        "Kitchen window is open. Front Door is not locked. Kitchen Light is on. "
        "Cellar door does not answer. Good night."
    )
    assert evening.said == [text]
    assert told == {"text": text, "wrong": 3, "silent": 1}
    assert evening.hass.states.is_state(DOOR, "unlocked"), "nothing was asked to be done"


async def test_it_locks_up_turns_off_and_lets_the_room_sleep_once_all_is_well(evening: Runs) -> None:
    await async_set_alarm(evening.hass)
    evening.hass.states.async_set(WINDOW, "off")
    done = {"lock_up": True, "turn_off": True, "sleep": True}
    await evening.async_script("good_night", **{**HOUSE, "shut": [WINDOW]}, **done)
    await _check(evening.hass)
    await evening.async_settle()
    assert evening.said == ["All is well. Alarm at 7:00 AM. Good night."]
    assert evening.hass.states.is_state(DOOR, "locked")
    assert not evening.is_on(KITCHEN)
    assert evening.hass.states.is_state("sensor.bedroom_state", "sleep")


async def test_an_alarm_of_another_day_is_not_told(evening: Runs) -> None:
    await async_set_alarm(evening.hass, weekdays=["fri"])
    await evening.async_script("good_night", room=BEDROOM)
    assert (await _check(evening.hass))["text"] == "Good night."


async def test_beside_a_sleeper_it_comes_as_a_message(evening: Runs) -> None:
    sent = async_mock_service(evening.hass, "notify", "send_message")
    await evening.async_tell(RoomForced, state=RoomState.SLEEP)
    await evening.async_script("good_night", **HOUSE, notify=["notify.arman"])
    assert (await _check(evening.hass))["wrong"] == 3
    assert evening.said == []
    assert [call.data["message"].split(".")[0] for call in sent] == ["Kitchen window is open"]


async def test_a_room_that_is_gone_keeps_nobody_from_the_message(evening: Runs) -> None:
    sent = async_mock_service(evening.hass, "notify", "send_message")
    await evening.async_script("good_night", **{**HOUSE, "room": "attic"}, notify=["notify.arman"], sleep=True)
    assert (await _check(evening.hass))["wrong"] == 3
    assert evening.said == []
    assert len(sent) == 1
