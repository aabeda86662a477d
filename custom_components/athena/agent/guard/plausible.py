"""What cannot be done is refused before it is tried. No Home Assistant."""

from collections.abc import Mapping, Sequence
from typing import Final

from ...deed import STAND_INS, Deed
from ..home import Home, State, States
from .verdict import ALLOWED, Kind, Verdict

GENERIC: Final = "homeassistant"
ON_OFF: Final = {"turn_on": 0, "turn_off": 0, "toggle": 0}

ACTIONS: Final[Mapping[str, Mapping[str, int]]] = {
    "assist_satellite": {"announce": 1},
    "alarm_control_panel": {
        "alarm_arm_away": 2, "alarm_arm_custom_bypass": 16, "alarm_arm_home": 1, "alarm_arm_night": 4,
        "alarm_arm_vacation": 32, "alarm_disarm": 0, "alarm_trigger": 8,
    },
    "automation": {**ON_OFF, "trigger": 0},
    "button": {"press": 0},
    "camera": {"turn_on": 0, "turn_off": 0, "enable_motion_detection": 0, "disable_motion_detection": 0, "snapshot": 0},
    "climate": {
        "turn_on": 256, "turn_off": 128, "toggle": 384, "set_hvac_mode": 0, "set_temperature": 3, "set_humidity": 4,
        "set_fan_mode": 8, "set_preset_mode": 16, "set_swing_mode": 32, "set_swing_horizontal_mode": 512,
    },
    "calendar": {"create_event": 1, "get_events": 0},
    "counter": {"increment": 0, "decrement": 0, "reset": 0, "set_value": 0},
    "cover": {
        "open_cover": 1, "close_cover": 2, "toggle": 3, "set_cover_position": 4, "stop_cover": 8, "open_cover_tilt": 16,
        "close_cover_tilt": 32, "toggle_cover_tilt": 48, "stop_cover_tilt": 64, "set_cover_tilt_position": 128,
    },
    "date": {"set_value": 0},
    "datetime": {"set_value": 0},
    "fan": {
        "turn_on": 32, "turn_off": 16, "toggle": 48, "set_percentage": 1, "increase_speed": 1, "decrease_speed": 1,
        "oscillate": 2, "set_direction": 4, "set_preset_mode": 9,
    },
    "group": ON_OFF,
    "humidifier": {**ON_OFF, "set_humidity": 0, "set_mode": 1},
    "input_boolean": ON_OFF,
    "input_button": {"press": 0},
    "input_datetime": {"set_datetime": 0},
    "input_number": {"set_value": 0, "increment": 0, "decrement": 0},
    "input_select": {"select_option": 0, "select_next": 0, "select_previous": 0, "select_first": 0, "select_last": 0},
    "input_text": {"set_value": 0},
    "lawn_mower": {"start_mowing": 1, "pause": 2, "dock": 4, "stop": 8},
    "light": ON_OFF,
    "lock": {"lock": 0, "unlock": 0, "open": 1},
    "media_player": {
        "turn_on": 128, "turn_off": 256, "toggle": 384, "volume_up": 1028, "volume_down": 1028, "volume_set": 4,
        "volume_mute": 8, "media_play_pause": 16385, "media_play": 16384, "media_pause": 1, "media_stop": 4096,
        "media_next_track": 32, "media_previous_track": 16, "media_seek": 2, "clear_playlist": 8192, "play_media": 512,
        "select_source": 2048, "select_sound_mode": 65536, "shuffle_set": 32768, "repeat_set": 262144, "join": 524288,
        "unjoin": 524288, "search_media": 4194304, "browse_media": 131072,
    },
    "notify": {"send_message": 0},
    "number": {"set_value": 0},
    "remote": {**ON_OFF, "send_command": 0},
    "scene": {"turn_on": 0},
    "script": ON_OFF,
    "select": {"select_option": 0, "select_next": 0, "select_previous": 0, "select_first": 0, "select_last": 0},
    "siren": {"turn_on": 1, "turn_off": 2, "toggle": 3},
    "switch": ON_OFF,
    "text": {"set_value": 0},
    "time": {"set_value": 0},
    "timer": {"start": 0, "pause": 0, "cancel": 0, "finish": 0, "change": 0},
    "todo": {"add_item": 0, "update_item": 0, "remove_item": 0, "remove_completed_items": 0, "get_items": 0},
    "vacuum": {
        "start": 8192, "pause": 4, "stop": 8, "return_to_base": 16, "set_fan_speed": 32, "locate": 512,
        "clean_spot": 1024, "clean_area": 16384, "send_command": 256,
    },
    "valve": {"open_valve": 1, "close_valve": 2, "toggle": 3, "set_valve_position": 4, "stop_valve": 8},
    "water_heater": {
        "turn_on": 8, "turn_off": 8, "set_temperature": 1, "set_operation_mode": 2, "set_away_mode": 4,
    },
}  # fmt: skip
"""What Home Assistant can do to entities of each domain, with the features of which one is needed; 0: none.

What is not here (an update, a restart, a shell command) is not for a voice to do."""

TURNED: Final = STAND_INS.keys() | {"vacuum", "lawn_mower"}
"""What is turned on and off by Home Assistant's generic actions though it has no such action of its own."""

TARGETS: Final = frozenset({"entity_id", "device_id", "area_id", "floor_id", "label_id"})
"""What would add others to a deed's own entities, past the guard."""

DIMS: Final = frozenset({"brightness", "brightness_pct", "brightness_step", "brightness_step_pct"})
TINTS: Final = frozenset({"color_name", "hs_color", "rgb_color", "xy_color", "rgbw_color", "rgbww_color"})
WHITES: Final = frozenset({"color_temp_kelvin", "color_temp", "kelvin"})
COLOUR_MODES: Final = frozenset({"hs", "rgb", "rgbw", "rgbww", "xy"})
PLAIN_MODES: Final = frozenset({"onoff", "unknown"})


ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "temperature": ("min_temp", "max_temp"),
    "target_temp_low": ("min_temp", "max_temp"),
    "target_temp_high": ("min_temp", "max_temp"),
    "humidity": ("min_humidity", "max_humidity"),
    "value": ("min", "max"),
}
"""By what a deed sets: the attributes in which a thing says how little and how much of it there can be."""


def implausible(deeds: Sequence[Deed], home: Home, states: States) -> Verdict:
    """Return the refusal of a deed that this home cannot do, else leave to do it."""
    for deed in deeds:
        if not deed.entities and not (deed.domain == "script" and f"script.{deed.action}" in home.entities):
            return _refused(f"{deed.domain}.{deed.action} names nothing")
        if hidden := TARGETS & deed.data.keys():
            return _refused(f"{deed.domain}.{deed.action} names more by {', '.join(sorted(hidden))}")
        if strange := [entity for entity in deed.entities if entity not in home.entities]:
            return _refused(f"not exposed: {', '.join(strange)}")
        if (verdict := _by_its_entities(deed, home, states)) is not None:
            return verdict
    return ALLOWED


def _by_its_entities(deed: Deed, home: Home, states: States) -> Verdict | None:
    """Return why not one of a deed's entities can do it."""
    known = {entity: states(entity) for entity in deed.entities}
    there = [entity for entity, state in known.items() if state is not None and state.state != "unavailable"]
    if deed.entities and not there:
        name = home.entities[deed.entities[0]].names[0]
        return Verdict(
            kind=Kind.REFUSE,
            cause=f"unavailable: {', '.join(deed.entities)}",
            line="unreachable" if len(deed.entities) == 1 else None,
            values={"name": name} if len(deed.entities) == 1 else {},
        )
    if there and not any(_can(deed, entity, known[entity]) for entity in there):
        return _refused(f"cannot {deed.domain}.{deed.action}: {', '.join(there)}")
    if stray := [entity for entity in there if not _is_of(deed, entity)]:
        return _refused(f"not for {deed.domain}.{deed.action}: {', '.join(stray)}")
    return None


def _refused(cause: str) -> Verdict:
    return Verdict(kind=Kind.REFUSE, cause=f"implausible: {cause}")


def _is_of(deed: Deed, entity: str) -> bool:
    """Return whether an action is of the entity's domain; the generic ones are of those that turn on and off."""
    domain = entity.partition(".")[0]
    if deed.domain != GENERIC:
        return deed.domain == domain
    return deed.action in ON_OFF and (domain in TURNED or deed.action in ACTIONS.get(domain, {}))


def _can(deed: Deed, entity: str, state: State | None) -> bool:
    actions = ACTIONS.get(entity.partition(".")[0])
    if actions is None or state is None or deed.action not in actions:
        return deed.domain == GENERIC
    needed, has = actions[deed.action], state.attributes.get("supported_features") or 0
    if (needed and not needed & has) or not _is_within(deed, state):
        return False
    return entity.partition(".")[0] != "light" or _can_look(deed, state)


def _is_within(deed: Deed, state: State) -> bool:
    """Return whether what is set lies within what the thing allows; one that says of no end has none."""
    for key, ends in ENDS.items():
        wanted = deed.data.get(key)
        least, most = (state.attributes.get(end) for end in ends)
        if not isinstance(wanted, int | float):
            continue
        if (isinstance(least, int | float) and wanted < least) or (isinstance(most, int | float) and wanted > most):
            return False
    return True


def _can_look(deed: Deed, state: State) -> bool:
    """Return whether a light has what a look needs; one that does not say what it has is given the benefit of it."""
    modes = set(state.attributes.get("supported_color_modes") or ())
    if not modes:
        return True
    if DIMS & deed.data.keys() and modes <= PLAIN_MODES:
        return False
    if TINTS & deed.data.keys() and not modes & COLOUR_MODES:
        return False
    return not WHITES & deed.data.keys() or bool(modes & (COLOUR_MODES | {"color_temp"}))
