"""The deeds by which an entity is again as it was."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.light import ColorMode
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State

from ...deed import Deed

type States = Callable[[str], State | None]
type Call = tuple[str, Mapping[str, Any]]
"""An action and its data."""

SWITCHES: Final = frozenset({"automation", "input_boolean", "remote", "switch"})
COLOURS: Final[Mapping[str, str]] = {
    ColorMode.COLOR_TEMP: "color_temp_kelvin",
    ColorMode.HS: "hs_color",
    ColorMode.RGB: "rgb_color",
    ColorMode.RGBW: "rgbw_color",
    ColorMode.RGBWW: "rgbww_color",
    ColorMode.XY: "xy_color",
}
"""By the mode a light was in: the attribute, which the action takes by the same name."""
NOT_THERE: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})


def restoring(before: Mapping[str, State], states: States) -> tuple[Deed, ...]:
    """Return what brings everything that has changed back to what it was; what no action restores is left out."""
    found: dict[tuple[str, str, str], tuple[Mapping[str, Any], list[str]]] = {}
    for entity, was in before.items():
        now = states(entity)
        if now is None or was.state in NOT_THERE or now.state in NOT_THERE:
            continue
        if _has_members(was):
            continue  # the members themselves are put back
        for action, data in _calls(was, now):
            found.setdefault((was.domain, action, repr(sorted(data.items()))), (data, []))[1].append(entity)
    return tuple(
        Deed(domain=domain, action=action, entities=tuple(entities), data=data)
        for (domain, action, _), (data, entities) in found.items()
    )


def _has_members(state: State) -> bool:
    return any(isinstance(member, str) for member in state.attributes.get("entity_id") or ())


def _calls(was: State, now: State) -> Iterator[Call]:
    if was.domain in SWITCHES:
        yield from _on_or_off(was, now)
    elif (calls := CALLS.get(was.domain)) is not None:
        yield from calls(was, now)


def _on_or_off(was: State, now: State) -> Iterator[Call]:
    if was.state != now.state and was.state in {"on", "off"}:
        yield f"turn_{was.state}", {}


def _light(was: State, now: State) -> Iterator[Call]:
    if was.state == "off":
        yield from _on_or_off(was, now)
        return
    data = {}
    if (brightness := was.attributes.get("brightness")) is not None:
        data["brightness"] = brightness
    colour = COLOURS.get(was.attributes.get("color_mode") or "")
    if colour is not None and (value := was.attributes.get(colour)) is not None:
        data[colour] = value
    if was.state != now.state or any(now.attributes.get(key) != value for key, value in data.items()):
        yield "turn_on", data


def _cover(was: State, now: State) -> Iterator[Call]:
    yield from _moved(was, now, "cover")


def _valve(was: State, now: State) -> Iterator[Call]:
    yield from _moved(was, now, "valve")


def _moved(was: State, now: State, what: str) -> Iterator[Call]:
    """Yield what moves it back; SET_POSITION is the same feature of both."""
    position = was.attributes.get("current_position")
    features = CoverEntityFeature(was.attributes.get("supported_features") or 0)
    if position is not None and CoverEntityFeature.SET_POSITION in features:
        if now.attributes.get("current_position") != position or now.state in {"opening", "closing"}:
            yield f"set_{what}_position", {"position": position}
    elif was.state in {"open", "opening"} and now.state not in {"open", "opening"}:
        yield f"open_{what}", {}
    elif was.state in {"closed", "closing"} and now.state not in {"closed", "closing"}:
        yield f"close_{what}", {}


def _lock(was: State, now: State) -> Iterator[Call]:
    if was.state in {"locked", "locking"} and now.state not in {"locked", "locking"}:
        yield "lock", {}
    elif was.state in {"unlocked", "unlocking", "open"} and now.state in {"locked", "locking"}:
        yield "unlock", {}


def _alarm(was: State, now: State) -> Iterator[Call]:
    if was.state == "disarmed" and now.state != "disarmed":
        yield "alarm_disarm", {}
    elif was.state.startswith("armed_") and not now.state.startswith("arm"):
        yield f"alarm_arm_{was.state.removeprefix('armed_')}", {}


def _changed(was: State, now: State, actions: Mapping[str, tuple[str, str]]) -> Iterator[Call]:
    """Yield what sets each attribute that has changed: by attribute, the action and what it calls it."""
    for attribute, (action, key) in actions.items():
        value = was.attributes.get(attribute)
        if value is not None and value != now.attributes.get(attribute):
            yield action, {key: value}


def _climate(was: State, now: State) -> Iterator[Call]:
    if was.state != now.state:
        yield "set_hvac_mode", {"hvac_mode": was.state}
    ends = {key: was.attributes.get(key) for key in ("target_temp_low", "target_temp_high")}
    if None not in ends.values():
        if any(now.attributes.get(key) != value for key, value in ends.items()):
            yield "set_temperature", ends
    else:
        yield from _changed(was, now, {"temperature": ("set_temperature", "temperature")})
    yield from _changed(
        was,
        now,
        {
            "preset_mode": ("set_preset_mode", "preset_mode"),
            "fan_mode": ("set_fan_mode", "fan_mode"),
            "swing_mode": ("set_swing_mode", "swing_mode"),
            "humidity": ("set_humidity", "humidity"),
        },
    )


def _fan(was: State, now: State) -> Iterator[Call]:
    percentage = was.attributes.get("percentage")
    if was.state == "on" and now.state != "on":
        yield "turn_on", {} if percentage is None else {"percentage": percentage}
    elif was.state == "off":
        yield from _on_or_off(was, now)
    else:
        yield from _changed(was, now, {"percentage": ("set_percentage", "percentage")})
    kept = {"oscillating": ("oscillate", "oscillating"), "direction": ("set_direction", "direction")}
    yield from _changed(was, now, kept)


def _media_player(was: State, now: State) -> Iterator[Call]:
    off = {"off", "standby"}
    if was.state in off:
        if now.state not in off:
            yield "turn_off", {}
        return
    if now.state in off:
        yield "turn_on", {}
    yield from _changed(
        was,
        now,
        {
            "volume_level": ("volume_set", "volume_level"),
            "is_volume_muted": ("volume_mute", "is_volume_muted"),
            "source": ("select_source", "source"),
            "shuffle": ("shuffle_set", "shuffle"),
            "repeat": ("repeat_set", "repeat"),
        },
    )
    if was.state == "playing" and now.state in {"paused", "idle"}:
        yield "media_play", {}
    elif was.state == "paused" and now.state == "playing":
        yield "media_pause", {}


def _humidifier(was: State, now: State) -> Iterator[Call]:
    yield from _on_or_off(was, now)
    yield from _changed(was, now, {"humidity": ("set_humidity", "humidity"), "mode": ("set_mode", "mode")})


def _water_heater(was: State, now: State) -> Iterator[Call]:
    if was.state != now.state:
        yield "set_operation_mode", {"operation_mode": was.state}
    yield from _changed(was, now, {"temperature": ("set_temperature", "temperature")})


def _value(was: State, now: State) -> Iterator[Call]:
    if was.state != now.state:
        yield "set_value", {"value": was.state}


def _option(was: State, now: State) -> Iterator[Call]:
    if was.state != now.state:
        yield "select_option", {"option": was.state}


def _vacuum(was: State, now: State) -> Iterator[Call]:
    if was.state == "cleaning" and now.state != "cleaning":
        yield "start", {}
    elif was.state in {"docked", "returning"} and now.state == "cleaning":
        yield "return_to_base", {}


def _mower(was: State, now: State) -> Iterator[Call]:
    if was.state == "mowing" and now.state != "mowing":
        yield "start_mowing", {}
    elif was.state in {"docked", "returning"} and now.state == "mowing":
        yield "dock", {}


def _siren(was: State, now: State) -> Iterator[Call]:
    if was.state == "off":
        yield from _on_or_off(was, now)


CALLS: Final[Mapping[str, Callable[[State, State], Iterator[Call]]]] = {
    "alarm_control_panel": _alarm,
    "climate": _climate,
    "cover": _cover,
    "fan": _fan,
    "humidifier": _humidifier,
    "input_number": _value,
    "input_select": _option,
    "input_text": _value,
    "lawn_mower": _mower,
    "light": _light,
    "lock": _lock,
    "media_player": _media_player,
    "number": _value,
    "select": _option,
    "siren": _siren,
    "text": _value,
    "vacuum": _vacuum,
    "valve": _valve,
    "water_heater": _water_heater,
}
