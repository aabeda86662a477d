"""Adding and changing a scene of one's own."""

from typing import Any

import pytest
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant, State
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.animations import PULSE
from custom_components.athena.brain.scene import Look, Scene
from custom_components.athena.const import SUBENTRY_SCENE
from custom_components.athena.own_scenes import captured

LOOK = {"name": "Movie Night", "room": "living_room", "brightness": 20, "color": [255, 80, 0], "fade": 3}


async def _async_add(hass: HomeAssistant, entry: MockConfigEntry, step: str, form: dict[str, Any]) -> dict[str, Any]:
    manager = hass.config_entries.subentries
    result: Any = await manager.async_init((entry.entry_id, SUBENTRY_SCENE), context={"source": SOURCE_USER})
    assert result["type"] is FlowResultType.MENU
    result = await manager.async_configure(result["flow_id"], {"next_step_id": step})
    assert result["type"] is FlowResultType.FORM
    result = await manager.async_configure(result["flow_id"], form)
    await hass.async_block_till_done()
    return dict(result)


async def _async_change(hass: HomeAssistant, entry: MockConfigEntry, step: str, form: dict[str, Any]) -> dict[str, Any]:
    subentry = next(iter(entry.get_subentries_of_type(SUBENTRY_SCENE)))
    manager = hass.config_entries.subentries
    result: Any = await entry.start_subentry_reconfigure_flow(hass, subentry.subentry_id)
    result = await manager.async_configure(result["flow_id"], {"next_step_id": step})
    assert result["type"] is FlowResultType.FORM
    result = await manager.async_configure(result["flow_id"], form)
    await hass.async_block_till_done()
    return dict(result)


async def _async_turn_on(hass: HomeAssistant, scene: str) -> None:
    await hass.services.async_call("scene", "turn_on", {"entity_id": scene}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


def _look_of(hass: HomeAssistant, light: str) -> tuple[Any, Any]:
    state = hass.states.get(light)
    assert state is not None
    return state.attributes.get("brightness"), state.attributes.get("rgb_color")


async def test_a_scene_of_ones_own_stands_beside_the_others(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    result = await _async_add(hass, athena, "look", LOOK)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    state = hass.states.get("scene.living_room_movie_night")
    assert state is not None
    assert state.name == "Living Room Movie Night"
    assert hass.states.get("scene.kitchen_movie_night") is None
    assert hass.states.get("scene.living_room_focus") is not None
    await _async_turn_on(hass, "scene.living_room_movie_night")
    assert _look_of(hass, "light.lamp") == (51, (255, 80, 0))
    assert athena.runtime_data.room("living_room").scene == "movie_night"


async def test_the_brain_knows_it_with_its_line_and_animation(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _async_add(hass, athena, "look", {**LOOK, "animation": "pulse", "line": "Enjoy {it}."})
    assert athena.runtime_data.rooms["living_room"].settings.scenes == (
        Scene(
            key="movie_night",
            name="Movie Night",
            icon="mdi:palette",
            look=Look(brightness=20, fade=3.0, rgb=(255, 80, 0)),
            line="Enjoy {{it}}.",
            animation=PULSE,
        ),
    )


async def test_the_lights_as_they_are_now_come_back_by_the_scene(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    lit = {"entity_id": "light.lamp", "brightness": 51, "rgb_color": (1, 200, 3)}
    await hass.services.async_call("light", "turn_on", lit, blocking=True)
    result = await _async_add(hass, athena, "as_now", {"name": "Reading", "room": "living_room", "fade": 0})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await _async_turn_on(hass, "scene.living_room_focus")
    assert hass.states.is_state("light.ceiling_light", "on")
    await _async_turn_on(hass, "scene.living_room_reading")
    assert _look_of(hass, "light.lamp") == (51, (1, 200, 3))
    assert hass.states.is_state("light.ceiling_light", "off")


def test_of_a_light_its_white_and_its_effect_are_kept_too() -> None:
    white = {"brightness": 128, "color_mode": "color_temp", "color_temp_kelvin": 2700, "rgb_color": (255, 166, 87)}
    states = [
        State("light.white", "on", white),
        State("light.strip", "on", {"brightness": 255, "color_mode": "rgb", "rgb_color": (1, 2, 3), "effect": "Fire"}),
        State("light.plug", "on", {"color_mode": "onoff"}),
        State("light.gone", "unavailable"),
    ]
    assert captured(states) == {
        "light.white": {"brightness": 50, "kelvin": 2700},
        "light.strip": {"brightness": 100, "color": [1, 2, 3], "effect": "Fire"},
        "light.plug": {"brightness": 100},
    }


@pytest.mark.parametrize("name", ["Focus", "focus!", "Movie Night", "movie night"])
async def test_a_name_that_is_taken_in_the_room_is_refused(
    hass: HomeAssistant, athena: MockConfigEntry, name: str
) -> None:
    await _async_add(hass, athena, "look", LOOK)
    result = await _async_add(hass, athena, "look", {**LOOK, "name": name})
    assert result["errors"] == {"name": "scene_exists"}


async def test_the_same_name_in_another_room_is_fine(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _async_add(hass, athena, "look", LOOK)
    result = await _async_add(hass, athena, "look", {**LOOK, "room": "kitchen"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert hass.states.get("scene.kitchen_movie_night") is not None


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"color": [1, 2, 3], "kelvin": 3000}, {"color": [1, 2, 3]}),
        ({"color": [0, 0, 0], "kelvin": 3000}, {"kelvin": 3000}),
        ({"color": [0, 0, 0]}, {}),
        ({}, {}),
    ],
)
async def test_a_colour_wins_over_a_white_and_black_is_none_since_a_browser_can_empty_neither(
    hass: HomeAssistant, athena: MockConfigEntry, chosen: dict[str, Any], kept: dict[str, Any]
) -> None:
    form = {key: value for key, value in LOOK.items() if key not in ("color", "kelvin")}
    await _async_add(hass, athena, "look", {**form, **chosen})
    [scene] = athena.get_subentries_of_type("scene")
    assert {key: value for key, value in scene.data.items() if key in ("color", "kelvin")} == kept


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({**LOOK, "name": " ! "}, {"name": "no_name"}),
    ],
)
async def test_a_scene_that_makes_no_sense_is_refused(
    hass: HomeAssistant, athena: MockConfigEntry, form: dict[str, Any], errors: dict[str, str]
) -> None:
    result = await _async_add(hass, athena, "look", form)
    assert result["errors"] == errors


async def test_a_room_whose_lights_say_nothing_is_refused(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for light in ("light.lamp", "light.ceiling_light"):
        hass.states.async_set(light, "unavailable")
    result = await _async_add(hass, athena, "as_now", {"name": "Reading", "room": "living_room", "fade": 0})
    assert result["errors"] == {"base": "no_lights"}


async def test_a_home_without_a_room_is_told_to_add_one_first(hass: HomeAssistant, home: None) -> None:
    entry = MockConfigEntry(domain="athena")
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    manager = hass.config_entries.subentries
    result: Any = await manager.async_init((entry.entry_id, SUBENTRY_SCENE), context={"source": SOURCE_USER})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "no_rooms")


async def test_a_changed_scene_keeps_its_entity(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _async_add(hass, athena, "look", LOOK)
    form = {"name": "Cinema", "brightness": 5, "color": [9, 9, 255], "fade": 1}
    result = await _async_change(hass, athena, "look", form)
    assert result["reason"] == "reconfigure_successful"
    state = hass.states.get("scene.living_room_movie_night")
    assert state is not None
    assert state.name == "Living Room Cinema"
    await _async_turn_on(hass, "scene.living_room_movie_night")
    assert _look_of(hass, "light.lamp")[0] == 13


async def test_a_captured_scene_is_captured_anew_only_if_wished(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _async_add(hass, athena, "as_now", {"name": "Reading", "room": "living_room", "fade": 0})

    def _brightness() -> int:
        (scene,) = athena.runtime_data.rooms["living_room"].settings.scenes
        return int(scene.lights["light.lamp"].brightness)

    lit = {"entity_id": "light.lamp", "brightness": 255}
    await hass.services.async_call("light", "turn_on", lit, blocking=True)
    await _async_change(hass, athena, "as_now", {"name": "Read", "fade": 2, "capture": False})
    assert _brightness() == 0
    await _async_change(hass, athena, "as_now", {"name": "Read", "fade": 2, "capture": True})
    assert _brightness() == 100


async def test_a_deleted_scene_is_gone(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _async_add(hass, athena, "look", LOOK)
    subentry = next(iter(athena.get_subentries_of_type(SUBENTRY_SCENE)))
    hass.config_entries.async_remove_subentry(athena, subentry.subentry_id)
    await hass.async_block_till_done()
    assert hass.states.get("scene.living_room_movie_night") is None
    assert er.async_get(hass).async_get("scene.living_room_movie_night") is None
    assert hass.states.get("scene.living_room_focus") is not None
