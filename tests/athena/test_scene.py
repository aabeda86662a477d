"""The scenes as Home Assistant scenes."""

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.colors import GOLD

from .home import async_move
from .lamps import Clock, Lamp, async_furnish


async def _activate(hass: HomeAssistant, scene: str) -> None:
    await hass.services.async_call("scene", "turn_on", {"entity_id": scene}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_every_room_has_every_scene(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert set(hass.states.async_entity_ids("scene")) == {
        f"scene.{room}_{scene}"
        for room in ("living_room", "kitchen", "bedroom")
        for scene in ("entry", "exit", "focus", "night", "path", "sleep", "wake")
    }
    state = hass.states.get("scene.living_room_focus")
    assert state is not None
    assert state.name == "Living Room Focus"


async def test_a_scene_from_the_dashboard_is_a_persons_and_holds(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _activate(hass, "scene.living_room_night")
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.attributes["rgb_color"] == (255, 193, 7)
    await async_move(hass, "living_room", somebody=True)
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.attributes["rgb_color"] == (255, 193, 7)
    await _activate(hass, "scene.living_room_exit")
    assert hass.states.is_state("light.lamp", "off")


async def test_lights_that_were_chosen_are_the_only_ones(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "bedroom")
    hass.config_entries.async_update_subentry(athena, bedroom, data={"lights": ["light.kitchen_light"]})
    await hass.async_block_till_done()
    await _activate(hass, "scene.bedroom_focus")
    assert hass.states.is_state("light.kitchen_light", "on")
    assert hass.states.is_state("light.bedroom_lamp", "off")


async def test_a_room_without_lights_says_so(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    er.async_get(hass).async_update_entity("light.kitchen_light", area_id="bedroom")
    with pytest.raises(ServiceValidationError) as err:
        await _activate(hass, "scene.kitchen_focus")
    assert err.value.translation_key == "no_lights"
    room = athena.runtime_data.room("kitchen")
    assert room.cause is None
    assert room.scene is None


async def test_who_comes_in_is_welcomed_by_a_shimmer_that_settles_at_honey_gold(
    hass: HomeAssistant, athena: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    lamps = [Lamp(clock, f"lamp_{index}") for index in range(2)]
    await async_furnish(hass, athena, *lamps)
    await hass.services.async_call("input_boolean", "turn_on", {"entity_id": "input_boolean.bedroom"}, blocking=True)
    await clock.async_pass(0)
    assert [lamp.told[0] for lamp in lamps if lamp.told] == [(0.0, "on", {"brightness": 153, "rgb_color": GOLD})]
    await clock.async_pass(10)
    for lamp in lamps:
        assert lamp.told[-1] == (2.5, "on", {"brightness": 178, "rgb_color": GOLD})
        assert len(lamp.told) == 6


async def test_who_leaves_while_it_shimmers_leaves_a_dark_room(
    hass: HomeAssistant, athena: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    lamp = Lamp(clock, "lamp_1")
    await async_furnish(hass, athena, lamp)
    await hass.services.async_call("input_boolean", "turn_on", {"entity_id": "input_boolean.bedroom"}, blocking=True)
    await clock.async_pass(1)
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_exit"}, blocking=True)
    await clock.async_pass(10)
    assert lamp.told[-1][:2] == (5.0, "off")
