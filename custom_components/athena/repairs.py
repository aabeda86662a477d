"""What Home Assistant's repairs do about an issue that can be closed by hand."""

from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow
from homeassistant.core import HomeAssistant


async def async_create_fix_flow(
    _hass: HomeAssistant, _issue_id: str, _data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow of what only has to be read: the store that could not be."""
    return ConfirmRepairFlow()
