"""What an output is."""

from enum import StrEnum
from typing import Any, ClassVar, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant

from .brain.commands import Command
from .rooms import RoomConfig


class LeftOut(StrEnum):
    """Why an order was not carried out, though nothing has failed."""

    NO_SATELLITE = "no_satellite"
    """Nothing in the room can be heard through."""
    BUSY = "busy"
    """What could be heard through has something else to do."""


class Output[C: Command](Protocol):
    """Carries out one kind of order through Home Assistant's services."""

    command: ClassVar[type[Command]]
    entry: ConfigEntry[Any]
    """The hub's; what an output goes on with in the background ends with it."""

    def __init__(self, entry: ConfigEntry[Any]) -> None:
        self.entry = entry

    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: C, context: Context
    ) -> LeftOut | None:
        """Do it, and return None; return why where it was left out; raise HomeAssistantError where it cannot be done.

        What was left out tells nothing of whether it can be done: it counts neither as done nor as failed.
        """
