"""What else happens around an alarm."""

from typing import Any

import pytest
from homeassistant.core import Event, ServiceCall, callback
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.athena.brain.events import AlarmTrigger, BedCleared, BedOccupied, MotionDetected, RoomForced
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.sensors import SensorKind

from ..athena.clock import async_set_alarm
from .running import BEDROOM, KITCHEN, Runs

RADIO = "media_player.radio"
CLOCK = "media_player.clock"
SOUNDS: dict[str, Any] = {
    "sound": {"entity_id": RADIO, "media_content_id": "radio://1", "media_content_type": "music"},
    "other_sound": {"entity_id": CLOCK, "media_content_id": "media-source://ding", "media_content_type": "audio/mpeg"},
}


def _fires(name: str) -> list[dict[str, Any]]:
    return [{"event": "told", "event_data": {"what": name}}]


STEPS: dict[str, Any] = {name: _fires(name) for name in ("before_it", "while_it", "up", "missed")}


@pytest.fixture
async def told(runs: Runs) -> list[str]:
    """Return what has been done; in the bedroom somebody sleeps."""
    found: list[str] = []

    @callback
    def done(event: Event) -> None:
        found.append(event.data["what"])

    runs.hass.bus.async_listen("told", done)

    async def play(call: ServiceCall) -> None:
        found.append(f"{call.data['entity_id'][0]} {call.data['media_content_id']}")

    runs.hass.services.async_register("media_player", "play_media", play)
    async_mock_service(runs.hass, "media_player", "volume_set")
    await runs.async_tell(BedOccupied, source="mat", kind=SensorKind.MAT)
    await runs.async_tell(RoomForced, state=RoomState.SLEEP)
    return found


async def _ring(runs: Runs) -> None:
    await runs.async_tell(AlarmTrigger, alarm="at_0700")


async def test_every_phase_of_a_morning_in_its_turn(runs: Runs, told: list[str]) -> None:
    stopped = async_mock_service(runs.hass, "media_player", "media_stop")
    runs.hass.states.async_set(RADIO, "idle")
    await async_set_alarm(runs.hass, time="22:30")
    await runs.async_automate("wake_up", room=BEDROOM, **SOUNDS, **STEPS)
    await runs.async_pass(minutes=10)
    assert told == []
    await runs.async_pass(minutes=6)
    assert told == ["before_it"]
    await runs.async_pass(minutes=14, seconds=5)
    assert sorted(told[1:]) == [f"{RADIO} radio://1", "while_it"]
    runs.hass.states.async_set(RADIO, "playing")
    await runs.async_pass(seconds=20)
    assert len(told) == 3, "the other sound is not needed"
    await runs.async_tell(BedCleared, source="mat", kind=SensorKind.MAT)
    await runs.async_tell(MotionDetected, source="pir", kind=SensorKind.PIR)
    await runs.async_pass(seconds=30)
    assert told[3:] == ["up"]
    assert [call.data["entity_id"] for call in stopped] == [[RADIO, CLOCK]]


@pytest.mark.parametrize("radio", ["idle", "unavailable"])
async def test_a_player_that_does_not_play_is_not_relied_upon(runs: Runs, told: list[str], radio: str) -> None:
    runs.hass.states.async_set(RADIO, radio)
    await runs.async_automate("wake_up", room=BEDROOM, **SOUNDS)
    await _ring(runs)
    await runs.async_pass(seconds=5)
    assert told == [f"{RADIO} radio://1"]
    await runs.async_pass(seconds=10)
    assert told[1:] == [f"{CLOCK} media-source://ding"]


async def test_the_app_ends_it_without_a_good_morning_and_what_nobody_heard_is_missed(
    runs: Runs, told: list[str]
) -> None:
    async_mock_service(runs.hass, "media_player", "media_stop")
    await runs.async_automate("wake_up", room=BEDROOM, **STEPS)
    await async_set_alarm(runs.hass)
    await _ring(runs)
    await runs.async_act("athena.stop_alarm", room=BEDROOM, confirmation=True)
    assert told == ["while_it"]
    await _ring(runs)
    await runs.async_pass(hours=3)
    assert told.count("missed") == 1
    assert "up" not in told
    assert not runs.is_on(KITCHEN)
