"""What an action does to a device: pure, and the same for the expectation and for what was done.

Two ways to the same end are the same deed: `brightness: 128` and `brightness_pct: 50`, `toggle` of a light that is off
and `turn_on`, a cover's position 100 and `open_cover`. Another entity, another end, or one key more is another deed.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.util import color

type Told = Mapping[str, Any]
"""What a device tells: its state as "state", then its attributes."""
type Effect = dict[str, Any]
"""What an action makes of it: only what the action names."""
type Apply = Callable[[str, Mapping[str, Any], Told], Effect | None]

STEP: Final = 10  # per cent, where an action names none
BY_DOMAIN: Final[dict[str, Apply]] = {}


def effect_of(domain: str, action: str, data: Mapping[str, Any], told: Told) -> Effect:
    """Return what an action makes of a device; of an action that none knows, the action itself."""
    apply = BY_DOMAIN.get(domain, _switch)
    found = apply(action, data, told)
    return found if found is not None else {"action": f"{domain}.{action}", **data}


def _states(names: Mapping[str, str]) -> Apply:
    return lambda action, _data, _told: {"state": names[action]} if action in names else None


def _switch(action: str, _data: Mapping[str, Any], told: Told) -> Effect | None:
    match action:
        case "turn_on" | "turn_off":
            return {"state": action.removeprefix("turn_")}
        case "toggle":
            return {"state": "off" if told["state"] == "on" else "on"}
        case "press":
            return {"pressed": True}
    return None


def _light(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:
    is_on = told["state"] == "on"
    if action == "turn_off" or (action == "toggle" and is_on):
        return {"state": "off"}
    if action not in ("turn_on", "toggle"):
        return None
    effect: Effect = {"state": "on", **_colour(data)}
    percent = _brightness(data, (told.get("brightness") or 0) / 2.55 if is_on else 0.0)
    if percent is not None:
        if percent <= 0:
            return {"state": "off"}
        effect["brightness"] = round(percent * 2.55)
    if "effect" in data:
        effect["effect"] = data["effect"]
    return _as_it_can(effect, told)


def _brightness(data: Mapping[str, Any], now: float) -> float | None:
    if "brightness" in data:
        return float(data["brightness"]) / 2.55
    if "brightness_pct" in data:
        return float(data["brightness_pct"])
    if "brightness_step" in data:
        return min(100.0, max(0.0, now + float(data["brightness_step"]) / 2.55))
    if "brightness_step_pct" in data:
        return min(100.0, max(0.0, now + float(data["brightness_step_pct"])))
    return None


def _colour(data: Mapping[str, Any]) -> Effect:
    if "rgb_color" in data:
        return {"rgb_color": tuple(data["rgb_color"])}
    if "color_name" in data:
        return {"rgb_color": tuple(color.color_name_to_rgb(data["color_name"]))}
    if "hs_color" in data:
        return {"rgb_color": color.color_hs_to_RGB(*data["hs_color"])}
    if "xy_color" in data:
        return {"rgb_color": color.color_xy_to_RGB(*data["xy_color"])}
    for key in ("color_temp_kelvin", "kelvin"):
        if key in data:
            return {"color_temp_kelvin": round(data[key])}
    return {}


def _as_it_can(effect: Effect, told: Told) -> Effect:
    """Leave out what the light cannot do, as Home Assistant does."""
    modes = set(told.get("supported_color_modes") or ("rgb", "color_temp"))
    if modes == {"onoff"}:
        effect.pop("brightness", None)
    if not modes - {"onoff", "brightness", "color_temp", "white"}:
        effect.pop("rgb_color", None)
    if "color_temp" not in modes:
        effect.pop("color_temp_kelvin", None)
    return effect


def _fan(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:
    now = told.get("percentage") or 0
    match action:
        case "set_percentage":
            return _fan_at(data["percentage"])
        case "increase_speed" | "decrease_speed":
            step = data.get("percentage_step", max(STEP, round(told.get("percentage_step") or STEP)))
            return _fan_at(min(100, max(0, now + (step if action == "increase_speed" else -step))))
        case "turn_on":
            given = {key: data[key] for key in ("preset_mode",) if key in data}
            return {**(_fan_at(data["percentage"]) if data.get("percentage") is not None else {"state": "on"}), **given}
        case "set_preset_mode" | "oscillate" | "set_direction":
            return dict(data)
    return _switch(action, data, told)


def _fan_at(percentage: float) -> Effect:
    return {"state": "on", "percentage": round(percentage)} if percentage else {"state": "off"}


def _opening(noun: str) -> Apply:
    """Return what moves a cover or a valve."""

    def apply(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:  # noqa: PLR0911
        has_position = "current_position" in told
        match action.replace(f"_{noun}", ""):
            case "open":
                return {"state": "open", **({"current_position": 100} if has_position else {})}
            case "close":
                return {"state": "closed", **({"current_position": 0} if has_position else {})}
            case "toggle":
                return apply(f"close_{noun}" if told["state"] == "open" else f"open_{noun}", data, told)
            case "set_position":
                at = round(data["position"])
                return {"state": "open" if at else "closed", "current_position": at}
            case "stop":
                return {"stopped": True}
            case "open_tilt" | "close_tilt":
                return {"current_tilt_position": 100 if action.startswith("open") else 0}
            case "set_tilt_position":
                return {"current_tilt_position": round(data["tilt_position"])}
            case "stop_tilt":
                return {"stopped": True}
        return None

    return apply


def _climate(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:
    match action:
        case "turn_off" | "turn_on" | "toggle":
            off = action == "turn_off" or (action == "toggle" and told["state"] != "off")
            return {"state": "off" if off else _mode(told)}
        case "set_hvac_mode":
            return {"state": str(data["hvac_mode"])}
        case "set_temperature":
            effect: Effect = {key: round(float(data[key]), 1) for key in _TEMPERATURES if data.get(key) is not None}
            return effect | ({"state": str(data["hvac_mode"])} if data.get("hvac_mode") else {})
        case "set_preset_mode" | "set_fan_mode" | "set_humidity" | "set_swing_mode":
            return dict(data)
    return None


_TEMPERATURES: Final = ("temperature", "target_temp_high", "target_temp_low")


def _mode(told: Told) -> str:
    """Return the mode in which it comes on."""
    if told["state"] != "off":
        return str(told["state"])
    return next((mode for mode in told.get("hvac_modes", ()) if mode != "off"), "heat")


def _media_player(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:  # noqa: PLR0911
    volume = told.get("volume_level") or 0.0
    match action:
        case "volume_set":
            return {"volume_level": round(float(_either(data, "volume_level", "volume")), 2)}
        case "volume_up" | "volume_down":
            step = STEP / 100 if action == "volume_up" else -STEP / 100
            return {"volume_level": round(min(1.0, max(0.0, volume + step)), 2)}
        case "volume_mute":
            return {"is_volume_muted": bool(_either(data, "is_volume_muted", "mute"))}
        case "media_play_pause":
            return {"state": "paused" if told["state"] == "playing" else "playing"}
        case "media_next_track" | "media_previous_track":
            return {"track": 1 if action == "media_next_track" else -1}
        case "play_media":
            what = data.get("media") or data  # its newest form nests what the older one spreads
            return {"state": "playing", "media_content_id": str(_either(what, "media_content_id", "media_id"))}
        case "select_source" | "shuffle_set" | "repeat_set" | "select_sound_mode" | "media_seek":
            return dict(data)
        case "turn_on" | "turn_off" | "toggle":
            on = action == "turn_on" or (action == "toggle" and told["state"] == "off")
            return {"state": "on" if on else "off"}
    return _PLAYING(action, data, told)


def _either(data: Mapping[str, Any], name: str, short: str) -> Any:
    """Return what Home Assistant's schema renames on its way to the device."""
    return data[name] if name in data else data[short]


_PLAYING: Final = _states({"media_play": "playing", "media_pause": "paused", "media_stop": "idle"})


def _vacuum(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:
    match action:
        case "clean_area":
            return {"state": "cleaning", "cleaning_area_id": tuple(sorted(data["cleaning_area_id"]))}
        case "set_fan_speed":
            return {"fan_speed": data["fan_speed"]}
        case "locate" | "clean_spot":
            return {action: True}
    names = {"start": "cleaning", "pause": "paused", "stop": "idle", "return_to_base": "returning"}
    return _states(names)(action, data, told)


def _selected(action: str, data: Mapping[str, Any], _told: Told) -> Effect | None:
    return {"state": str(data["option"])} if action == "select_option" else None


def _number(action: str, data: Mapping[str, Any], _told: Told) -> Effect | None:
    return {"state": f"{float(data['value']):g}"} if action == "set_value" else None


def _moist(action: str, data: Mapping[str, Any], told: Told) -> Effect | None:
    return dict(data) if action in ("set_humidity", "set_mode") else _switch(action, data, told)


def _boiler(action: str, data: Mapping[str, Any], _told: Told) -> Effect | None:
    match action:
        case "set_temperature":
            return {"temperature": round(float(data["temperature"]), 1)}
        case "set_operation_mode":
            return {"state": data["operation_mode"]}
        case "turn_on" | "turn_off":
            return {"state": "off" if action == "turn_off" else "on"}
    return None


def _activated(action: str, _data: Mapping[str, Any], _told: Told) -> Effect | None:
    return {"activated": True} if action in ("turn_on", "trigger", "toggle") else {"state": "off"}


BY_DOMAIN.update(
    {
        "light": _light,
        "fan": _fan,
        "cover": _opening("cover"),
        "valve": _opening("valve"),
        "climate": _climate,
        "media_player": _media_player,
        "vacuum": _vacuum,
        "lock": _states({"lock": "locked", "unlock": "unlocked", "open": "open"}),
        "lawn_mower": _states({"start_mowing": "mowing", "pause": "paused", "dock": "docked"}),
        "scene": _activated,
        "script": _activated,
        "select": _selected,
        "input_select": _selected,
        "number": _number,
        "input_number": _number,
        "humidifier": _moist,
        "water_heater": _boiler,
        "alarm_control_panel": _states(
            {
                "alarm_arm_home": "armed_home",
                "alarm_arm_away": "armed_away",
                "alarm_arm_night": "armed_night",
                "alarm_arm_vacation": "armed_vacation",
                "alarm_disarm": "disarmed",
            }
        ),
    }
)
