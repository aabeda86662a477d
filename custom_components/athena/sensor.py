"""The state of each room."""

from typing import override

from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .brain.commands import RoomState
from .entity import RoomEntity
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the sensors of every room."""
    for room in entry.runtime_data.rooms.values():
        async_add_entities([RoomStateSensor(entry.runtime_data, room)], config_subentry_id=room.subentry_id)


class RoomStateSensor(RoomEntity, SensorEntity):
    """Whether the room is empty, occupied, asleep or waking."""

    _attr_device_class = SensorDeviceClass.ENUM

    def __init__(self, runtime: Runtime, room: RoomConfig) -> None:
        super().__init__(runtime, room, SENSOR_DOMAIN, "state")
        self._attr_options = [state.lower() for state in RoomState]

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._runtime.async_listen(self._room.room, self.async_write_ha_state))

    @property
    @override
    def native_value(self) -> str:
        return self._runtime.room(self._room.room).state.lower()
