"""Scenes, plain on and off, and the way back, on lights of every ability."""

from dataclasses import replace

import pytest
from homeassistant.components.light import ColorMode
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.colors import AMBER, GOLD
from custom_components.athena.brain.commands import CancelSleepTransition, LightsRestore, LightsSetState
from custom_components.athena.brain.scene import Look, Scene
from custom_components.athena.outputs.lights import CancelSleepOutput, RestoreOutput, SetStateOutput

from ..lamps import Clock, Lamp
from .conftest import Play, RoomWith, Settle

ONOFF = frozenset({ColorMode.ONOFF})
DIMMABLE = frozenset({ColorMode.BRIGHTNESS})


async def test_prd_9_exit_a_lamp_that_fades_is_told_once(room_with: RoomWith, clock: Clock, settle: Settle) -> None:
    lamp = Lamp(clock, "hue", fades=True, on=True)
    await settle(await room_with(lamp), "exit")
    await clock.async_pass(60)
    assert lamp.told == [(0.0, "off", {"transition": 4.0})]


async def test_prd_9_sleep_a_lamp_that_only_dims_fades_over_30_s(
    room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lamp = Lamp(clock, "dimmer", on=True)
    lamp._attr_brightness = 200
    await settle(await room_with(lamp), "sleep")
    await clock.async_pass(60)
    levels = [data["brightness"] for _, what, data in lamp.told if what == "on"]
    assert levels == sorted(levels, reverse=True)
    assert 200 > levels[0] > 190
    assert levels[-1] >= 25  # it would come on again as dark as it was left
    assert lamp.told[-1][:2] == (30.0, "off")
    assert min(after[0] - before[0] for before, after in zip(lamp.told, lamp.told[1:], strict=False)) >= 0.5


async def test_a_lamp_that_can_only_be_on_or_off_goes_off_when_the_fade_is_over(
    room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lamp = Lamp(clock, "plug", modes=ONOFF, on=True)
    await settle(await room_with(lamp), "exit")
    assert lamp.told == []
    await clock.async_pass(5)
    assert lamp.told == [(4.0, "off", {})]


async def test_a_lamp_that_cannot_dim_does_not_light_the_way_at_night(
    room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    plug, dimmer = Lamp(clock, "plug", modes=ONOFF), Lamp(clock, "dimmer", modes=DIMMABLE)
    await settle(await room_with(plug, dimmer), "path")
    await clock.async_pass(5)
    assert plug.told == []
    assert [data["brightness"] for _, _, data in dimmer.told] == [10]


async def test_a_scene_ends_the_effect_that_runs(room_with: RoomWith, clock: Clock, settle: Settle) -> None:
    lamp = Lamp(clock, "wled", effects=("Solid", "Chase"), on=True)
    lamp._attr_effect = "Chase"
    await settle(await room_with(lamp), "night")
    assert lamp.told == [(0.0, "on", {"brightness": 76, "rgb_color": AMBER, "effect": "Solid"})]


async def test_a_dark_room_is_not_stepped_down(room_with: RoomWith, clock: Clock, settle: Settle) -> None:
    lamp = Lamp(clock, "dimmer")
    await settle(await room_with(lamp), "sleep")
    await clock.async_pass(60)
    assert lamp.told == [(0.0, "off", {})]


async def test_a_scene_of_single_lights_leaves_the_others_alone(
    room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    one, other, third = Lamp(clock, "one"), Lamp(clock, "other", on=True), Lamp(clock, "third", on=True)
    room = await room_with(one, other, third)
    looks = {one.entity_id: Look(brightness=40, fade=0.0, rgb=GOLD), other.entity_id: Look(brightness=0, fade=0.0)}
    movie = Scene(key="movie", look=Look(brightness=0, fade=0.0), line="", lights=looks)
    object.__setattr__(room, "settings", replace(room.settings, scenes=(movie,)))
    await settle(room, "movie")
    assert one.told == [(0.0, "on", {"brightness": 102, "rgb_color": GOLD})]
    assert other.told == [(0.0, "off", {})]
    assert third.told == []


@pytest.mark.parametrize("state", ["on", "off"])
async def test_an_order_to_be_on_or_off_ends_what_plays(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, play: Play, state: str
) -> None:
    lamp = Lamp(clock, "dimmer")
    room = await room_with(lamp)
    await play(room, "sunrise", 720)
    await clock.async_pass(60)
    lamp.told.clear()
    await SetStateOutput(athena).async_carry_out(hass, room, LightsSetState(room="bedroom", state=state), Context())
    await clock.async_pass(800)
    assert [(at, what) for at, what, _ in lamp.told] == [(60.0, state)]


async def test_the_lights_come_back_as_they_were_before_the_scene(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lit = Lamp(clock, "lit", on=True, fades=True, effects=("Solid", "Chase"))
    lit._attr_brightness, lit._attr_rgb_color, lit._attr_effect = 77, (1, 2, 3), "Chase"
    lit._attr_color_mode = ColorMode.RGB
    dark = Lamp(clock, "dark")
    room = await room_with(lit, dark)
    await settle(room, "focus")
    await clock.async_pass(10)
    lit.told.clear()
    restore = LightsRestore(room="bedroom")
    await RestoreOutput(athena).async_carry_out(hass, room, restore, Context())
    assert [(what, data) for _, what, data in lit.told] == [
        ("on", {"brightness": 77, "rgb_color": (1, 2, 3), "effect": "Chase", "transition": 2.0})
    ]
    assert dark.told[-1][1] == "off"
    lit.told.clear()
    await RestoreOutput(athena).async_carry_out(hass, room, restore, Context())
    assert lit.told == []  # once


async def test_what_a_person_has_changed_since_is_not_brought_back(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lamp = Lamp(clock, "lamp")
    room = await room_with(lamp)
    await settle(room, "path")
    await clock.async_pass(60)
    lamp.report(brightness=200)
    lamp.told.clear()
    await RestoreOutput(athena).async_carry_out(hass, room, LightsRestore(room="bedroom"), Context())
    assert lamp.told == []


async def test_still_awake_while_it_fades_to_dark_brings_the_light_back(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lamp = Lamp(clock, "dimmer", on=True)
    lamp._attr_brightness, lamp._attr_rgb_color, lamp._attr_color_mode = 200, GOLD, ColorMode.RGB
    room = await room_with(lamp)
    await settle(room, "sleep")
    await clock.async_pass(15)
    assert lamp.brightness is not None
    assert lamp.brightness < 110
    cancel = CancelSleepTransition(room="bedroom")
    await CancelSleepOutput(athena).async_carry_out(hass, room, cancel, Context())
    await clock.async_pass(60)
    assert (lamp.is_on, lamp.brightness) == (True, 200)


async def test_still_awake_touches_no_light_where_nothing_fades(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, settle: Settle
) -> None:
    lamp = Lamp(clock, "dimmer")
    room = await room_with(lamp)
    await settle(room, "night")
    await clock.async_pass(10)
    lamp.told.clear()
    cancel = CancelSleepTransition(room="bedroom")
    await CancelSleepOutput(athena).async_carry_out(hass, room, cancel, Context())
    assert lamp.told == []
