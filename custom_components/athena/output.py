"""What an output is."""

from typing import ClassVar, Protocol

from homeassistant.core import Context, HomeAssistant

from .brain.commands import Command
from .rooms import RoomConfig


class Output[C: Command](Protocol):
    """Carries out one kind of order through Home Assistant's services."""

    command: ClassVar[type[Command]]

    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: C, context: Context) -> None:
        """Do it, and raise HomeAssistantError where it cannot be done."""
