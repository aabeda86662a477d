"""The deeds by which an entity is again as it was."""

from typing import Any

import pytest
from homeassistant.core import State

from custom_components.athena.outputs.deeds.restoring import restoring

type Told = tuple[str, dict[str, Any]]
type Calls = list[tuple[str, dict[str, Any]]]

CASES: list[tuple[str, Told, Told, Calls]] = [
    ("light.a", ("off", {}), ("on", {}), [("turn_off", {})]),
    ("light.a", ("off", {}), ("off", {}), []),
    ("light.a", ("on", {"brightness": 90}), ("off", {}), [("turn_on", {"brightness": 90})]),
    ("light.a", ("on", {"brightness": 90}), ("on", {"brightness": 90}), []),
    (
        "light.a",
        ("on", {"brightness": 90, "color_mode": "hs", "hs_color": (10, 20), "rgb_color": (1, 2, 3)}),
        ("on", {"brightness": 90, "color_mode": "color_temp", "color_temp_kelvin": 2700}),
        [("turn_on", {"brightness": 90, "hs_color": (10, 20)})],
    ),
    (
        "light.a",
        ("on", {"color_mode": "color_temp", "color_temp_kelvin": 2700}),
        ("off", {}),
        [("turn_on", {"color_temp_kelvin": 2700})],
    ),
    ("switch.a", ("on", {}), ("off", {}), [("turn_on", {})]),
    ("cover.a", ("open", {}), ("closing", {}), [("open_cover", {})]),
    ("cover.a", ("closed", {}), ("open", {}), [("close_cover", {})]),
    (
        "cover.a",
        ("open", {"current_position": 40, "supported_features": 7}),
        ("closed", {"current_position": 0}),
        [("set_cover_position", {"position": 40})],
    ),
    (
        "cover.a",
        ("open", {"current_position": 40, "supported_features": 7}),
        ("closing", {"current_position": 40}),
        [("set_cover_position", {"position": 40})],
    ),
    ("valve.a", ("closed", {}), ("open", {}), [("close_valve", {})]),
    ("lock.a", ("locked", {}), ("unlocked", {}), [("lock", {})]),
    ("lock.a", ("unlocked", {}), ("locking", {}), [("unlock", {})]),
    ("alarm_control_panel.a", ("armed_night", {}), ("disarmed", {}), [("alarm_arm_night", {})]),
    ("alarm_control_panel.a", ("disarmed", {}), ("arming", {}), [("alarm_disarm", {})]),
    (
        "climate.a",
        ("heat", {"temperature": 20, "preset_mode": "eco"}),
        ("off", {"temperature": 23, "preset_mode": "none"}),
        [
            ("set_hvac_mode", {"hvac_mode": "heat"}),
            ("set_temperature", {"temperature": 20}),
            ("set_preset_mode", {"preset_mode": "eco"}),
        ],
    ),
    (
        "climate.a",
        ("heat_cool", {"target_temp_low": 19, "target_temp_high": 24}),
        ("heat_cool", {"target_temp_low": 20, "target_temp_high": 24}),
        [("set_temperature", {"target_temp_low": 19, "target_temp_high": 24})],
    ),
    ("fan.a", ("on", {"percentage": 33}), ("off", {"percentage": 0}), [("turn_on", {"percentage": 33})]),
    ("fan.a", ("on", {"percentage": 33}), ("on", {"percentage": 66}), [("set_percentage", {"percentage": 33})]),
    ("fan.a", ("off", {}), ("on", {"percentage": 66}), [("turn_off", {})]),
    ("media_player.a", ("playing", {}), ("paused", {}), [("media_play", {})]),
    ("media_player.a", ("paused", {}), ("playing", {}), [("media_pause", {})]),
    ("media_player.a", ("off", {}), ("idle", {}), [("turn_off", {})]),
    ("media_player.a", ("idle", {}), ("off", {}), [("turn_on", {})]),
    (
        "media_player.a",
        ("on", {"volume_level": 0.3, "is_volume_muted": False}),
        ("on", {"volume_level": 0.5, "is_volume_muted": True}),
        [("volume_set", {"volume_level": 0.3}), ("volume_mute", {"is_volume_muted": False})],
    ),
    ("humidifier.a", ("on", {"humidity": 40}), ("on", {"humidity": 60}), [("set_humidity", {"humidity": 40})]),
    ("water_heater.a", ("eco", {}), ("off", {}), [("set_operation_mode", {"operation_mode": "eco"})]),
    ("input_number.a", ("7.0", {}), ("3.0", {}), [("set_value", {"value": "7.0"})]),
    ("input_select.a", ("Party", {}), ("Quiet", {}), [("select_option", {"option": "Party"})]),
    ("vacuum.a", ("docked", {}), ("cleaning", {}), [("return_to_base", {})]),
    ("vacuum.a", ("cleaning", {}), ("returning", {}), [("start", {})]),
    ("lawn_mower.a", ("docked", {}), ("mowing", {}), [("dock", {})]),
    ("siren.a", ("off", {}), ("on", {}), [("turn_off", {})]),
    ("siren.a", ("on", {}), ("off", {}), []),
    ("scene.a", ("2026", {}), ("2027", {}), []),
    ("light.a", ("unavailable", {}), ("on", {}), []),
    ("light.a", ("on", {}), ("unavailable", {}), []),
]


@pytest.mark.parametrize(("entity", "was", "now", "calls"), CASES)
def test_it_is_put_back(entity: str, was: Told, now: Told, calls: Calls) -> None:
    states = {entity: State(entity, now[0], now[1])}
    deeds = restoring({entity: State(entity, was[0], was[1])}, states.get)
    assert [(deed.action, dict(deed.data)) for deed in deeds] == calls
    assert all(deed.entities == (entity,) and deed.domain == entity.partition(".")[0] for deed in deeds)


def test_what_is_put_back_the_same_way_is_one_deed() -> None:
    before = {f"light.{name}": State(f"light.{name}", "off") for name in "abc"}
    now = {entity: State(entity, "on") for entity in before}
    [deed] = restoring(before, now.get)
    assert deed.entities == ("light.a", "light.b", "light.c")


def test_of_a_group_its_members_are_put_back_as_each_of_them_was() -> None:
    group = State("light.all", "on", {"entity_id": ["light.a", "light.b"]})
    before = {
        "light.all": group,
        "light.a": State("light.a", "on", {"brightness": 9}),
        "light.b": State("light.b", "off"),
    }
    now = {entity: State(entity, "off", dict(state.attributes)) for entity, state in before.items()}
    [deed] = restoring(before, now.get)
    assert (deed.action, deed.entities) == ("turn_on", ("light.a",))


def test_what_is_gone_is_left_out() -> None:
    nowhere: dict[str, State] = {}
    assert restoring({"light.a": State("light.a", "on")}, nowhere.get) == ()
