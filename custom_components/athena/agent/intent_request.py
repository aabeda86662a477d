"""An intent that Home Assistant's matchers have found: what it comes to, and who carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import area_registry as ar

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
    try:
        deeds, whole = deeds_of(hass, request.intent, request.slots, area.id if area is not None else None)
    except NoMatchError:
        return None
    return Plan(steps=deeds if whole else (replace(request, deeds=deeds),))
