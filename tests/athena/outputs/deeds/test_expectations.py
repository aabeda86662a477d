"""What the states show once a deed is done."""

from typing import Any

import pytest
from homeassistant.core import State

from custom_components.athena.deed import Deed
from custom_components.athena.outputs.deeds.expectations import expected

DIMMABLE = {"supported_color_modes": ["brightness"]}
COLOURED = {"supported_color_modes": ["hs", "color_temp"]}
RANGE = {"min_color_temp_kelvin": 2200, "max_color_temp_kelvin": 6500}


def _shows(action: str, data: dict[str, Any], entity: str, before: State | None, after: State) -> bool | None:
    domain, _, name = action.partition(".")
    shows = expected(Deed(domain=domain, action=name, entities=(entity,), data=data), entity, before)
    return None if shows is None else shows(after)


def _state(entity: str, told: tuple[str, dict[str, Any]]) -> State:
    return State(entity, told[0], told[1])


type Told = tuple[str, dict[str, Any]]
NOTHING: Told = ("unknown", {})

SHOWN: list[tuple[str, str, dict[str, Any], Told, Told]] = [
    ("light.a", "light.turn_on", {}, NOTHING, ("on", {})),
    ("light.a", "homeassistant.turn_on", {}, NOTHING, ("on", {})),
    ("light.a", "light.turn_off", {}, NOTHING, ("off", {})),
    ("light.a", "light.toggle", {}, ("on", {}), ("off", {})),
    ("light.a", "light.toggle", {}, ("off", {}), ("on", {})),
    ("light.a", "light.turn_on", {"brightness_pct": 40}, NOTHING, ("on", {"brightness": 102, **DIMMABLE})),
    ("light.a", "light.turn_on", {"brightness_pct": "40"}, NOTHING, ("on", {"brightness": 100, **DIMMABLE})),
    ("light.a", "light.turn_on", {"brightness": 0}, ("on", {}), ("off", {})),
    (
        "light.a",
        "light.turn_on",
        {"brightness_step": 50},
        ("on", {"brightness": 100}),
        ("on", {"brightness": 150, **DIMMABLE}),
    ),
    (
        "light.a",
        "light.turn_on",
        {"brightness_step_pct": 90},
        ("on", {"brightness": 200}),
        ("on", {"brightness": 255, **DIMMABLE}),
    ),
    ("light.a", "light.turn_on", {"brightness_step_pct": -90}, ("on", {"brightness": 20}), ("off", {})),
    ("light.a", "light.turn_on", {"brightness_pct": 40}, NOTHING, ("on", {"supported_color_modes": ["onoff"]})),
    (
        "light.a",
        "light.turn_on",
        {"brightness_pct": 9, "transition": 3},
        NOTHING,
        ("on", {"brightness": 200, **DIMMABLE}),
    ),
    ("light.a", "light.turn_on", {"color_name": "red"}, NOTHING, ("on", {"hs_color": (356.0, 97.0), **COLOURED})),
    ("light.a", "light.turn_on", {"rgb_color": [0, 0, 255]}, NOTHING, ("on", {"hs_color": (240, 100), **COLOURED})),
    ("light.a", "light.turn_on", {"xy_color": [0.1355, 0.0399]}, NOTHING, ("on", {"hs_color": (240, 100), **COLOURED})),
    ("light.a", "light.turn_on", {"hs_color": [10, 5]}, NOTHING, ("on", {"hs_color": (200, 3), **COLOURED})),
    ("light.a", "light.turn_on", {"color_name": "red"}, NOTHING, ("on", {"supported_color_modes": ["color_temp"]})),
    (
        "light.a",
        "light.turn_on",
        {"color_temp_kelvin": 2700},
        NOTHING,
        ("on", {"color_temp_kelvin": 2710, **COLOURED, **RANGE}),
    ),
    (
        "light.a",
        "light.turn_on",
        {"color_temp_kelvin": 1000},
        NOTHING,
        ("on", {"color_temp_kelvin": 2200, **COLOURED, **RANGE}),
    ),
    ("light.a", "light.turn_on", {"effect": "Rainbow"}, NOTHING, ("on", {"effect": "Rainbow"})),
    ("switch.a", "switch.turn_on", {}, NOTHING, ("on", {})),
    ("input_boolean.a", "homeassistant.turn_off", {}, NOTHING, ("off", {})),
    ("cover.a", "cover.open_cover", {}, ("closed", {}), ("opening", {})),
    ("cover.a", "cover.open_cover", {}, ("closed", {}), ("open", {})),
    ("cover.a", "cover.open_cover", {}, ("open", {"current_position": 40}), ("open", {"current_position": 100})),
    ("cover.a", "cover.open_cover", {}, ("open", {"current_position": 40}), ("open", {"current_position": 55})),
    ("cover.a", "cover.close_cover", {}, ("open", {}), ("closing", {})),
    ("cover.a", "cover.close_cover", {}, ("open", {"current_position": 90}), ("open", {"current_position": 70})),
    ("cover.a", "homeassistant.turn_on", {}, ("closed", {}), ("open", {})),
    ("cover.a", "cover.toggle", {}, ("open", {}), ("closing", {})),
    ("cover.a", "cover.set_cover_position", {"position": 50}, NOTHING, ("open", {"current_position": 48})),
    (
        "cover.a",
        "cover.set_cover_position",
        {"position": 50},
        ("closed", {"current_position": 0}),
        ("opening", {"current_position": 0}),
    ),
    ("cover.a", "cover.set_cover_position", {"position": 0}, NOTHING, ("closed", {})),
    ("cover.a", "cover.stop_cover", {}, ("opening", {}), ("open", {})),
    ("cover.a", "cover.open_cover_tilt", {}, NOTHING, ("open", {"current_tilt_position": 100})),
    ("valve.a", "valve.close_valve", {}, ("open", {}), ("closed", {})),
    ("lock.a", "lock.lock", {}, NOTHING, ("locked", {})),
    ("lock.a", "lock.lock", {}, NOTHING, ("locking", {})),
    ("lock.a", "homeassistant.turn_on", {}, NOTHING, ("locked", {})),
    ("lock.a", "lock.unlock", {}, NOTHING, ("unlocked", {})),
    ("media_player.a", "media_player.media_pause", {}, NOTHING, ("paused", {})),
    ("media_player.a", "media_player.media_play", {}, NOTHING, ("buffering", {})),
    ("media_player.a", "media_player.turn_off", {}, NOTHING, ("standby", {})),
    ("media_player.a", "media_player.turn_on", {}, ("off", {}), ("idle", {})),
    ("media_player.a", "media_player.volume_set", {"volume_level": 0.3}, NOTHING, ("on", {"volume_level": 0.31})),
    ("media_player.a", "media_player.volume_up", {}, ("on", {"volume_level": 0.3}), ("on", {"volume_level": 0.35})),
    ("media_player.a", "media_player.volume_up", {}, ("on", {"volume_level": 1.0}), ("on", {"volume_level": 1.0})),
    ("media_player.a", "media_player.volume_down", {}, ("on", {"volume_level": 0.3}), ("on", {"volume_level": 0.2})),
    (
        "media_player.a",
        "media_player.volume_mute",
        {"is_volume_muted": True},
        NOTHING,
        ("on", {"is_volume_muted": True}),
    ),
    ("media_player.a", "media_player.select_source", {"source": "TV"}, NOTHING, ("on", {"source": "TV"})),
    ("climate.a", "climate.set_temperature", {"temperature": 21}, NOTHING, ("heat", {"temperature": 21.2})),
    (
        "climate.a",
        "climate.set_temperature",
        {"temperature": 21.5},
        NOTHING,
        ("heat", {"temperature": 22, "target_temp_step": 1}),
    ),
    (
        "climate.a",
        "climate.set_temperature",
        {"temperature": 21, "hvac_mode": "heat"},
        NOTHING,
        ("heat", {"temperature": 21}),
    ),
    ("climate.a", "climate.set_hvac_mode", {"hvac_mode": "cool"}, NOTHING, ("cool", {})),
    ("climate.a", "climate.turn_on", {}, ("off", {}), ("auto", {})),
    ("climate.a", "climate.set_preset_mode", {"preset_mode": "eco"}, NOTHING, ("heat", {"preset_mode": "eco"})),
    ("fan.a", "fan.set_percentage", {"percentage": 50}, NOTHING, ("on", {"percentage": 66, "percentage_step": 33.4})),
    ("fan.a", "fan.set_percentage", {"percentage": 0}, NOTHING, ("off", {"percentage": 0})),
    ("fan.a", "fan.increase_speed", {}, ("on", {"percentage": 33}), ("on", {"percentage": 66})),
    (
        "fan.a",
        "fan.increase_speed",
        {"percentage_step": 20},
        ("on", {"percentage": 33, "percentage_step": 1}),
        ("on", {"percentage": 53, "percentage_step": 1}),
    ),
    ("fan.a", "fan.oscillate", {"oscillating": True}, NOTHING, ("on", {"oscillating": True})),
    ("vacuum.a", "vacuum.start", {}, NOTHING, ("cleaning", {})),
    ("vacuum.a", "vacuum.return_to_base", {}, NOTHING, ("returning", {})),
    ("lawn_mower.a", "lawn_mower.dock", {}, NOTHING, ("docked", {})),
    ("humidifier.a", "humidifier.set_humidity", {"humidity": 45}, NOTHING, ("on", {"humidity": 45})),
    ("water_heater.a", "water_heater.set_operation_mode", {"operation_mode": "eco"}, NOTHING, ("eco", {})),
    ("alarm_control_panel.a", "alarm_control_panel.alarm_arm_away", {}, NOTHING, ("arming", {})),
    ("alarm_control_panel.a", "alarm_control_panel.alarm_disarm", {}, NOTHING, ("disarmed", {})),
    ("input_select.a", "input_select.select_option", {"option": "Party"}, NOTHING, ("Party", {})),
    ("input_number.a", "input_number.set_value", {"value": 7}, NOTHING, ("7.0", {"step": 1})),
    ("input_text.a", "input_text.set_value", {"value": "x"}, NOTHING, ("x", {})),
    ("timer.a", "timer.start", {}, NOTHING, ("active", {})),
]

NOT_SHOWN: list[tuple[str, str, dict[str, Any], Told, Told]] = [
    ("light.a", "light.turn_on", {}, NOTHING, ("off", {})),
    ("light.a", "light.turn_on", {}, NOTHING, ("unavailable", {})),
    ("light.a", "light.turn_on", {}, NOTHING, ("unknown", {})),
    ("light.a", "light.turn_off", {}, NOTHING, ("unavailable", {})),
    ("light.a", "light.turn_on", {"brightness_pct": 40}, NOTHING, ("on", {"brightness": 255, **DIMMABLE})),
    ("light.a", "light.turn_on", {"brightness_pct": 40}, NOTHING, ("on", DIMMABLE)),
    ("light.a", "light.turn_on", {"brightness": 0}, ("on", {}), ("on", {})),
    (
        "light.a",
        "light.turn_on",
        {"brightness_step": 50},
        ("on", {"brightness": 100}),
        ("on", {"brightness": 100, **DIMMABLE}),
    ),
    ("light.a", "light.turn_on", {"color_name": "red"}, NOTHING, ("on", {"hs_color": (120, 100), **COLOURED})),
    ("light.a", "light.turn_on", {"color_name": "red"}, NOTHING, ("on", COLOURED)),
    ("light.a", "light.turn_on", {"color_temp_kelvin": 2700}, NOTHING, ("on", {"color_temp_kelvin": 5000, **COLOURED})),
    ("light.a", "light.turn_on", {"effect": "Rainbow"}, NOTHING, ("on", {"effect": "off"})),
    ("cover.a", "cover.open_cover", {}, ("open", {"current_position": 40}), ("open", {"current_position": 40})),
    ("cover.a", "cover.open_cover", {}, ("closed", {}), ("closed", {})),
    ("cover.a", "cover.open_cover", {}, ("closed", {}), ("closing", {})),
    ("cover.a", "cover.close_cover", {}, ("open", {"current_position": 90}), ("open", {"current_position": 95})),
    ("cover.a", "cover.close_cover", {}, ("open", {}), ("open", {})),
    (
        "cover.a",
        "cover.set_cover_position",
        {"position": 50},
        ("closed", {"current_position": 0}),
        ("closed", {"current_position": 0}),
    ),
    (
        "cover.a",
        "cover.set_cover_position",
        {"position": 50},
        ("open", {"current_position": 100}),
        ("opening", {"current_position": 100}),
    ),
    ("cover.a", "cover.stop_cover", {}, ("opening", {}), ("opening", {})),
    ("lock.a", "lock.lock", {}, NOTHING, ("unlocked", {})),
    ("lock.a", "lock.lock", {}, NOTHING, ("jammed", {})),
    ("lock.a", "lock.unlock", {}, NOTHING, ("locked", {})),
    ("lock.a", "homeassistant.turn_off", {}, NOTHING, ("locked", {})),
    ("media_player.a", "media_player.media_pause", {}, NOTHING, ("playing", {})),
    ("media_player.a", "media_player.volume_set", {"volume_level": 0.3}, NOTHING, ("on", {"volume_level": 0.5})),
    ("media_player.a", "media_player.volume_set", {"volume_level": 0.3}, NOTHING, ("on", {})),
    ("media_player.a", "media_player.volume_up", {}, ("on", {"volume_level": 0.3}), ("on", {"volume_level": 0.3})),
    ("media_player.a", "media_player.volume_mute", {"is_volume_muted": True}, NOTHING, ("on", {"volume_level": 0.0})),
    ("climate.a", "climate.set_temperature", {"temperature": 21}, NOTHING, ("heat", {"temperature": 20})),
    (
        "climate.a",
        "climate.set_temperature",
        {"temperature": 21, "hvac_mode": "heat"},
        NOTHING,
        ("off", {"temperature": 21}),
    ),
    ("climate.a", "climate.set_hvac_mode", {"hvac_mode": "cool"}, NOTHING, ("heat", {})),
    ("climate.a", "climate.turn_on", {}, NOTHING, ("off", {})),
    ("fan.a", "fan.set_percentage", {"percentage": 50}, NOTHING, ("on", {"percentage": 100, "percentage_step": 1})),
    ("fan.a", "fan.set_percentage", {"percentage": 0}, NOTHING, ("on", {"percentage": 33})),
    ("fan.a", "fan.increase_speed", {}, ("off", {}), ("off", {})),
    (
        "fan.a",
        "fan.increase_speed",
        {"percentage_step": 20},
        ("off", {"percentage": 100}),
        ("off", {"percentage": 100}),
    ),
    ("fan.a", "fan.increase_speed", {"percentage_step": 20}, ("on", {"percentage": 33}), ("on", {"percentage": 33})),
    ("vacuum.a", "vacuum.start", {}, NOTHING, ("docked", {})),
    ("vacuum.a", "vacuum.start", {}, NOTHING, ("error", {})),
    ("humidifier.a", "humidifier.set_humidity", {"humidity": 45}, NOTHING, ("on", {"humidity": 60})),
    ("alarm_control_panel.a", "alarm_control_panel.alarm_arm_away", {}, NOTHING, ("disarmed", {})),
    ("input_number.a", "input_number.set_value", {"value": 7}, NOTHING, ("3.0", {"step": 1})),
    ("input_select.a", "input_select.select_option", {"option": "Party"}, NOTHING, ("Quiet", {})),
]


@pytest.mark.parametrize(("entity", "action", "data", "before", "after"), SHOWN)
def test_a_state_shows_it(entity: str, action: str, data: dict[str, Any], before: Told, after: Told) -> None:
    assert _shows(action, data, entity, _state(entity, before), _state(entity, after)) is True


@pytest.mark.parametrize(("entity", "action", "data", "before", "after"), NOT_SHOWN)
def test_a_state_does_not_show_it(entity: str, action: str, data: dict[str, Any], before: Told, after: Told) -> None:
    assert _shows(action, data, entity, _state(entity, before), _state(entity, after)) is False


@pytest.mark.parametrize(
    ("entity", "action", "data"),
    [
        ("scene.a", "scene.turn_on", {}),
        ("script.a", "script.turn_on", {}),
        ("button.a", "button.press", {}),
        ("media_player.a", "media_player.media_next_track", {}),
        ("vacuum.a", "vacuum.locate", {}),
        ("remote.a", "remote.send_command", {"command": "up"}),
        ("todo.a", "todo.add_item", {"item": "milk"}),
        ("automation.a", "automation.trigger", {}),
    ],
)
def test_nothing_shows_it(entity: str, action: str, data: dict[str, Any]) -> None:
    assert _shows(action, data, entity, None, State(entity, "on")) is None


@pytest.mark.parametrize(
    "data",
    [
        {"brightness_pct": "very"},
        {"brightness": None},
        {"hs_color": "red"},
        {"hs_color": [1]},
        {"rgb_color": ["a", "b", "c"]},
        {"color_name": 7},
        {"color_temp_kelvin": []},
    ],
)
def test_nonsense_in_the_data_raises_nothing(data: dict[str, Any]) -> None:
    """Home Assistant refuses it; what is looked at then is only whether the light is on."""
    assert _shows("light.turn_on", data, "light.a", None, State("light.a", "off", DIMMABLE)) is False
