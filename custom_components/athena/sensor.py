"""What a room knows: its state, its scene, its next alarm, and for who looks closer, why."""

from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorEntityDescription
from homeassistant.const import MAX_LENGTH_STATE_STATE, EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarms import label_of
from .brain.room import Room
from .brain.room_state import RoomState
from .entity import RoomView, Shown, ShownDescription
from .reasons import decision_in_words
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoomSensorDescription(SensorEntityDescription, ShownDescription):
    """A sensor that shows something of its room."""


def _state(_runtime: Runtime, room: Room) -> Shown:
    return Shown(value=room.state.lower())


def _scene(_runtime: Runtime, room: Room) -> Shown:
    return Shown(value=room.scene if room.scene in room.scenes else None)  # one that has been deleted may be shown


def _next_alarm(_runtime: Runtime, room: Room) -> Shown:
    if (clock := room.next_clock) is None:
        return Shown(value=None)
    alarm = clock.alarm
    attributes = {"alarm": alarm.id, "name": label_of(alarm), "room": room.settings.room, "profile": alarm.profile}
    return Shown(value=clock.next, attributes=attributes)


def _witnesses(_runtime: Runtime, room: Room) -> Shown:
    found = room.witnesses()
    value = "enough" if found.enough else "button" if found.button else "none"
    return Shown(value=value, attributes={"working": list(found.working), "lost": list(found.lost)})


def _last_decision(_runtime: Runtime, room: Room) -> Shown:
    if not room.decisions:
        return Shown(value=None)
    last = room.decisions[-1]
    attributes = {"at": last.at.isoformat(), "what": last.what, "why": str(last.why), "by": list(last.by)}
    return Shown(value=decision_in_words(room, last)[:MAX_LENGTH_STATE_STATE], attributes=attributes)


ENTITIES: Final = (
    RoomSensorDescription(
        key="state",
        device_class=SensorDeviceClass.ENUM,
        options=[state.lower() for state in RoomState],
        look_fn=_state,
    ),
    RoomSensorDescription(key="scene", device_class=SensorDeviceClass.ENUM, look_fn=_scene),
    RoomSensorDescription(key="next_alarm", device_class=SensorDeviceClass.TIMESTAMP, look_fn=_next_alarm),
    RoomSensorDescription(
        key="witnesses",
        device_class=SensorDeviceClass.ENUM,
        options=["enough", "button", "none"],
        entity_category=EntityCategory.DIAGNOSTIC,
        look_fn=_witnesses,
    ),
    RoomSensorDescription(
        key="last_decision",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        look_fn=_last_decision,
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the sensors of every room."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities(
            [
                *(RoomSensor(runtime, room, description) for description in ENTITIES),
                *(entity for one in runtime.onlookers for entity in one.entities(Platform.SENSOR, room)),
            ],
            config_subentry_id=room.subentry_id,
        )


class RoomSensor(RoomView, SensorEntity):
    """A sensor of one room."""

    entity_description: RoomSensorDescription
    _unrecorded_attributes = frozenset({"working", "lost", "by"})

    def __init__(self, runtime: Runtime, room: RoomConfig, description: RoomSensorDescription) -> None:
        self.entity_description = description
        super().__init__(runtime, room, SENSOR_DOMAIN, description.key, description.look_fn)
        if description.key == "scene":
            self._attr_options = list(room.scenes)

    @property
    @override
    def native_value(self) -> Any:
        return self._shown.value
