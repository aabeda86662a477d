"""Which entities an automation's trigger or condition about rooms looks at."""

from collections.abc import Set as AbstractSet

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN


@callback
def of_rooms(hass: HomeAssistant, entities: AbstractSet[str], key: str) -> set[str]:
    """Return those of the entities by which Athena shows this of a room; a domain alone would let others in."""
    registry = er.async_get(hass)
    found = ((entity_id, registry.async_get(entity_id)) for entity_id in entities)
    return {
        entity_id
        for entity_id, entry in found
        if entry is not None and entry.platform == DOMAIN and entry.translation_key == key
    }
