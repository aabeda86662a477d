"""The imperative shell: a source's event → brain → commands → outputs. It owns the timers and the store."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from . import outputs, sources
from .brain.commands import Command, RoomSetState, WaitCancel, WaitStart
from .brain.errors import UnreadableStateError
from .brain.events import Event, WaitElapsed
from .brain.house import VERSION, House
from .brain.room import Room
from .const import DOMAIN
from .output import Output
from .rooms import RoomConfig, rooms_of

_LOGGER = logging.getLogger(__name__)

SAVE_DELAY: Final = 1.0  # seconds

type AthenaConfigEntry = ConfigEntry[Runtime]


def store_of(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return where the house is kept across restarts."""
    return Store(hass, VERSION, DOMAIN)


class Runtime:
    """One house, alive in Home Assistant."""

    def __init__(self, hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
        self.hass = hass
        self.rooms: dict[str, RoomConfig] = {room.room: room for room in rooms_of(entry)}
        self.house = House(room.settings for room in self.rooms.values())
        self._entry = entry
        self._store = store_of(hass)
        self._outputs: dict[type[Command], Output[Any]] = {output.command: output() for output in outputs.ALL}
        self._waits: dict[tuple[str, str], CALLBACK_TYPE] = {}
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._sources: list[CALLBACK_TYPE] = []
        self._failing: set[tuple[str, str]] = set()

    async def async_start(self) -> None:
        """Take the house up where it was left, then watch."""
        if stored := await self._store.async_load():
            try:
                self.house.restore(stored)
            except UnreadableStateError as err:
                _LOGGER.error("What Athena remembered of the house cannot be read, so it starts afresh: %s", err)
        for room in self.rooms.values():
            for source in sources.ALL:
                self._sources.append(await source().async_start(self.hass, room, self.handle))
        for wait in self.house.waits():
            self._start_wait(wait)

    async def async_stop(self) -> None:
        """Watch no longer, and write down what the house knows."""
        for stop in (*self._sources, *self._waits.values()):
            stop()
        self._sources.clear()
        self._waits.clear()
        await self._store.async_save(self.house.as_dict())

    @callback
    def handle(self, event: Event) -> None:
        """Let the brain decide about a fact, and start what it orders; what fails is logged."""
        context = Context()
        for command in self._decide(event):
            self._entry.async_create_background_task(
                self.hass, self._async_try(command, context), f"athena {command.type} {command.room}"
            )

    async def async_do(self, event: Event, context: Context) -> None:
        """Let the brain decide about what a person asked for, and return once it is done.

        Raises HomeAssistantError where something of it cannot be done.
        """
        await asyncio.gather(*(self._async_carry_out(command, context) for command in self._decide(event)))

    @callback
    def async_listen(self, room: str, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` after every change of the room, until the returned function is called."""
        listeners = self._listeners.setdefault(room, [])
        listeners.append(listener)
        return partial(listeners.remove, listener)

    def room(self, room: str) -> Room:
        """Return what the brain knows of a room."""
        return self.house.rooms[room]

    def _decide(self, event: Event) -> Iterable[Command]:
        """Return the orders that are for the outputs; the runtime's own are carried out here."""
        commands = self.house.handle(event)
        self._store.async_delay_save(self.house.as_dict, SAVE_DELAY)
        for command in commands:
            match command:
                case WaitStart():
                    self._start_wait(command)
                case WaitCancel():
                    self._cancel_wait(command.room, command.key)
        for listener in tuple(self._listeners.get(event.room, ())):
            listener()
        return [command for command in commands if not isinstance(command, RoomSetState | WaitStart | WaitCancel)]

    async def _async_carry_out(self, command: Command, context: Context) -> None:
        output = self._outputs[type(command)]
        await output.async_carry_out(self.hass, self.rooms[command.room], command, context)

    async def _async_try(self, command: Command, context: Context) -> None:
        """Carry out what nobody waits for: logged once when it begins to fail, once when it works again."""
        key = (command.room, command.type)
        try:
            await self._async_carry_out(command, context)
        except HomeAssistantError as err:
            if key not in self._failing:
                self._failing.add(key)
                _LOGGER.warning("%s in %s failed: %s", command.type, self.rooms[command.room].title, err)
        except Exception:
            _LOGGER.exception("%s in %s failed", command.type, self.rooms[command.room].title)
        else:
            if key in self._failing:
                self._failing.discard(key)
                _LOGGER.info("%s in %s works again", command.type, self.rooms[command.room].title)

    @callback
    def _start_wait(self, wait: WaitStart) -> None:
        self._cancel_wait(wait.room, wait.key)
        elapsed = partial(self._wait_elapsed, wait)
        self._waits[wait.room, wait.key] = async_track_point_in_utc_time(self.hass, elapsed, wait.due)

    @callback
    def _wait_elapsed(self, wait: WaitStart, _now: datetime) -> None:
        del self._waits[wait.room, wait.key]
        self.handle(WaitElapsed(room=wait.room, key=wait.key, at=max(dt_util.utcnow(), wait.due), source="clock"))

    @callback
    def _cancel_wait(self, room: str, key: str) -> None:
        if cancel := self._waits.pop((room, key), None):
            cancel()
