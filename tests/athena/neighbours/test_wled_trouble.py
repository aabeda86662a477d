"""A WLED that does not do it, that goes, or that somebody changes in the middle."""

from datetime import timedelta

import pytest
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.athena.brain.colors import AMBER, GOLD

from ..lamps import Clock
from .strips import AT_70, LAMP, LIGHT, Strips, is_honey


async def test_what_the_strip_refuses_is_done_as_home_assistant_can_and_told_of_once(
    hass: HomeAssistant, strips: Strips, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    controller = await strips.async_add()
    controller.refuses = lambda order: any("pal" in one for one in order.get("seg", []))
    for _ in range(2):
        await strips.async_play("golden_shimmer", 2.5)
        await clock.async_pass(1)
        await controller.async_until(lambda: bool(controller.strip.state["on"]))
        assert (controller.strip.effect(), controller.strip.segment()["col"][0]) == ("Colorwaves", list(GOLD))
    await strips.async_play("sunrise", 12 * 60)
    assert (controller.strip.effect(), controller.strip.segment()["sx"]) == ("Sunrise", 12)
    assert caplog.text.count("plays as Home Assistant can") == 1
    controller.refuses = lambda _order: False
    await strips.async_play("golden_shimmer", 2.5)
    await clock.async_pass(1)
    await controller.async_until(lambda: controller.strip.palette() == "* Color Gradient")
    await hass.async_block_till_done()
    assert caplog.text.count("plays in its own way again") == 1


async def test_a_strip_that_leaves_in_the_middle_keeps_no_other_light_waiting_and_comes_back(
    hass: HomeAssistant, strips: Strips, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    await controller.async_leave()
    await clock.async_pass(3)
    lamp = await strips.async_until(LAMP, lambda state: state.attributes.get("brightness") == AT_70)
    assert lamp.attributes["rgb_color"] == GOLD
    said = [record for record in caplog.records if record.name.startswith("custom_components.athena")]
    assert len([record for record in said if record.levelname in {"WARNING", "ERROR"}]) <= 1
    await controller.async_return()
    (entry,) = hass.config_entries.async_entries("wled")
    await entry.runtime_data.async_refresh()
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_entry"}, blocking=True)
    await clock.async_pass(3)
    await controller.async_until(lambda: is_honey(controller))


async def test_a_strip_that_is_gone_when_somebody_comes_in_keeps_no_other_light_dark(
    hass: HomeAssistant, strips: Strips, caplog: pytest.LogCaptureFixture
) -> None:
    controller = await strips.async_add()
    await controller.async_leave()
    for _ in range(2):
        await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_entry"}, blocking=True)
        await strips.async_until(LAMP, lambda state: state.attributes.get("brightness") == AT_70)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert caplog.text.count("The WLED at bedroom-strip") <= 1


async def test_a_strip_that_fails_at_the_end_is_told_of_once(
    strips: Strips, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    controller.refuses = lambda _order: True
    told = len(controller.told)
    await clock.async_pass(3)
    await controller.async_until(lambda: len(controller.told) > told)
    lamp = await strips.async_until(LAMP, lambda state: state.attributes.get("brightness") == AT_70)
    assert lamp.state == "on"
    assert caplog.text.count("goes on without a light that fails") == 1


async def test_another_scene_ends_the_shimmer_on_the_strip(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    await strips.async_show("night")
    assert (controller.strip.effect(), controller.strip.segment()["col"][0]) == ("Solid", list(AMBER))
    told = len(controller.told)
    await clock.async_pass(60)
    await controller.async_until(lambda: controller.strip.palette() == "Default")  # its own settings, and nothing else
    assert (controller.strip.effect(), controller.strip.state["bri"]) == ("Solid", 76)
    assert len(controller.told) == told + 1


async def test_a_hand_at_the_strip_ends_what_plays_there(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_play("sunrise", 12 * 60)
    state = await strips.async_until(LIGHT, lambda state: state.attributes.get("effect") == "Sunrise")
    state.last_changed -= timedelta(seconds=60)  # it has been on for a minute
    clock.now += 60
    told = len(controller.told)
    await controller.async_press({"on": False})
    await strips.async_until(LIGHT, lambda state: state.state == "off")
    assert strips.room.stage.programme is None
    await clock.async_pass(12 * 60)
    assert (len(controller.told), controller.strip.state["on"]) == (told, False)


async def test_a_change_in_the_app_in_the_middle_of_it_is_left_as_it_is(
    hass: HomeAssistant, strips: Strips, clock: Clock, hass_admin_user: MockUser
) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    mine = {"entity_id": LIGHT, "effect": "Fire 2012", "brightness": 99}
    context = Context(user_id=hass_admin_user.id)
    await hass.services.async_call("light", "turn_on", mine, blocking=True, context=context)
    await hass.async_block_till_done()
    assert strips.room.stage.programme is None
    await clock.async_pass(60)
    assert (controller.strip.effect(), controller.strip.state["bri"]) == ("Fire 2012", 99)


async def test_the_strip_goes_dark_when_everybody_leaves_in_the_middle_of_it(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    await strips.async_show("exit")
    assert controller.strip.state["on"] is False
    assert controller.orders[-1]["tt"] == 40
    assert controller.strip.palette() == "* Color Gradient"  # for as long as it fades
    await clock.async_pass(10)
    await controller.async_until(lambda: controller.strip.palette() == "Default")
    assert controller.strip.state["on"] is False
