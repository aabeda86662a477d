"""Who looks on while a house lives: the seam between the runtime and what Athena does beside the rules of her rooms."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from homeassistant.const import Platform
from homeassistant.core import Context
from homeassistant.helpers.entity import Entity

from ..brain.commands import Command
from ..brain.events import Event
from ..rooms import RoomConfig


class Onlooker(Protocol):
    """Is told everything, last of all: whether it fails is no matter of the rooms'."""

    def tell_fact(self, event: Event) -> None:
        """Take in what has happened."""

    def tell_order(self, command: Command, context: Context) -> None:
        """Take in what has been ordered."""

    def look_at_the_clock(self, now: datetime) -> None:
        """Do what is due: the clock may have been put forward."""

    def entities(self, platform: Platform, room: RoomConfig) -> Sequence[Entity]:
        """Return what it shows of a room, on one of Home Assistant's platforms."""

    async def async_stop(self) -> None:
        """Look on no longer: the house is put to rest."""
