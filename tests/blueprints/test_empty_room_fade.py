"""The lights of a room that seems empty dim before they go out; whoever is still there cancels it."""

from typing import Any

import pytest
from homeassistant.core import Context

from custom_components.athena.brain.events import QuietSet, RoomForced
from custom_components.athena.brain.room_state import RoomState

from .running import BEDROOM, KITCHEN, Runs

HERE: dict[str, Any] = {"room": BEDROOM, "lights": [KITCHEN, "light.gone"]}
"""A light that is not the room's in Athena: what happens to it, the blueprint does. The other is not there."""


@pytest.fixture
async def left(runs: Runs) -> Runs:
    """Return a room in which nobody has moved for seven minutes, in bright light."""
    await runs.async_put_satellite(BEDROOM)
    await runs.async_automate("empty_room_fade", **HERE)
    await runs.async_move(BEDROOM, somebody=True)
    await runs.async_act("light.turn_on", entity_id=KITCHEN, brightness_pct=80, color_temp_kelvin=3000)
    await runs.async_move(BEDROOM, somebody=False)
    await runs.async_pass(minutes=7)
    assert runs.percent(KITCHEN) == 80
    return runs


async def _warned(runs: Runs) -> None:
    await runs.async_pass(minutes=2)
    assert runs.percent(KITCHEN) == 20


async def test_it_warns_at_four_fifths_of_the_time_and_goes_dark_at_its_end(left: Runs) -> None:
    await _warned(left)
    await left.async_pass(minutes=1, seconds=30)
    assert not left.is_on(KITCHEN)
    assert left.hass.states.get("scene.athena_before_empty_room_fade") is None
    await left.async_move(BEDROOM, somebody=True)
    assert not left.is_on(KITCHEN), "what is over is not brought back"


async def test_motion_cancels_the_warning_and_it_comes_again(left: Runs) -> None:
    await _warned(left)
    await left.async_move(BEDROOM, somebody=True)
    assert left.percent(KITCHEN) == 80
    await left.async_move(BEDROOM, somebody=False)
    await left.async_pass(minutes=7)
    assert left.percent(KITCHEN) == 80
    await _warned(left)


async def test_a_voice_cancels_the_warning(left: Runs) -> None:
    await _warned(left)
    left.hass.states.async_set(f"assist_satellite.{BEDROOM}", "listening")
    await left.async_settle()
    assert left.percent(KITCHEN) == 80


async def test_a_hand_at_the_light_in_the_warning_wins(left: Runs, hass_admin_user: Any) -> None:
    await _warned(left)
    mine = Context(user_id=hass_admin_user.id)
    await left.async_act("light.turn_on", mine, entity_id=KITCHEN, brightness_pct=50)
    await left.async_pass(minutes=2)
    assert left.percent(KITCHEN) == 50


async def test_a_sleeper_a_choice_and_quiet_hours_are_left_alone(left: Runs) -> None:
    await left.async_tell(RoomForced, state=RoomState.SLEEP)
    await left.async_pass(minutes=4)
    assert left.percent(KITCHEN) == 80
    await left.async_tell(RoomForced, state=RoomState.OCCUPIED)
    for hold in ("choice", "quiet"):
        if hold == "choice":
            await left.async_act("scene.turn_on", entity_id="scene.bedroom_night")
        else:
            await left.async_tell(QuietSet, on=True)
        await left.async_move(BEDROOM, somebody=True)
        await left.async_move(BEDROOM, somebody=False)
        await left.async_pass(minutes=11)
        assert left.percent(KITCHEN) == 80
