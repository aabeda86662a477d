"""Whether somebody is in a room, sleeps there, or is being woken."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .brain.room import Room
from .entity import RoomView, Shown, ShownDescription
from .reasons import presence_in_short
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoomBinarySensorDescription(BinarySensorEntityDescription, ShownDescription):
    """A binary sensor that shows something of its room."""


def _occupancy(runtime: Runtime, room: Room) -> Shown:
    occupancy = room.occupancy(dt_util.utcnow())
    reason = presence_in_short(runtime.hass, room, occupancy)
    return Shown(value=occupancy.occupied, attributes={"reason": reason})


def _sleeping(_runtime: Runtime, room: Room) -> Shown:
    return Shown(value=room.sleeping)


def _ringing(_runtime: Runtime, room: Room) -> Shown:
    again = [alarm for alarm in room.waking if alarm not in room.ringing]
    return Shown(value=bool(room.ringing), attributes={"alarms": list(room.ringing), "rings_again": again})


def _unheard(_runtime: Runtime, room: Room) -> Shown:
    return Shown(value=room.unheard)


ENTITIES: Final = (
    RoomBinarySensorDescription(key="occupancy", device_class=BinarySensorDeviceClass.OCCUPANCY, look_fn=_occupancy),
    RoomBinarySensorDescription(key="sleeping", look_fn=_sleeping),
    RoomBinarySensorDescription(key="ringing", look_fn=_ringing),
    RoomBinarySensorDescription(
        key="unheard",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        look_fn=_unheard,
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the binary sensors of every room."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities(
            [RoomBinarySensor(runtime, room, description) for description in ENTITIES],
            config_subentry_id=room.subentry_id,
        )


class RoomBinarySensor(RoomView, BinarySensorEntity):
    """A binary sensor of one room; unknown where nothing can tell."""

    entity_description: RoomBinarySensorDescription
    _unrecorded_attributes = frozenset({"reason"})

    def __init__(self, runtime: Runtime, room: RoomConfig, description: RoomBinarySensorDescription) -> None:
        self.entity_description = description
        super().__init__(runtime, room, BINARY_SENSOR_DOMAIN, description.key, description.look_fn)

    @property
    @override
    def is_on(self) -> bool | None:
        value: bool | None = self._shown.value
        return value
