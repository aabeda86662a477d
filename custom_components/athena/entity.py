"""What every entity of a room shares."""

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN
from .rooms import RoomConfig
from .runtime import Runtime


class RoomEntity(Entity):
    """An entity of one room."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, runtime: Runtime, room: RoomConfig, domain: str, key: str) -> None:
        self._runtime = runtime
        self._room = room
        self.entity_id = f"{domain}.{room.room}_{key}"  # HA's own choice would name the room twice
        self._attr_translation_key = key
        self._attr_unique_id = f"{room.room}_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, room.room)},
            name=room.title,
            model="Room",
            manufacturer="Athena",
            entry_type=DeviceEntryType.SERVICE,
            suggested_area=room.title,
        )
