"""Something is shown with the lights for a moment, and then they are as they were."""

from typing import Any

import pytest
from homeassistant.core import Context

from custom_components.athena.brain.events import QuietSet, RoomForced
from custom_components.athena.brain.room_state import RoomState

from .running import BEDROOM, KITCHEN, LAMP, Runs

BELL: dict[str, Any] = {"room": BEDROOM, "lights": [KITCHEN, LAMP, "light.gone"]}


@pytest.fixture
async def lit(runs: Runs) -> Runs:
    """Return a home in which one light is on, and another one off."""
    await runs.async_act("light.turn_on", entity_id=KITCHEN, brightness_pct=30, color_temp_kelvin=3000)
    return runs


async def _ring(runs: Runs, context: Context | None = None) -> None:
    await runs.hass.services.async_call(
        "script", "turn_on", {"entity_id": "script.scene_with_restore"}, context=context
    )
    await runs.async_settle()


async def test_it_swells_stays_and_is_as_before(lit: Runs, hass_admin_user: Any) -> None:
    await lit.async_script("scene_with_restore", **BELL)
    await _ring(lit, Context(user_id=hass_admin_user.id))
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (80, 80)
    await lit.async_pass(seconds=1)
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (20, 20)
    await _ring(lit)
    await lit.async_pass(seconds=30)
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (30, 0)
    assert lit.hass.states.get("scene.athena_before_scene_with_restore") is None


async def test_a_scene_is_shown_instead_and_a_hand_meanwhile_wins(lit: Runs, hass_admin_user: Any) -> None:
    half = {"state": "on", "brightness": 128, "color_temp_kelvin": 3000, "color_mode": "color_temp"}
    await lit.async_act("scene.create", scene_id="bell", entities={LAMP: half})
    await lit.async_script("scene_with_restore", **BELL, scene=["scene.bell"], seconds=60)
    await _ring(lit)
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (30, 50)
    await lit.async_pass(seconds=5)
    await lit.async_act("light.turn_on", Context(user_id=hass_admin_user.id), entity_id=KITCHEN, brightness_pct=100)
    await lit.async_pass(minutes=2)
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (100, 50)


async def test_a_sleeper_quiet_hours_and_a_chosen_scene_are_left_alone(lit: Runs) -> None:
    await lit.async_script("scene_with_restore", **BELL)
    await lit.async_tell(RoomForced, state=RoomState.SLEEP)
    await _ring(lit)
    assert lit.percent(KITCHEN) == 30
    await lit.async_tell(RoomForced, state=RoomState.OCCUPIED)
    await lit.async_tell(QuietSet, on=True)
    await _ring(lit)
    assert lit.percent(KITCHEN) == 30
    await lit.async_tell(QuietSet, on=False)
    await lit.async_act("scene.turn_on", entity_id="scene.bedroom_night")
    await _ring(lit)
    assert lit.percent(KITCHEN) == 30


@pytest.mark.parametrize("wrong", [{"scene": ["scene.gone"], "effect": "Comet"}, {"room": "attic"}])
async def test_what_is_gone_leaves_the_lights_as_they_were(lit: Runs, wrong: dict[str, Any]) -> None:
    await lit.async_script("scene_with_restore", **{**BELL, **wrong})
    await _ring(lit)
    await lit.async_pass(seconds=30)
    assert (lit.percent(KITCHEN), lit.percent(LAMP)) == (30, 0)
