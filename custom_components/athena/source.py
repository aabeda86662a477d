"""What a source is."""

from collections.abc import Callable
from typing import Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from .brain.events import Event
from .rooms import RoomConfig

type Emit = Callable[[Event], None]


class Source(Protocol):
    """Watches something of one room and tells the brain."""

    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        """Emit what is so now, then every change, until the returned function is called."""
