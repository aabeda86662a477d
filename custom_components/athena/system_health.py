"""What Home Assistant's system information shows of Athena."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .brain.house import VERSION
from .const import DOMAIN
from .runtime import Runtime


@callback
def async_register(_hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Say who knows."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return the state of the house in a few numbers, without a name."""
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        return {"store_version": VERSION}
    runtime: Runtime = entries[0].runtime_data
    rooms = [runtime.room(area) for area in runtime.rooms]
    rings = [clock.next for room in rooms for clock in room.clocks if clock.next is not None]
    return {
        "rooms": len(rooms),
        "alarms": sum(len(room.clocks) for room in rooms),
        "next_alarm": min(rings, default=None),
        "unheard_rooms": sum(room.unheard for room in rooms),
        "lost_witnesses": sum(len(room.witnesses().lost) for room in rooms),
        "store_version": VERSION,
    }
