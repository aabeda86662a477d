"""What the states show once a deed is done."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import DOMAIN as HOMEASSISTANT_DOMAIN
from homeassistant.core import State

from ...deed import STAND_INS, Deed
from .looks import goes_out, look_shows
from .measures import measure_shows

type Shows = Callable[[State], bool]
"""Returns whether a state shows that a deed is done."""

NOT_THERE: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})

LEADS_TO: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("lock", "lock"): frozenset({"locked", "locking"}),
    ("lock", "unlock"): frozenset({"unlocked", "unlocking", "open", "opening"}),
    ("lock", "open"): frozenset({"open", "opening"}),
    ("media_player", "media_play"): frozenset({"playing", "buffering"}),
    ("media_player", "media_pause"): frozenset({"paused", "idle", "standby", "off"}),
    ("media_player", "play_media"): frozenset({"playing", "buffering"}),
    ("vacuum", "start"): frozenset({"cleaning"}),
    ("vacuum", "clean_spot"): frozenset({"cleaning"}),
    ("vacuum", "clean_area"): frozenset({"cleaning"}),
    ("vacuum", "pause"): frozenset({"paused", "idle", "docked"}),
    ("vacuum", "return_to_base"): frozenset({"returning", "docked"}),
    ("lawn_mower", "start_mowing"): frozenset({"mowing"}),
    ("lawn_mower", "pause"): frozenset({"paused", "docked"}),
    ("lawn_mower", "dock"): frozenset({"docked", "returning"}),
    ("alarm_control_panel", "alarm_disarm"): frozenset({"disarmed"}),
    ("alarm_control_panel", "alarm_trigger"): frozenset({"triggered", "pending"}),
    **{
        ("alarm_control_panel", f"alarm_arm_{how}"): frozenset({f"armed_{how}", "arming"})
        for how in ("away", "custom_bypass", "home", "night", "vacation")
    },
    ("timer", "start"): frozenset({"active"}),
    ("timer", "pause"): frozenset({"paused"}),
    ("timer", "cancel"): frozenset({"idle"}),
    ("timer", "finish"): frozenset({"idle"}),
    ("media_player", "turn_off"): frozenset({"off", "standby"}),
}
"""Of a domain's action: the states of which one shows it."""

LEADS_FROM: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("climate", "turn_on"): frozenset({"off"}),
    ("cover", "stop_cover"): frozenset({"opening", "closing"}),
    ("fan", "increase_speed"): frozenset({"off"}),
    ("media_player", "turn_on"): frozenset({"off", "standby"}),
    ("media_player", "media_stop"): frozenset({"playing", "buffering", "paused"}),
    ("vacuum", "stop"): frozenset({"cleaning"}),
    ("valve", "stop_valve"): frozenset({"opening", "closing"}),
    ("lawn_mower", "stop"): frozenset({"mowing"}),
    ("water_heater", "turn_on"): frozenset({"off"}),
}
"""Of a domain's action: the states that none may show, where any other does."""

SAYS: Final[Mapping[tuple[str, str], str]] = {
    ("", "set_hvac_mode"): "hvac_mode",
    ("", "select_option"): "option",
    ("climate", "set_temperature"): "hvac_mode",
    ("text", "set_value"): "value",
    ("input_text", "set_value"): "value",
    ("water_heater", "set_operation_mode"): "operation_mode",
}
"""Which of a deed's data the state is, word for word."""

NEVER_SHOWN: Final = frozenset({"scene", "script", "button", "input_button", "event", "camera", "todo", "notify"})
"""Their states are no states, or say nothing of what was asked."""

OFF: Final = frozenset({"off", "closed", "closing", "locked", "locking", "standby"})
"""From these a toggle leads to on."""


def expected(deed: Deed, entity: str, before: State | None) -> Shows | None:
    """Return what tells that a deed is done to an entity; None where nothing can tell."""
    domain = entity.partition(".")[0]
    if domain in NEVER_SHOWN:
        return None
    action = action_on(deed, domain, before)
    shows = [
        *([check] if (check := _state_shows(domain, action, deed.data, before)) is not None else ()),
        *measure_shows(domain, action, deed.data, before),
        *(look_shows(action, deed.data, before) if domain == "light" else ()),
    ]
    if not shows:
        return None
    return lambda state: state.state not in NOT_THERE and all(check(state) for check in shows)


def action_on(deed: Deed, domain: str, before: State | None) -> str:
    """Return what an action comes to for an entity: the generic ones and "toggle" say it only together with it."""
    action = deed.action
    if action == "toggle" and before is not None and before.state not in NOT_THERE:
        turned = "turn_off" if before.state not in OFF else "turn_on"
        return STAND_INS.get(domain, {}).get(turned, turned)
    return STAND_INS.get(domain, {}).get(action, action) if deed.domain == HOMEASSISTANT_DOMAIN else action


def _state_shows(domain: str, action: str, data: Mapping[str, Any], before: State | None) -> Shows | None:
    if (to := LEADS_TO.get((domain, action))) is not None:
        return lambda state: state.state in to
    if (away := LEADS_FROM.get((domain, action))) is not None:
        return lambda state: state.state not in away
    if action in {"turn_on", "turn_off"}:
        word: object = "off" if action == "turn_off" or goes_out(data, before) else "on"
    else:
        word = data.get(SAYS.get((domain, action), SAYS.get(("", action), "")))
    return None if word is None else lambda state: state.state == str(word)
