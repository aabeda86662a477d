"""What a room shows as a picture: what its capabilities draw."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .runtime import AthenaConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the pictures of every room."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities(
            [entity for one in runtime.onlookers for entity in one.entities(Platform.IMAGE, room)],
            config_subentry_id=room.subentry_id,
        )
