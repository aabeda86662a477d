"""The capabilities of a house, alive: told what happens, remembered over restarts."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.storage import Store

from .. import capabilities
from ..agent.persona import load_persona
from ..brain.commands import Command
from ..brain.events import Event
from ..const import DOMAIN, LANGUAGE
from ..rooms import RoomConfig
from ..runtime import AthenaConfigEntry
from .capability import Capability
from .desk import Desk
from .greeted import Waking, waking_of
from .wish import Wish

_LOGGER = logging.getLogger(__name__)

STORE_VERSION: Final = 1
SOON: Final = 1.0
"""Seconds until what is remembered is written."""


def _store(hass: HomeAssistant) -> Store[dict[str, Any]]:
    return Store(hass, STORE_VERSION, f"{DOMAIN}.companion")


class Companion:
    """Every capability, each at its desk."""

    def __init__(self, hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
        self._hass = hass
        self._entry = entry
        self._store = _store(hass)
        self._memory: dict[str, dict[str, Any]] = {}
        self._desks: list[Desk] = []
        self._all: list[Capability] = []
        self._shown: dict[str, list[Mapping[Platform, Sequence[Entity]]]] = {}
        self._faulty: set[str] = set()

    async def async_start(self) -> None:
        """Take up what is remembered, and look on from now."""
        await self._hass.async_add_executor_job(load_persona, LANGUAGE)  # once: a capability takes it from memory
        stored = await self._store.async_load()
        self._memory = stored if isinstance(stored, dict) else {}
        for kind in capabilities.ALL:
            known = self._memory.get(kind.key)
            memory = self._memory[kind.key] = known if isinstance(known, dict) else {}
            desk = Desk(kind.key, self._entry, self._hass, memory, self._remember)
            self._desks.append(desk)
            self._all.append(kind(desk))
        for one in self._all:
            try:
                await one.async_start()
            except Exception:
                _LOGGER.exception("%s cannot go on from what it remembers, and starts afresh", one.key)
                one.desk.memory.clear()
        self._entry.runtime_data.onlookers.append(self)

    async def async_stop(self) -> None:
        """Look on no longer, and write down what is remembered."""
        self._entry.runtime_data.onlookers.remove(self)
        for desk in self._desks:
            desk.stop()
        await self._store.async_save(self._memory)

    @property
    def wishes(self) -> Sequence[Wish]:
        """What can be asked for."""
        return [wish for one in self._all for wish in one.wishes()]

    @callback
    def _remember(self) -> None:
        self._store.async_delay_save(lambda: self._memory, SOON)

    # ---- what it is told

    @callback
    def tell_fact(self, event: Event) -> None:
        """Tell every capability what has happened."""
        room = self._entry.runtime_data.rooms[event.room]
        for one in self._all:
            self._tell(one, one.on_fact, room, event)

    @callback
    def tell_order(self, command: Command, _context: Context) -> None:
        """Tell every capability what has been ordered."""
        room = self._entry.runtime_data.rooms[command.room]
        for one in self._all:
            self._tell(one, one.on_order, room, command)
        if (waking := waking_of(command, room, self._entry.runtime_data.room(room.room))) is not None:
            # not at once: "Good morning." has been ordered, and is to be heard first
            self._entry.async_create_background_task(
                self._hass, self._async_wake(waking), "athena waking", eager_start=False
            )

    async def _async_wake(self, waking: Waking) -> None:
        """Let each say its word that has one, in order; not to somebody for whom it rings again."""
        for one in self._all:
            has_one = type(one).on_waking is not Capability.on_waking
            if has_one and not self._entry.runtime_data.room(waking.room.room).waking:
                await one.desk.async_try(self._async_say_to(waking, one))

    async def _async_say_to(self, waking: Waking, one: Capability) -> None:
        await one.desk.async_say(waking.room, await one.on_waking(waking))

    @callback
    def look_at_the_clock(self, now: datetime) -> None:
        """Do what is due."""
        for desk in self._desks:
            desk.look_at_the_clock(now)

    def entities(self, platform: Platform, room: RoomConfig) -> Sequence[Entity]:
        """Return what the capabilities show of a room."""
        if room.room not in self._shown:  # each platform asks; a capability is asked once
            self._shown[room.room] = [one.entities(room) for one in self._all]
        return [entity for shown in self._shown[room.room] for entity in shown.get(platform, ())]

    def _tell(self, one: Capability, told: Callable[..., None], *what: object) -> None:
        """Tell one: whether it fails is no matter of the others', and once is enough to know."""
        try:
            told(*what)
        except Exception:
            if one.key not in self._faulty:
                self._faulty.add(one.key)
                _LOGGER.exception("%s failed", one.key)


async def async_forget(hass: HomeAssistant) -> None:
    """Forget what the capabilities remember."""
    await _store(hass).async_remove()
