"""What helps to help: the rooms and what the brain knows, without the user's name."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .areas import entities_in, shows_presence
from .const import CONF_NAME
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

TO_REDACT: Final = {CONF_NAME}


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: AthenaConfigEntry) -> dict[str, Any]:
    """Return the options, the rooms as set up, and the house as the brain sees it."""
    runtime = entry.runtime_data
    return {
        "options": async_redact_data(entry.options, TO_REDACT),
        "rooms": [_room(hass, runtime, room) for room in runtime.rooms.values()],
        "house": runtime.house.as_dict(),
    }


def _room(hass: HomeAssistant, runtime: Runtime, room: RoomConfig) -> dict[str, Any]:
    def states(chosen: tuple[str, ...], found: Iterable[str]) -> dict[str, str | None]:
        return {entity: state.state if (state := hass.states.get(entity)) else None for entity in chosen or found}

    sensors = (entity for entity in entities_in(hass, room.room, "binary_sensor") if shows_presence(hass, entity))
    return {
        "settings": async_redact_data(asdict(room), TO_REDACT),
        "sensors": states(room.sensors, sensors),
        "lights": states(room.lights, entities_in(hass, room.room, "light")),
        "seen_by": [one.source for one in runtime.room(room.room).occupancy(dt_util.utcnow()).evidence],
    }
