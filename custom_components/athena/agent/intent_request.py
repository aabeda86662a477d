"""An intent that Home Assistant's matchers have found: what it comes to, and who carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from homeassistant.const import STATE_HOME, STATE_NOT_HOME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import intent

from ..deed import Request
from .intent_deeds import NoMatchError, deeds_of
from .reading import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAssistantRequest(Request):
    """An intent of Home Assistant's, and how it answers."""

    said: Mapping[str, str] = field(default_factory=dict)
    """The slots as they were said."""
    response: str | None = None
    """Which of the intent's response templates tells what has happened."""


@callback
def plan_of(hass: HomeAssistant, request: HomeAssistantRequest, area: ar.AreaEntry | None) -> Plan | None:
    """Return what is to be done: the actions themselves where they are all that the intent does, else the intent.

    So what Home Assistant's matchers find is looked at, read back and undone as everything is. None where the home has
    nothing that the intent could be about.
    """
    if _is_state_of_nobody(hass, request):
        return None
    try:
        deeds, whole = deeds_of(hass, request.intent, request.slots, area.id if area is not None else None)
    except NoMatchError:
        return None
    return Plan(steps=deeds if whole else (replace(request, deeds=deeds),))


def _is_state_of_nobody(hass: HomeAssistant, request: HomeAssistantRequest) -> bool:
    """Return whether it is asked of people where they are, but not by a place: "who is the president of France".

    Home Assistant's sentence takes whatever is said there for the name of a zone.
    """
    slots = request.slots
    state = str(slots.get("state", "")).casefold()
    if request.intent != intent.INTENT_GET_STATE or not state or not _is_of_people(hass, slots):
        return False
    zones = {each.name.casefold() for each in hass.states.async_all("zone")}
    places = {each.state.casefold() for each in hass.states.async_all("person")}
    return state not in zones | places | {STATE_HOME, STATE_NOT_HOME}


def _is_of_people(hass: HomeAssistant, slots: Mapping[str, Any]) -> bool:
    """Return whether an intent's slots name a person, or all of them."""
    named = str(slots.get("name", "")).casefold()
    people = hass.states.async_all("person")
    return slots.get("domain") in ("person", ["person"]) or any(
        named in (each.entity_id, each.name.casefold()) for each in people
    )
