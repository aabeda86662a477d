"""Golden shimmer plays on a WLED itself: Home Assistant's own integration, over sockets, to an emulated strip."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.athena.brain.colors import AMBER, CREAM, GOLD

from ..lamps import Clock
from .strips import AT_70, LIGHT, SEGMENT_1, Strips, is_honey, of_segment

HONEY = [list(GOLD), list(AMBER), list(CREAM)]


async def test_golden_shimmer_plays_on_the_strip_itself_when_somebody_comes_in(strips: Strips) -> None:
    controller = await strips.async_add()
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller))
    strip = controller.strip
    first = of_segment(controller)[0]
    assert strip.effects[first["fx"]] == "Colorwaves"
    assert strip.palettes[first["pal"]] == "* Color Gradient"
    assert first["col"] == HONEY
    assert (first["sx"], first["ix"]) == (72, 128)
    assert "on" not in first  # it is set before the light comes on
    assert controller.orders[0]["tt"] == 0


async def test_after_the_shimmer_the_strip_is_honey_gold_and_home_assistant_says_so(strips: Strips) -> None:
    controller = await strips.async_add()
    await controller.async_press({"seg": [{"id": 0, "sx": 33, "ix": 44, "pal": 11, "col": [[1, 2, 3], [4, 5, 6]]}]})
    await strips.async_until("select.bedroom_strip_color_palette", lambda state: state.state == "Rainbow")
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller) and controller.strip.palette() == "Rainbow")
    segment = controller.strip.segment()
    assert (segment["sx"], segment["ix"], segment["col"][1]) == (33, 44, [4, 5, 6])  # the user's own settings
    state = await strips.async_until(LIGHT, lambda state: state.attributes.get("brightness") == AT_70)
    assert (state.state, state.attributes["effect"], state.attributes["rgb_color"]) == ("on", "Solid", GOLD)
    assert state.attributes["brightness"] == AT_70


async def test_what_the_shimmer_leads_to_is_shown_when_it_is_over_and_not_before(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add()
    await strips.async_shimmer(controller, clock)
    await clock.async_pass(1.4)
    assert controller.strip.effect() == "Colorwaves"
    await clock.async_pass(0.2)
    await controller.async_until(lambda: is_honey(controller))


async def test_two_segments_both_play_and_are_as_bright_as_the_scene_says(strips: Strips) -> None:
    controller = await strips.async_add(segments=2)
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller, 0) and is_honey(controller, 1))
    for segment in (0, 1):
        first = of_segment(controller, segment)[0]
        assert (controller.strip.effects[first["fx"]], first["col"]) == ("Colorwaves", HONEY)
    assert controller.strip.state["bri"] == 255  # 70 % of 70 % would be half
    state = await strips.async_until(SEGMENT_1, lambda one: one.attributes.get("brightness") == AT_70)
    assert state.attributes["effect"] == "Solid"


async def test_a_whole_strip_comes_on_only_once_its_segments_are_set(strips: Strips, clock: Clock) -> None:
    controller = await strips.async_add(segments=2)  # which are on, as the light of the whole strip is off
    await strips.async_come_in()
    await controller.async_until(lambda: {controller.strip.effect(0), controller.strip.effect(1)} == {"Colorwaves"})
    assert controller.strip.state["on"] is False
    await clock.async_pass(0.2)
    await controller.async_until(lambda: bool(controller.strip.state["on"]))


async def test_a_preset_of_the_users_that_is_named_so_is_preferred(strips: Strips, clock: Clock) -> None:
    preset = {"n": "golden shimmer", "on": True, "bri": 200, "seg": [{"id": 0, "fx": 49, "pal": 13}]}
    controller = await strips.async_add(presets={4: preset})
    await strips.async_shimmer(controller, clock)
    assert controller.strip.state["ps"] == 4
    assert (controller.strip.effect(), controller.strip.palette()) == ("Fairy", "Sunset")
    assert not any("col" in one for one in of_segment(controller))
    await clock.async_pass(3)
    await controller.async_until(lambda: is_honey(controller))


async def test_a_preset_is_shown_once_on_a_strip_of_two_segments(strips: Strips) -> None:
    controller = await strips.async_add(segments=2, presets={4: {"n": "Golden Shimmer", "seg": [{"id": 0, "fx": 49}]}})
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller, 0) and is_honey(controller, 1))
    assert [order["ps"] for order in controller.orders if "ps" in order] == [4]


async def test_a_preset_is_left_alone_where_another_room_has_a_segment_of_the_strip(
    hass: HomeAssistant, strips: Strips
) -> None:
    controller = await strips.async_add(segments=2, presets={4: {"n": "Golden Shimmer", "seg": [{"id": 0, "fx": 49}]}})
    er.async_get(hass).async_update_entity(SEGMENT_1, area_id="kitchen")
    await hass.async_block_till_done()
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller, 0))
    assert not any("ps" in order for order in controller.orders)
    assert of_segment(controller, 1) == []


async def test_an_older_firmware_plays_the_next_effect_it_has(strips: Strips) -> None:
    controller = await strips.async_add(version="0.14.0", without=("Colorwaves",))
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller))
    first = of_segment(controller)[0]
    assert (controller.strip.effects[first["fx"]], first["col"], first["sx"]) == ("Running", HONEY, 200)


async def test_a_firmware_without_any_such_effect_fades_from_moment_to_moment(strips: Strips) -> None:
    controller = await strips.async_add(without=("Colorwaves", "Running", "Chase"))
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller))
    shown = [one["col"][0] for one in of_segment(controller) if "col" in one]
    assert {tuple(colour) for colour in shown} == {GOLD, AMBER, CREAM}
    assert {one.get("fx", 0) for one in of_segment(controller)} == {0}


async def test_a_palette_that_a_firmware_has_not_is_left_out(strips: Strips) -> None:
    controller = await strips.async_add(without=("* Color Gradient",))
    await strips.async_come_in()
    await controller.async_until(lambda: is_honey(controller))
    first = of_segment(controller)[0]
    assert (controller.strip.effects[first["fx"]], "pal" in first) == ("Colorwaves", False)
