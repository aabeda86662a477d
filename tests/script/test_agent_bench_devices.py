"""The virtual devices on which the agent is measured."""

from typing import Any

import pytest

from script.agent.virtual.effects import effect_of
from script.agent.virtual.house import PHONE, open_house
from script.agent.virtual.spec import AreaSpec, HomeSpec, Thing, TimerSpec

type Did = tuple[str, str, dict[str, Any]]

HOME = HomeSpec(
    name="two lamps",
    areas={"bedroom": AreaSpec(name="Bedroom")},
    things=(
        Thing(id="light.lamp", name="Lamp", area="bedroom"),
        Thing(id="light.spot", name="Spot", area="bedroom", state="on"),
        Thing(id="cover.blind", name="Blind", area="bedroom", state="open", attributes={"device_class": "blind"}),
        Thing(id="todo.chores", name="Chores"),
    ),
)
OFF = {"state": "off", "supported_color_modes": ["rgb", "color_temp"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("light", "turn_on", {"brightness_pct": 50}), ("light", "turn_on", {"brightness": 127.5})),
        (("light", "turn_on", {"color_name": "red"}), ("light", "turn_on", {"rgb_color": [255, 0, 0]})),
        (("light", "turn_on", {}), ("light", "toggle", {})),
        (("light", "turn_off", {}), ("light", "turn_on", {"brightness": 0})),
    ],
)
def test_two_ways_to_the_same_end_are_the_same_deed(one: Did, other: Did) -> None:
    assert effect_of(*one, OFF) == effect_of(*other, OFF)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("light", "turn_on", {}), ("light", "turn_off", {})),
        (("light", "turn_on", {}), ("light", "turn_on", {"brightness_pct": 50})),
        (("light", "turn_on", {"brightness_pct": 40}), ("light", "turn_on", {"brightness_pct": 50})),
        (("lock", "lock", {}), ("lock", "unlock", {})),
        (
            ("media_player", "volume_mute", {"is_volume_muted": True}),
            ("media_player", "volume_set", {"volume_level": 0}),
        ),
        (("media_player", "media_next_track", {}), ("media_player", "media_previous_track", {})),
    ],
)
def test_another_end_is_another_deed(one: Did, other: Did) -> None:
    assert effect_of(*one, OFF) != effect_of(*other, OFF)


def test_an_action_that_nobody_knows_is_itself() -> None:
    assert effect_of("light", "explode", {"loudly": True}, OFF) == {"action": "light.explode", "loudly": True}


async def test_devices_follow_home_assistants_own_actions_and_are_put_back() -> None:
    async with open_house() as house:
        await house.async_move_in(HOME)
        lamp = {"entity_id": "light.lamp"}
        await house.hass.services.async_call("light", "turn_on", {**lamp, "brightness_pct": 20}, blocking=True)
        assert house.devices.log.deeds == {"light.lamp": {"state": "on", "brightness": 51}}
        assert house.devices.told("light.lamp")["brightness"] == 51
        await house.hass.services.async_call("homeassistant", "turn_off", {"area_id": "bedroom"}, blocking=True)
        assert [house.devices.told(entity)["state"] for entity in ("light.lamp", "light.spot")] == ["off", "off"]
        await house.hass.services.async_call("cover", "close_cover", {"entity_id": "cover.blind"}, blocking=True)
        assert house.devices.told("cover.blind")["current_position"] == 0
        await house.async_restore()
        assert house.devices.told("light.spot")["state"] == "on"
        assert house.devices.told("cover.blind")["state"] == "open"
        assert house.devices.log.deeds == {}


async def test_a_device_that_ignores_its_first_call_is_written_down_and_does_not_follow() -> None:
    async with open_house() as house:
        await house.async_move_in(HOME)
        house.devices.ignores = lambda _entity, nth: nth == 1
        for state in ("off", "on"):
            await house.hass.services.async_call("light", "turn_on", {"entity_id": "light.lamp"}, blocking=True)
            assert house.devices.log.deeds == {"light.lamp": {"state": "on"}}
            assert house.devices.told("light.lamp")["state"] == state
            assert house.devices.shows("light.lamp", {"state": "on"}) is (state == "on")


async def test_timers_and_lists_are_home_assistants_and_written_down() -> None:
    async with open_house() as house:
        await house.async_move_in(HOME)
        timer = TimerSpec(name="pizza", minutes=10)
        await house.async_set_up(timers=(timer,), items={"todo.chores": ["dust"]})
        await house.hass.services.async_call(
            "todo", "update_item", {"entity_id": "todo.chores", "item": "dust", "status": "completed"}, blocking=True
        )
        house.timers.start(TimerSpec(minutes=3), house.satellites[PHONE])
        deeds = house.devices.log.deeds
        assert deeds["todo.chores"] == {"complete dust": True}
        assert {effect["seconds"] for effect in deeds.values() if "seconds" in effect} == {180}


async def test_another_home_leaves_nothing_of_the_one_before() -> None:
    async with open_house() as house:
        await house.async_move_in(HOME)
        await house.async_move_in(HomeSpec(name="empty", areas={"hall": AreaSpec(name="Hall")}))
        assert house.hass.states.async_entity_ids(("light", "cover")) == []
        assert list(house.areas) == ["hall"]
