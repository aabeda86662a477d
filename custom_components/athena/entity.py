"""What every entity of a room shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, override

from homeassistant.core import Context, callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription

from .brain.room import Room
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

    @property
    def _told_by(self) -> Context:
        """Who acts through this entity just now."""
        return self._context or Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an entity shows of its room."""

    value: Any
    attributes: Mapping[str, Any] = field(default_factory=dict)


type Look = Callable[[Runtime, Room], Shown]


@dataclass(frozen=True, kw_only=True)
class ShownDescription(EntityDescription):
    """An entity that shows something of its room."""

    look_fn: Look


class RoomView(RoomEntity):
    """An entity that shows something of its room, and is written only when that has changed."""

    def __init__(self, runtime: Runtime, room: RoomConfig, domain: str, key: str, look: Look) -> None:
        super().__init__(runtime, room, domain, key)
        self._look = look
        self._shown = look(runtime, runtime.room(room.room))

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._shown = self._look(self._runtime, self._runtime.room(self._room.room))
        self.async_on_remove(self._runtime.async_listen(self._room.room, self._look_again))

    @callback
    def _look_again(self) -> None:
        """Show what is so after a fact."""
        shown = self._look(self._runtime, self._runtime.room(self._room.room))
        if shown != self._shown:
            self._shown = shown
            self.async_write_ha_state()

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        return self._shown.attributes
