"""Sunrise runs on a WLED itself, with or without Home Assistant."""

from tests.neighbours.wled.picture import leds

from ..lamps import Clock
from .strips import LIGHT, Strips


async def test_sunrise_runs_on_the_strip_for_as_many_minutes(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_play("sunrise", 12 * 60)
    strip = controller.strip
    assert (strip.effect(), strip.palette(), strip.segment()["sx"]) == ("Sunrise", "Fire", 12)
    assert (strip.state["on"], strip.state["bri"]) == (True, 255)
    # WLED would fade the palette in, and begin with the end of the sunrise
    assert {order.get("tt") for order in controller.orders} == {0}
    await clock.async_pass(12 * 60 + 1)
    await controller.async_until(lambda: strip.effect() == "Solid")
    state = await strips.async_until(LIGHT, lambda one: one.attributes.get("effect") == "Solid")
    assert state.attributes["brightness"] == 255


async def test_sunrise_goes_on_on_the_strip_when_home_assistant_stops(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_play("sunrise", 12 * 60)
    await strips.async_unload()

    def light(minutes: int) -> int:
        return sum(sum(bytes.fromhex(led)) for led in leds(controller.strip, minutes * 60.0))

    assert light(0) < light(3) < light(6) < light(9) < light(12)


async def test_a_sunrise_begins_in_the_dark_though_yesterdays_was_never_ended(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    strip = controller.strip
    await controller.async_press({"seg": [{"id": 0, "fx": 104, "sx": 12, "pal": 35}]})
    await strips.async_until("number.bedroom_strip_speed", lambda state: state.state == "12")
    strip.begun[0] -= 24 * 3600
    await strips.async_play("sunrise", 12 * 60)
    assert sum(sum(bytes.fromhex(led)) for led in leds(strip)) < 255  # all 72 LEDs together


async def test_a_sunrise_that_runs_on_the_strip_is_not_begun_anew(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await controller.async_press({"on": True, "bri": 255, "seg": [{"id": 0, "fx": 104, "sx": 12, "pal": 35}]})
    await strips.async_until(LIGHT, lambda state: state.attributes.get("effect") == "Sunrise")
    await strips.async_play("sunrise", 5 * 60)
    assert controller.orders == []


async def test_a_sunrise_that_is_longer_than_wled_has_minutes_for_is_as_long_as_it_can_be(
    strips: Strips, clock: Clock
) -> None:
    controller = await strips.async_add()
    await strips.async_play("sunrise", 90 * 60)
    assert (controller.strip.effect(), controller.strip.segment()["sx"]) == ("Sunrise", 60)  # 90 would be a sunset


async def test_a_sunrise_that_is_too_short_for_a_minute_is_faded_by_athena(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_play("sunrise", 20)
    assert (controller.strip.effect(), controller.strip.state["bri"]) == ("Solid", 3)
    await clock.async_pass(21)
    await controller.async_until(lambda: controller.strip.state["bri"] == 255)
