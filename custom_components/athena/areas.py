"""What stands in an area of Home Assistant, and which area somebody speaks from."""

from collections.abc import Mapping
from typing import Final

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.binary_sensor import BinarySensorDeviceClass
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.const import ATTR_AREA_ID, ATTR_DEVICE_CLASS
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.target import TargetSelection, async_extract_referenced_entity_ids

from .brain.sensors import SensorKind
from .const import DOMAIN
from .rooms import RoomConfig

KINDS: Final[Mapping[str, SensorKind]] = {
    BinarySensorDeviceClass.MOTION: SensorKind.PIR,
    BinarySensorDeviceClass.OCCUPANCY: SensorKind.MMWAVE,
    BinarySensorDeviceClass.PRESENCE: SensorKind.MMWAVE,
    BinarySensorDeviceClass.DOOR: SensorKind.DOOR,
    BinarySensorDeviceClass.GARAGE_DOOR: SensorKind.DOOR,
    BinarySensorDeviceClass.OPENING: SensorKind.DOOR,
    BinarySensorDeviceClass.WINDOW: SensorKind.DOOR,
    BinarySensorDeviceClass.SOUND: SensorKind.SOUND,
}
"""What a binary sensor is by its device class."""

SEEN_BY_ITSELF: Final = frozenset({SensorKind.PIR, SensorKind.MMWAVE})
"""What an area's sensor has to be to count without being chosen: a door may be anybody's, a sound a radio's."""

NAMES_OF_A_PIR: Final = ("pir", "motion")
"""Many a PIR calls itself an occupancy sensor; its name gives it away."""


@callback
def entities_in(hass: HomeAssistant, area_id: str, domain: str) -> list[str]:
    """Return the entities of `domain` in the area, without hidden, config and diagnostic ones, sorted."""
    found = async_extract_referenced_entity_ids(hass, TargetSelection({ATTR_AREA_ID: area_id}))
    return sorted(entity_id for entity_id in found.indirectly_referenced if entity_id.startswith(f"{domain}."))


@callback
def lights_in(hass: HomeAssistant, room: RoomConfig) -> list[str]:
    """Return the lights of a room: those that were chosen for it, else every one of its area."""
    return list(room.lights) or entities_in(hass, room.room, LIGHT_DOMAIN)


@callback
def area_of(hass: HomeAssistant, *, entity_id: str | None, device_id: str | None) -> ar.AreaEntry | None:
    """Return the area of an entity or, where it has none of its own, of its device."""
    area_id: str | None = None
    if entity_id is not None and (entry := er.async_get(hass).async_get(entity_id)) is not None:
        area_id, device_id = entry.area_id, entry.device_id or device_id
    if area_id is None and device_id is not None and (device := dr.async_get(hass).async_get(device_id)) is not None:
        area_id = dr.async_get_effective_area_id(hass, device)
    return ar.async_get(hass).async_get_area(area_id) if area_id is not None else None


@callback
def shows_presence(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether an entity of an area is a motion, occupancy or presence sensor; also while it is unavailable.

    What Athena herself says of a room is none: she would hear her own word.
    """
    if not entity_id.startswith(f"{BINARY_SENSOR_DOMAIN}."):
        return False
    entry = er.async_get(hass).async_get(entity_id)
    if entry is None or (entry.platform == DOMAIN and entry.config_subentry_id is not None):
        return False
    return kind_of(hass, entity_id) in SEEN_BY_ITSELF


@callback
def is_own(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether it is one of Athena's: by it she would hear her own word."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry is not None and entry.platform == DOMAIN


@callback
def kind_of(hass: HomeAssistant, entity_id: str) -> SensorKind | None:
    """Return what kind of sensor a binary sensor is by its device class; None where that does not tell."""
    if (entry := er.async_get(hass).async_get(entity_id)) is not None:
        device_class = entry.device_class or entry.original_device_class
    else:
        state = hass.states.get(entity_id)
        device_class = state.attributes.get(ATTR_DEVICE_CLASS) if state is not None else None
    if device_class == BinarySensorDeviceClass.OCCUPANCY and any(name in entity_id for name in NAMES_OF_A_PIR):
        return SensorKind.PIR
    return KINDS.get(device_class) if device_class is not None else None
