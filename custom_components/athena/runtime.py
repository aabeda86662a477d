"""The imperative shell: a source's event → brain → commands → outputs. It owns the timers and the store."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from . import outputs, sources
from .brain.commands import Command, RoomSetState, WaitCancel, WaitStart
from .brain.errors import UnreadableStateError
from .brain.events import Event, SceneActivated, WaitElapsed
from .brain.house import House
from .brain.room import Room
from .const import DOMAIN
from .output import Output
from .outputs.lights import lights_of
from .rooms import RoomConfig, rooms_of

_LOGGER = logging.getLogger(__name__)

SAVE_DELAY: Final = 1.0  # seconds

STORE_VERSION: Final = 1
"""Of the envelope, which never changes; the house in it has a version of its own."""

GRACE: Final = timedelta(minutes=1)
"""What fell due while Home Assistant was away waits so long for the sensors and lights to be there again."""

type AthenaConfigEntry = ConfigEntry[Runtime]


def store_of(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return where the house is kept across restarts."""
    return Store(hass, STORE_VERSION, DOMAIN)


def unreadable_store_of(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return where a house is put aside that this version cannot read."""
    return Store(hass, STORE_VERSION, f"{DOMAIN}.unreadable")


class Runtime:
    """One house, alive in Home Assistant."""

    def __init__(self, hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
        self.hass = hass
        self.rooms: dict[str, RoomConfig] = {room.room: room for room in rooms_of(entry)}
        self.house = House(room.settings for room in self.rooms.values())
        self._entry = entry
        self._store = store_of(hass)
        self._outputs: dict[type[Command], Output[Any]] = {output.command: output(entry) for output in outputs.ALL}
        self._waits: dict[tuple[str, str], CALLBACK_TYPE] = {}
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._stops: list[CALLBACK_TYPE] = []
        self._started = False
        self._failing: set[tuple[str, str]] = set()

    async def async_start(self) -> None:
        """Take the house up where it was left, then watch."""
        await self._async_restore()
        self._started = True
        for room in self.rooms.values():
            for source in sources.ALL:
                self._stops.append(await source().async_start(self.hass, room, self.handle))
        self._stops.append(async_at_started(self.hass, self._take_up_waits))

    async def _async_restore(self) -> None:
        if not (stored := await self._store.async_load()):
            return
        try:
            self.house.restore(stored)
        except UnreadableStateError as err:
            aside = unreadable_store_of(self.hass)
            await aside.async_save(stored)
            _LOGGER.error(
                "What Athena remembered of the house cannot be read, so it starts afresh, and keeps that in %s: %s",
                aside.path,
                err,
            )

    async def async_stop(self) -> None:
        """Watch no longer, and write down what the house knows."""
        for stop in (*self._stops, *self._waits.values()):
            stop()
        self._stops.clear()
        self._waits.clear()
        if self._started:  # else what is stored has never been read, and is worth more than an empty house
            await self._store.async_save(self.house.as_dict())

    @callback
    def handle(self, event: Event) -> None:
        """Let the brain decide about a fact, and start what it orders; what fails is logged."""
        context = Context()
        for command in self._decide(event):
            self._entry.async_create_background_task(
                self.hass, self._async_try(command, context), f"athena {command.type} {command.room}"
            )

    async def async_activate_scene(self, room: RoomConfig, scene: str, source: str, context: Context) -> None:
        """Run a scene that a person asked for, and return once it is done.

        Raises ServiceValidationError, and changes nothing, without lights; HomeAssistantError where one fails.
        """
        lights_of(self.hass, room)
        event = SceneActivated(room=room.room, at=dt_util.utcnow(), source=source, scene=scene)
        await asyncio.gather(*(self._async_carry_out(command, context) for command in self._decide(event)))

    @callback
    def async_listen(self, room: str, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` whenever the room's state is set, until the returned function is called."""
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
                case RoomSetState():
                    for listener in tuple(self._listeners.get(command.room, ())):
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
    def _take_up_waits(self, _hass: HomeAssistant) -> None:
        """Go on with the waits of before the restart; the sensors have been asked by now."""
        earliest = dt_util.utcnow() + GRACE
        for wait in self.house.waits():
            self._start_wait(replace(wait, due=max(wait.due, earliest)))

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
