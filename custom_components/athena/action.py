"""What an action is: what Home Assistant calls a service."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, SupportsResponse
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from .alarms import label_of
from .brain.alarms import Clock
from .brain.commands import Command
from .brain.events import Event
from .brain.room import Room
from .brain.wire import alarm_as_dict
from .rooms import RoomConfig
from .runtime import Runtime

SOURCE: Final = "app"
"""Who tells the brain what was wished by an action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What somebody wishes, in which room, and who."""

    entry: ConfigEntry[Runtime]
    runtime: Runtime
    """The house as it was when this was wished; once it is put to rest it refuses."""
    rooms: tuple[RoomConfig, ...]
    """The one that was meant; every room, for an action that says so, where none was named."""
    data: Mapping[str, Any]
    context: Context
    at: datetime = field(default_factory=dt_util.utcnow)

    @property
    def config(self) -> RoomConfig:
        """The room as the user set it up."""
        return self.rooms[0]

    @property
    def room(self) -> Room:
        """What the brain knows of the room; after a wish it knows more."""
        return self.runtime.room(self.config.room)

    async def async_wish[E: Event](self, kind: type[E], **fields: Any) -> tuple[Command, ...]:
        """Tell the brain a person's wish, and return its orders; raise ServiceValidationError where it refuses."""
        return await self.async_tell(kind(room=self.config.room, at=self.at, source=SOURCE, **fields))

    async def async_tell(self, event: Event) -> tuple[Command, ...]:
        """Tell the brain a fact, and return its orders; raise ServiceValidationError where it refuses."""
        return await self.runtime.async_tell(event, self.context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something a person, or an automation of theirs, can have done."""

    name: str
    async_do: Callable[[Call], Awaitable[JsonObjectType]]
    """Do it and return the response; raise ServiceValidationError, and change nothing, where it cannot be done."""
    fields: Mapping[vol.Marker, Any] = field(default_factory=dict)
    """Besides the room."""
    response: SupportsResponse = SupportsResponse.OPTIONAL
    admin: bool = False
    """Only an administrator may."""
    every_room: bool = False
    """Without a room it is about all of them."""


def alarm_told(room: Room, clock: Clock) -> JsonObjectType:
    """Return an alarm and where it stands, for a response; moments are local."""
    alarm = clock.alarm
    return {
        **alarm_as_dict(alarm),
        "label": label_of(alarm),
        "room": room.settings.room,
        "next": told_at(clock.next),
        "skipped": told_at(clock.skipped),
        "ringing": alarm.id in room.waking,
    }


def told_at(moment: datetime | None) -> str | None:
    """Return a moment by the clock on the wall."""
    return None if moment is None else dt_util.as_local(moment).isoformat()
