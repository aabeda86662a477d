"""What an intent comes to: the actions that Home Assistant's own handler would call, found without calling them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import probatio as vol
from homeassistant.components import conversation
from homeassistant.const import ATTR_DEVICE_CLASS
from homeassistant.core import Context, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent

from ..brain import phrases
from ..deed import STAND_INS, Deed

MUTED: Final = {"HassMediaPlayerMute": True, "HassMediaPlayerUnmute": False}

ALL: Final = "all"
"""The name that names nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An intent whose handler has a way of its own: which action it calls at last, and for what it looks."""

    domain: str
    action: str
    data: tuple[str, ...] = ()
    """The slots that are the action's data, by the same name."""
    single: bool = False


OWN: Final[Mapping[str, Own]] = {
    "HassClimateSetFanMode": Own(domain="climate", action="set_fan_mode", data=("fan_mode",), single=True),
    "HassClimateSetTemperature": Own(domain="climate", action="set_temperature", data=("temperature",), single=True),
    "HassHumidifierMode": Own(domain="humidifier", action="set_mode", data=("mode",)),
    "HassHumidifierSetpoint": Own(domain="humidifier", action="set_humidity", data=("humidity",)),
    "HassMediaSearchAndPlay": Own(domain="media_player", action="play_media", single=True),
    "HassSetVolumeRelative": Own(domain="media_player", action="volume_set"),
    "HassVacuumCleanArea": Own(domain="vacuum", action="clean_area"),
}


class NoMatchError(HomeAssistantError):
    """The home has nothing that the intent could be about."""


@callback
def deeds_of(
    hass: HomeAssistant, intent_type: str, slots: Mapping[str, Any], area: str | None
) -> tuple[tuple[Deed, ...], bool]:
    """Return what an intent comes to, and whether that is all that its handler does; raise NoMatchError.

    Where it is not all, as with an intent that concerns no entity, only the handler can do it. `area`: the speaker's.
    """
    handler = next((one for one in intent.async_get(hass) if one.intent_type == intent_type), None)
    if isinstance(handler, intent.DynamicServiceIntentHandler):
        return _deeds_of_service(hass, handler, slots, area), True
    if (own := OWN.get(intent_type)) is None:
        return (), False
    named = {key: value for key, value in slots.items() if intent_type != "HassVacuumCleanArea" or key != "area"}
    constraints = _constraints(named, domains={own.domain}, single=own.single)
    data = {slot: slots[slot] for slot in own.data if slot in slots}
    whole = intent_type == "HassClimateSetTemperature"
    return _grouped((state, own.domain, own.action, data) for state in _matched(hass, constraints, area)), whole


def _deeds_of_service(
    hass: HomeAssistant, handler: intent.DynamicServiceIntentHandler, slots: Mapping[str, Any], area: str | None
) -> tuple[Deed, ...]:
    if handler.intent_type in MUTED:
        slots = {**slots, "is_volume_muted": MUTED[handler.intent_type]}
    try:
        checked = handler.async_validate_slots({key: {"value": value} for key, value in slots.items()})
    except vol.Invalid as err:
        raise NoMatchError from err
    values = {key: slot["value"] for key, slot in checked.items()}
    constraints = _constraints(
        values,
        domains=handler.required_domains,
        features=handler.required_features,
        states=handler.required_states,
    )
    if not constraints.has_constraints:
        raise NoMatchError
    data = {
        info.service_data_name or key: values[key]
        for key, info in {**handler.required_slots, **handler.optional_slots}.items()
        if key in values
    }
    asked = intent.Intent(hass, conversation.DOMAIN, handler.intent_type, checked, None, Context(), "en")
    kind = None if "name" in slots and slots["name"] != ALL else _kind(values)
    actions = []
    for state in _matched(hass, constraints, area):
        domain, service = handler.get_domain_and_service(asked, state)
        action = STAND_INS[state.domain].get(service) if state.domain in STAND_INS and service in ON else service
        if action is None:
            raise NoMatchError
        actions.append((state, state.domain if domain == "homeassistant" else domain, action, data))
    return _grouped(actions, kind)


ON: Final = frozenset({"turn_on", "turn_off"})


def _constraints(
    values: Mapping[str, Any],
    *,
    domains: Collection[str] | None,
    features: int | None = None,
    states: Collection[str] | None = None,
    single: bool = False,
) -> intent.MatchTargetsConstraints:
    """Return what Home Assistant's handlers look for."""
    name = values.get("name")
    return intent.MatchTargetsConstraints(
        name=None if name == ALL else name,
        area_name=values.get("area"),
        floor_name=values.get("floor"),
        domains=set(_listed(values["domain"])) if "domain" in values else domains,
        device_classes=set(_listed(values["device_class"])) if "device_class" in values else None,
        assistant=conversation.DOMAIN,
        features=features,
        states=states,
        single_target=single,
    )


@callback
def _matched(hass: HomeAssistant, constraints: intent.MatchTargetsConstraints, area: str | None) -> list[State]:
    found = intent.async_match_targets(hass, constraints, intent.MatchTargetsPreferences(area_id=area))
    if not found.is_match or not found.states:
        raise NoMatchError
    return found.states


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _kind(values: Mapping[str, Any]) -> str | None:
    """Return what the entities are called together, where a kind was named."""
    named = [*_listed(values.get(ATTR_DEVICE_CLASS, ())), *_listed(values.get("domain", ()))]
    return next((phrases.KINDS[one] for one in named if one in phrases.KINDS), None)


def _grouped(actions: Iterable[tuple[State, str, str, Mapping[str, Any]]], kind: str | None = None) -> tuple[Deed, ...]:
    """Return one deed for all entities with the same action."""
    grouped: dict[tuple[str, str], tuple[list[str], Mapping[str, Any]]] = {}
    for state, domain, action, data in actions:
        grouped.setdefault((domain, action), ([], data))[0].append(state.entity_id)
    return tuple(
        Deed(domain=domain, action=action, entities=tuple(entities), data=data, kind=kind)
        for (domain, action), (entities, data) in grouped.items()
    )
