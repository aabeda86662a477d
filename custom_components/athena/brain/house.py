"""The house: every fact goes in here, every order comes out of here."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from .commands import Command
from .errors import UnknownRoomError, UnreadableStateError
from .events import Event
from .room import Room
from .settings import RoomSettings

VERSION: Final = 2


class House:
    """The rooms of a home."""

    def __init__(self, rooms: Iterable[RoomSettings]) -> None:
        self.rooms: dict[str, Room] = {settings.room: Room(settings) for settings in rooms}

    @property
    def latest(self) -> datetime:
        """The latest moment of which any room has heard."""
        return max((room.latest for room in self.rooms.values()), default=datetime.min.replace(tzinfo=UTC))

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done; raise BrainError, and change nothing, where it cannot be."""
        if (room := self.rooms.get(event.room)) is None:
            raise UnknownRoomError(event.room)
        return room.handle(event)

    def resume(self, at: datetime) -> tuple[Command, ...]:
        """Go on after `restore`, or after the clock was put right: once, before the first fact."""
        return tuple(command for room in self.rooms.values() for command in room.resume(at))

    def as_dict(self) -> dict[str, Any]:
        """Return everything the house knows, as JSON."""
        return {"version": VERSION, "rooms": {key: room.as_dict() for key, room in self.rooms.items()}}

    def restore(self, stored: object) -> None:
        """Take in what was stored; rooms that are gone are forgotten, new ones start empty.

        Raises UnreadableStateError, and changes nothing, for another version or for what is not a house.
        """
        if not isinstance(stored, dict):
            raise UnreadableStateError("not an object")
        if stored.get("version") != VERSION:
            raise UnreadableStateError(f"version {stored.get('version')!r}, not {VERSION}")
        rooms = stored.get("rooms")
        if not isinstance(rooms, dict):
            raise UnreadableStateError("no rooms")
        self.rooms |= {
            key: Room.from_dict(room.settings, rooms[key]) for key, room in self.rooms.items() if key in rooms
        }
