"""What an output is."""

from typing import Any, ClassVar, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant

from .brain.commands import Command
from .rooms import RoomConfig


class Output[C: Command](Protocol):
    """Carries out one kind of order through Home Assistant's services."""

    command: ClassVar[type[Command]]
    entry: ConfigEntry[Any]
    """The hub's; what an output goes on with in the background ends with it."""

    def __init__(self, entry: ConfigEntry[Any]) -> None:
        self.entry = entry

    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: C, context: Context) -> None:
        """Do it, and raise HomeAssistantError where it cannot be done."""
