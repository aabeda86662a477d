"""The rooms as the user set them up: one subentry each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry

from .brain.room import RoomSettings
from .const import CONF_EMPTY_AFTER, CONF_LIGHTS, CONF_NAME, CONF_SENSORS, SUBENTRY_ROOM


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomConfig:
    """A room, and what in Home Assistant belongs to it."""

    subentry_id: str
    title: str
    settings: RoomSettings
    lights: tuple[str, ...]
    """Entity ids; none means every light of the area."""
    sensors: tuple[str, ...]
    """Entity ids; none means every motion and occupancy sensor of the area."""

    @property
    def room(self) -> str:
        """The HA area id, by which everything else knows the room."""
        return self.settings.room


def rooms_of(entry: ConfigEntry[Any]) -> tuple[RoomConfig, ...]:
    """Return the rooms of the hub entry."""
    return tuple(_room_of(subentry, entry.options) for subentry in entry.get_subentries_of_type(SUBENTRY_ROOM))


def _room_of(subentry: ConfigSubentry, options: Mapping[str, Any]) -> RoomConfig:
    assert subentry.unique_id is not None  # the area id: the flow saw to it
    settings: dict[str, Any] = {}
    if empty_after := subentry.data.get(CONF_EMPTY_AFTER):
        settings["empty_after"] = timedelta(**empty_after)
    return RoomConfig(
        subentry_id=subentry.subentry_id,
        title=subentry.title,
        settings=RoomSettings(room=subentry.unique_id, name=options.get(CONF_NAME) or None, **settings),
        lights=tuple(subentry.data.get(CONF_LIGHTS, ())),
        sensors=tuple(subentry.data.get(CONF_SENSORS, ())),
    )
