"""What helps to help: the rooms and what the brain knows, without the user's name."""

from dataclasses import asdict
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant

from .const import CONF_NAME
from .runtime import AthenaConfigEntry

TO_REDACT: Final = {CONF_NAME}


async def async_get_config_entry_diagnostics(_hass: HomeAssistant, entry: AthenaConfigEntry) -> dict[str, Any]:
    """Return the options, the rooms as set up, and the house as the brain sees it."""
    runtime = entry.runtime_data
    return {
        "options": async_redact_data(entry.options, TO_REDACT),
        "rooms": [async_redact_data(asdict(room), TO_REDACT) for room in runtime.rooms.values()],
        "house": runtime.house.as_dict(),
    }
