"""What an entity of each domain can do and tells where a home does not say otherwise: all that Home Assistant knows."""

from collections.abc import Mapping
from enum import IntFlag
from functools import reduce
from operator import or_
from typing import Any, Final

from homeassistant.components.alarm_control_panel.const import AlarmControlPanelEntityFeature
from homeassistant.components.climate.const import ClimateEntityFeature
from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.components.fan import FanEntityFeature
from homeassistant.components.lawn_mower.const import LawnMowerEntityFeature
from homeassistant.components.light import LightEntityFeature
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.components.todo.const import TodoListEntityFeature
from homeassistant.components.vacuum.const import VacuumEntityFeature
from homeassistant.components.valve.const import ValveEntityFeature

from .spec import Thing


def _all(features: type[IntFlag]) -> int:
    return int(reduce(or_, features))


ATTRIBUTES: Final[Mapping[str, Mapping[str, Any]]] = {
    "light": {
        "supported_features": _all(LightEntityFeature),
        "supported_color_modes": ["color_temp", "rgb"],
        "min_color_temp_kelvin": 2000,
        "max_color_temp_kelvin": 6500,
    },
    "fan": {"supported_features": _all(FanEntityFeature), "percentage_step": 1.0},
    "cover": {"supported_features": _all(CoverEntityFeature)},
    "valve": {"supported_features": _all(ValveEntityFeature), "reports_position": True},
    "climate": {
        "supported_features": _all(ClimateEntityFeature),
        "hvac_modes": ["off", "heat", "cool", "auto"],
        "min_temp": 0,
        "max_temp": 100,
        "temperature": 19,
    },
    "media_player": {
        "supported_features": _all(MediaPlayerEntityFeature),
        "volume_level": 0.5,
        "is_volume_muted": False,
    },
    "vacuum": {"supported_features": _all(VacuumEntityFeature)},
    "lawn_mower": {"supported_features": _all(LawnMowerEntityFeature)},
    "alarm_control_panel": {"supported_features": _all(AlarmControlPanelEntityFeature), "code_arm_required": False},
    "todo": {"supported_features": _all(TodoListEntityFeature)},
}

STATES: Final[Mapping[str, str]] = {
    "light": "off",
    "switch": "off",
    "fan": "off",
    "input_boolean": "off",
    "cover": "closed",
    "valve": "closed",
    "lock": "locked",
    "climate": "heat",
    "media_player": "playing",
    "vacuum": "docked",
    "lawn_mower": "docked",
    "binary_sensor": "off",
    "person": "home",
    "weather": "sunny",
    "script": "off",
    "todo": "0",
    "alarm_control_panel": "disarmed",
}

WHEN: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = {
    "light": {"on": {"brightness": 102, "color_mode": "color_temp", "color_temp_kelvin": 3000}},
    "fan": {"on": {"percentage": 40}, "off": {"percentage": 0}},
    "cover": {"open": {"current_position": 100}, "closed": {"current_position": 0}},
    "valve": {"open": {"current_position": 100}, "closed": {"current_position": 0}},
}


def attributes_of(thing: Thing, state: str) -> dict[str, Any]:
    """Return all that an entity tells in a state."""
    if thing.bare:
        return {"friendly_name": thing.name, **thing.attributes, **thing.when.get(state, {})}
    return {
        "friendly_name": thing.name,
        **ATTRIBUTES.get(thing.domain, {}),
        **WHEN.get(thing.domain, {}).get(state, {}),
        **thing.attributes,
        **thing.when.get(state, {}),
    }


def state_of(thing: Thing) -> str:
    """Return the state an entity has where the home names none."""
    return thing.state if thing.state != "unknown" else STATES.get(thing.domain, "unknown")
