"""Which way a deed goes, and which words speak for and against that. No Home Assistant."""

from collections.abc import Mapping
from typing import Final

from ...deed import STAND_INS, Deed
from ..home import State

FOR: Final[Mapping[str, frozenset[str]]] = {
    "on": frozenset({"on", "open", "play", "start", "up"}),
    "off": frozenset({"off", "close", "down", "mute", "pause", "stop"}),
    "open": frozenset({"open", "on", "unlock", "up"}),
    "close": frozenset({"close", "down", "lock", "off"}),
    "lock": frozenset({"lock", "close", "arm"}),
    "unlock": frozenset({"unlock", "open"}),
    "up": frozenset({"up", "on", "unmute"}),
    "down": frozenset({"down", "mute", "off"}),
    "mute": frozenset({"mute", "down", "off", "stop"}),
    "unmute": frozenset({"unmute", "on", "up"}),
    "play": frozenset({"play", "on", "start"}),
    "pause": frozenset({"pause", "mute", "off", "stop"}),
    "next": frozenset({"next"}),
    "previous": frozenset({"previous"}),
    "start": frozenset({"start", "on", "play"}),
    "dock": frozenset({"dock", "close", "off", "stop"}),
    "arm": frozenset({"arm", "lock", "on"}),
    "disarm": frozenset({"disarm", "off", "stop", "unlock"}),
}
"""By the pole of a deed: which words speak for it."""

AGAINST: Final[Mapping[str, frozenset[str]]] = {
    "on": frozenset({"off", "close", "stop"}),
    "off": frozenset({"on", "open", "play", "start", "up"}),
    "open": frozenset({"close", "down", "lock", "off"}),
    "close": frozenset({"open", "on", "unlock", "up"}),
    "lock": frozenset({"unlock", "open"}),
    "unlock": frozenset({"lock", "close", "arm", "on"}),
    "up": frozenset({"down", "mute", "off"}),
    "down": frozenset({"up"}),
    "mute": frozenset({"unmute", "play", "up"}),
    "unmute": frozenset({"mute", "down", "off"}),
    "play": frozenset({"pause", "off", "stop"}),
    "pause": frozenset({"play", "start"}),
    "next": frozenset({"previous"}),
    "previous": frozenset({"next"}),
    "start": frozenset({"dock", "off", "pause", "stop"}),
    "dock": frozenset({"start"}),
    "arm": frozenset({"disarm", "off"}),
    "disarm": frozenset({"arm", "on"}),
}
"""By the pole of a deed: which words speak against it."""

OF_ACTIONS: Final[Mapping[str, str]] = {
    "turn_on": "on",
    "turn_off": "off",
    "open_cover": "open",
    "close_cover": "close",
    "open_cover_tilt": "open",
    "close_cover_tilt": "close",
    "open_valve": "open",
    "close_valve": "close",
    "lock": "lock",
    "unlock": "unlock",
    "open": "unlock",
    "volume_up": "up",
    "volume_down": "down",
    "increase_speed": "up",
    "decrease_speed": "down",
    "increment": "up",
    "decrement": "down",
    "media_play": "play",
    "media_pause": "pause",
    "media_stop": "pause",
    "media_next_track": "next",
    "media_previous_track": "previous",
    "start": "start",
    "start_mowing": "start",
    "return_to_base": "dock",
    "dock": "dock",
    "alarm_disarm": "disarm",
}
ARMS: Final = "alarm_arm_"

OF_DOMAINS: Final[Mapping[tuple[str, str], str]] = {
    (domain, OF_ACTIONS[action]): OF_ACTIONS[own]
    for domain, actions in STAND_INS.items()
    for action, own in actions.items()
    if own in OF_ACTIONS
}
"""By domain and pole: which way turning on and off goes for what has neither."""

MEASURES: Final[Mapping[str, tuple[str, str, float]]] = {
    "brightness": ("brightness", "light", 1.0),
    "brightness_pct": ("brightness", "light", 2.55),
    "volume_level": ("volume_level", "media_player", 1.0),
    "percentage": ("percentage", "fan", 1.0),
    "temperature": ("temperature", "climate", 1.0),
    "humidity": ("humidity", "humidifier", 1.0),
}
"""By what a deed sets: the attribute that tells how much it is now, of which domain, and the factor between both."""
STEPS: Final = ("brightness_step", "brightness_step_pct")
ENDS: Final[Mapping[float, str]] = {0: "close", 100: "open"}

IS_ON: Final = frozenset({"on", "open", "opening"})

IS_SO: Final[Mapping[str, frozenset[str]]] = {
    "on": frozenset({"on", "playing", "paused", "idle", "heat", "cool", "heat_cool", "auto", "dry", "fan_only"}),
    "off": frozenset({"off", "standby"}),
    "open": frozenset({"open", "opening"}),
    "close": frozenset({"closed", "closing"}),
    "lock": frozenset({"locked", "locking"}),
    "unlock": frozenset({"unlocked", "unlocking", "open"}),
    "play": frozenset({"playing"}),
    "pause": frozenset({"paused"}),
}
"""By the pole of a deed: the states in which there is nothing left to do."""


def pole_of(deed: Deed, entity: str, state: State | None, *, is_measured: bool) -> str | None:
    """Return which way a deed goes for an entity; None where it goes no way, or nobody knows.

    `is_measured`: how much was said in a number, which may be more than now though "down" was said, or less.
    """
    if deed.action == "volume_mute":
        return "mute" if deed.data.get("is_volume_muted") else "unmute"
    if deed.action == "set_hvac_mode":
        return "off" if deed.data.get("hvac_mode") == "off" else "on"
    if deed.action.endswith("_position"):
        return _end(deed)
    if deed.action.startswith(ARMS):
        return "arm"
    if deed.action == "toggle":
        pole: str | None = None if state is None else "off" if state.state in IS_ON else "on"
    else:
        pole = _measured(deed, state, is_measured=is_measured) or OF_ACTIONS.get(deed.action)
    return OF_DOMAINS.get((entity.partition(".")[0], pole), pole) if pole is not None else None


def _end(deed: Deed) -> str | None:
    position = next((value for key, value in deed.data.items() if key.endswith("position")), None)
    return ENDS.get(position) if isinstance(position, int | float) else None


def _measured(deed: Deed, state: State | None, *, is_measured: bool) -> str | None:
    """Return up or down for what is set to more or less than now."""
    for key in STEPS:
        if isinstance(step := deed.data.get(key), int | float) and step:
            return "up" if step > 0 else "down"
    for key, (attribute, domain, factor) in MEASURES.items():
        wanted = deed.data.get(key)
        if deed.domain != domain or not isinstance(wanted, int | float):
            continue
        if wanted == 0:
            return "off" if domain in ("light", "fan") else "down"
        now = state.attributes.get(attribute) if state is not None else None
        if is_measured or not isinstance(now, int | float) or wanted * factor == now:
            return None
        return "up" if wanted * factor > now else "down"
    return None
