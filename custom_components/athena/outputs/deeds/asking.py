"""Actions of Home Assistant's that only tell something: a forecast, the events of a calendar."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError


async def async_ask(
    hass: HomeAssistant, domain: str, action: str, entity: str, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return what it answers about an entity; raise HomeAssistantError where it answers nothing."""
    answer = await hass.services.async_call(
        domain, action, {ATTR_ENTITY_ID: entity, **data}, blocking=True, return_response=True
    )
    told = answer.get(entity) if answer is not None else None
    if not isinstance(told, dict):
        raise HomeAssistantError(f"{entity} answers nothing to {domain}.{action}")
    return told
