"""The house: every fact goes in here, every order comes out of here."""

from collections.abc import Iterable
from typing import Any, Final

from .commands import Command, WaitStart
from .errors import UnknownRoomError, UnreadableStateError
from .events import Event
from .room import EMPTY_WAIT, Room, RoomSettings

VERSION: Final = 1


class House:
    """The rooms of a home."""

    def __init__(self, rooms: Iterable[RoomSettings]) -> None:
        self.rooms: dict[str, Room] = {settings.room: Room(settings=settings) for settings in rooms}

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done; raise BrainError, and change nothing, where it cannot be."""
        if (room := self.rooms.get(event.room)) is None:
            raise UnknownRoomError(event.room)
        return room.handle(event)

    def waits(self) -> tuple[WaitStart, ...]:
        """Return what the house is waiting for: what to start again after `restore`."""
        return tuple(
            WaitStart(room=key, key=EMPTY_WAIT, due=room.empty_at)
            for key, room in self.rooms.items()
            if room.empty_at is not None
        )

    def as_dict(self) -> dict[str, Any]:
        """Return everything the house knows, as JSON."""
        return {"version": VERSION, "rooms": {key: room.as_dict() for key, room in self.rooms.items()}}

    def restore(self, stored: dict[str, Any]) -> None:
        """Take in what was stored; rooms that are gone are forgotten, new ones start empty.

        Raises UnreadableStateError, and changes nothing, for another version or for what is not a house.
        """
        if stored.get("version") != VERSION:
            raise UnreadableStateError(f"version {stored.get('version')!r}, not {VERSION}")
        rooms = stored.get("rooms")
        if not isinstance(rooms, dict):
            raise UnreadableStateError("no rooms")
        self.rooms |= {
            key: Room.from_dict(room.settings, rooms[key]) for key, room in self.rooms.items() if key in rooms
        }
