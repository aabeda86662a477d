"""Animations, played by each light as well as it can."""

import pytest
from homeassistant.components.light import ColorMode
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.athena.brain.colors import AMBER, CREAM, GOLD

from ..lamps import Clock, Lamp
from .conftest import Play, RoomWith, Settle

ONOFF = frozenset({ColorMode.ONOFF})


async def test_the_first_moment_of_the_shimmer_is_there_when_the_order_returns(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "strip")
    await play(await room_with(lamp), "golden_shimmer", 2.5)
    assert lamp.told == [(0.0, "on", {"brightness": 153, "rgb_color": GOLD})]


async def test_prd_9_the_shimmer_runs_over_the_lamps_in_2_5_s_and_settles_at_honey_gold(
    room_with: RoomWith, clock: Clock, play: Play, settle: Settle
) -> None:
    lamps = [Lamp(clock, f"lamp_{index}") for index in range(3)]
    room = await room_with(*lamps)
    cause = Context()
    await play(room, "golden_shimmer", 2.5, cause)
    await settle(room, "entry", cause)
    await clock.async_pass(60)
    assert [lamp.told[0][0] for lamp in lamps] == [0.0, 0.38, 0.75]  # a wave
    for lamp in lamps:
        assert {GOLD, AMBER, CREAM} == {data["rgb_color"] for _, _, data in lamp.told}
        assert len({data["brightness"] for _, _, data in lamp.told}) >= 4
        shimmer, end = lamp.told[:5], lamp.told[5:]
        assert shimmer[-1][0] <= 2.5
        assert [(at, data["brightness"], data["rgb_color"]) for at, _, data in end] == [(2.5, 178, GOLD)]


async def test_a_lamp_that_fades_is_told_each_keyframe_once(room_with: RoomWith, clock: Clock, play: Play) -> None:
    lamp = Lamp(clock, "hue", fades=True)
    await play(await room_with(lamp), "sunrise", 720)
    await clock.async_pass(800)
    assert [(at, data["brightness"], data["transition"]) for at, _, data in lamp.told] == [
        (0.0, 3, 0),
        (0.1, 15, 179.9),
        (180.0, 46, 180),
        (360.0, 115, 180),
        (540.0, 255, 180),
    ]


async def test_a_lamp_that_only_dims_goes_up_in_steps_at_no_more_than_two_calls_a_second(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "dimmer")
    await play(await room_with(lamp), "sunrise", 720)
    await clock.async_pass(800)
    levels = [data["brightness"] for _, _, data in lamp.told]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1], lamp.told[-1][0]) == (3, 255, 720.0)
    assert 75 <= len(levels) <= 151
    assert min(after[0] - before[0] for before, after in zip(lamp.told, lamp.told[1:], strict=False)) >= 0.5


async def test_a_lamp_that_can_only_be_on_or_off_comes_on_at_the_end_of_a_sunrise(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "plug", modes=ONOFF)
    await play(await room_with(lamp), "sunrise", 720)
    await clock.async_pass(719)
    assert lamp.told == []
    await clock.async_pass(2)
    assert lamp.told == [(720.0, "on", {})]


async def test_a_lamp_that_can_only_be_on_or_off_welcomes_at_once(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "plug", modes=ONOFF)
    await play(await room_with(lamp), "golden_shimmer", 2.5)
    assert lamp.told == [(0.0, "on", {})]


async def test_a_sunrise_of_the_lamps_own_runs_on_the_device(room_with: RoomWith, clock: Clock, play: Play) -> None:
    lamp = Lamp(clock, "wled", fades=True, effects=("Solid", "Chase", "Sunrise"))
    await play(await room_with(lamp), "sunrise", 720)
    await clock.async_pass(719)
    assert [(at, data["brightness"], data["effect"]) for at, _, data in lamp.told] == [(0.0, 255, "Sunrise")]
    await clock.async_pass(2)
    at, _, data = lamp.told[-1]
    assert (at, data["brightness"], data["color_temp_kelvin"], data["effect"]) == (720.0, 255, 3000, "Solid")


async def test_wled_is_told_how_many_minutes_its_sunrise_lasts(
    hass: HomeAssistant, room_with: RoomWith, clock: Clock, play: Play
) -> None:
    room = await room_with(Lamp(clock, "unused"))
    registry = er.async_get(hass)
    strip = registry.async_get_or_create("light", "wled", "aabbcc_0", suggested_object_id="strip")
    speed = registry.async_get_or_create("number", "wled", "aabbcc_speed_0", suggested_object_id="strip_speed")
    attributes = {"effect_list": ["Solid", "Sunrise"], "supported_color_modes": ["rgb"], "supported_features": 36}
    hass.states.async_set(strip.entity_id, "off", attributes)
    object.__setattr__(room, "lights", (strip.entity_id,))
    told = async_mock_service(hass, "number", "set_value")
    await play(room, "sunrise", 720)
    assert [(call.data["entity_id"], call.data["value"]) for call in told] == [([speed.entity_id], 12)]


async def test_hue_is_told_how_long_its_sunrise_lasts(
    hass: HomeAssistant, room_with: RoomWith, clock: Clock, play: Play
) -> None:
    room = await room_with(Lamp(clock, "unused"))
    bulb = er.async_get(hass).async_get_or_create("light", "hue", "bulb", suggested_object_id="bulb")
    attributes = {"effect_list": ["off", "sunrise"], "supported_color_modes": ["xy"], "supported_features": 44}
    hass.states.async_set(bulb.entity_id, "off", attributes)
    object.__setattr__(room, "lights", (bulb.entity_id,))
    told = async_mock_service(hass, "light", "turn_on")
    await play(room, "sunrise", 720)
    assert [(call.data["effect"], call.data["transition"]) for call in told] == [("sunrise", 720)]


async def test_a_lamp_with_an_effect_that_runs_is_stepped_without_it(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "strip", effects=("Solid", "Fire"), on=True)
    lamp._attr_effect = "Fire"
    await play(await room_with(lamp), "sunrise", 720)
    assert lamp.told[0][2]["effect"] == "Solid"
    await clock.async_pass(20)
    assert "effect" not in lamp.told[-1][2]


async def test_an_effect_of_the_lamps_own_shimmers_in_gold_and_ends(
    room_with: RoomWith, clock: Clock, play: Play, settle: Settle
) -> None:
    lamp = Lamp(clock, "wled", effects=("Solid", "Chase", "Sunrise"))
    room = await room_with(lamp)
    cause = Context()
    await play(room, "golden_shimmer", 2.5, cause)
    await settle(room, "entry", cause)
    assert lamp.told == [(0.0, "on", {"brightness": 255, "rgb_color": GOLD, "effect": "Chase"})]
    await clock.async_pass(10)
    assert (lamp.effect, lamp.rgb_color, lamp.brightness) == ("Solid", GOLD, 178)


async def test_a_second_scene_ends_the_first_programme(
    room_with: RoomWith, clock: Clock, play: Play, settle: Settle
) -> None:
    lamp = Lamp(clock, "dimmer")
    room = await room_with(lamp)
    await play(room, "sunrise", 720)
    await clock.async_pass(300)
    await settle(room, "focus")
    told = len(lamp.told)
    assert lamp.told[-1] == (300.0, "on", {"brightness": 255, "color_temp_kelvin": 5500})
    await clock.async_pass(800)
    assert len(lamp.told) == told


async def test_a_scene_of_another_cause_is_not_kept_waiting_by_the_shimmer(
    room_with: RoomWith, clock: Clock, play: Play, settle: Settle
) -> None:
    lamp = Lamp(clock, "dimmer")
    room = await room_with(lamp)
    await play(room, "golden_shimmer", 2.5)
    await settle(room, "night")
    await clock.async_pass(10)
    assert lamp.told[-1] == (0.0, "on", {"brightness": 76, "rgb_color": AMBER})


async def test_unloading_ends_the_programme(
    hass: HomeAssistant, athena: MockConfigEntry, room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "dimmer")
    await play(await room_with(lamp), "sunrise", 720)
    await clock.async_pass(60)
    told = len(lamp.told)
    await hass.config_entries.async_unload(athena.entry_id)
    await clock.async_pass(800)
    assert len(lamp.told) == told > 1


async def test_an_unavailable_lamp_is_passed_over_and_joins_in_when_it_is_back(
    hass: HomeAssistant, room_with: RoomWith, clock: Clock, play: Play
) -> None:
    gone, there = Lamp(clock, "gone"), Lamp(clock, "there")
    room = await room_with(gone, there)
    gone._attr_available = False
    gone.async_write_ha_state()
    assert hass.states.is_state(gone.entity_id, STATE_UNAVAILABLE)
    await play(room, "sunrise", 720)
    await clock.async_pass(300)
    assert (len(gone.told), hass.states.is_state(there.entity_id, "on")) == (0, True)
    gone._attr_available = True
    gone.async_write_ha_state()
    await clock.async_pass(500)
    assert gone.told[-1] == there.told[-1]


async def test_a_lamp_that_fails_keeps_no_other_dark_and_is_told_of_once(
    room_with: RoomWith, clock: Clock, play: Play, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = Lamp(clock, "broken"), Lamp(clock, "fine")
    broken.answers = False
    room = await room_with(broken, fine)
    with pytest.raises(HomeAssistantError, match="does not answer"):
        await play(room, "sunrise", 720)
    await clock.async_pass(800)
    assert fine.brightness == 255
    assert caplog.text.count("goes on without a light that fails: broken does not answer") == 1
    broken.answers = True
    await play(room, "sunrise", 720)
    await clock.async_pass(800)
    assert caplog.text.count("follows its programme again") == 1


async def test_what_comes_too_late_after_a_slow_lamp_is_left_out(room_with: RoomWith, clock: Clock, play: Play) -> None:
    lamp = Lamp(clock, "slow")
    room = await room_with(lamp)
    await play(room, "sunrise", 720)
    clock.now += 360  # somebody held it up
    await clock.async_pass(360)
    assert len(lamp.told) <= 80
    assert lamp.brightness == 255


async def test_a_lamp_that_only_dims_goes_on_with_a_sunrise_from_how_bright_it_is(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "dimmer", on=True)
    lamp._attr_brightness = 80
    await play(await room_with(lamp), "sunrise", 300)
    await clock.async_pass(400)
    levels = [data["brightness"] for _, _, data in lamp.told]
    assert levels[0] == 79
    assert levels == sorted(levels)
    assert (lamp.told[-1][0], levels[-1]) == (300.0, 255)


async def test_a_lamp_that_fades_goes_on_with_a_sunrise_from_how_bright_it_is(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "hue", fades=True, on=True)
    lamp._attr_brightness = 46  # 18 %, as in the middle of it
    await play(await room_with(lamp), "sunrise", 300)
    await clock.async_pass(400)
    assert [(data["brightness"], data["transition"]) for _, _, data in lamp.told] == [(115, 149.79), (255, 150.11)]


async def test_a_lamp_that_is_at_full_brightness_stays_so_through_a_sunrise(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "dimmer", on=True)
    lamp._attr_brightness = 255
    await play(await room_with(lamp), "sunrise", 300)
    await clock.async_pass(400)
    assert {data["brightness"] for _, _, data in lamp.told} == {255}


async def test_a_sunrise_that_runs_on_the_device_already_is_ended_and_not_begun_anew(
    room_with: RoomWith, clock: Clock, play: Play
) -> None:
    lamp = Lamp(clock, "strip", effects=("Solid", "Sunrise"), on=True)
    lamp._attr_brightness, lamp._attr_effect = 255, "Sunrise"
    await play(await room_with(lamp), "sunrise", 300)
    await clock.async_pass(400)
    assert [(at, data["effect"]) for at, _, data in lamp.told] == [(300.0, "Solid")]


async def test_a_shimmer_begins_anew_on_a_lamp_that_is_on(room_with: RoomWith, clock: Clock, play: Play) -> None:
    lamp = Lamp(clock, "dimmer", on=True)
    lamp._attr_brightness = 255
    await play(await room_with(lamp), "golden_shimmer", 2.5)
    await clock.async_pass(5)
    assert lamp.told[0] == (0.0, "on", {"brightness": 153, "rgb_color": GOLD})
