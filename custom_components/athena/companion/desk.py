"""What a capability works at: the house, its own settings and memory, and the clock."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time

from ..brain.commands import AudioSay, Command
from ..brain.room import Room
from ..deed import Deed, Outcome
from ..output import LeftOut
from ..rooms import RoomConfig
from ..runtime import Runtime

_LOGGER = logging.getLogger(__name__)


class Desk:
    """One capability's place in a house."""

    def __init__(
        self,
        key: str,
        entry: ConfigEntry[Runtime],
        hass: HomeAssistant,
        memory: dict[str, Any],
        remember: Callable[[], None],
    ) -> None:
        self.key = key
        self.hass = hass
        self.runtime = entry.runtime_data
        self.settings: Mapping[str, Any] = entry.options.get(key, {})
        """What the user has set of the capability's form."""
        self.memory = memory
        """What it remembers over restarts, as JSON; call `remember` once it is changed."""
        self.remember = remember
        """Write down soon what is remembered."""
        self._entry = entry
        self._waits: dict[str, tuple[datetime, Callable[[], None], CALLBACK_TYPE]] = {}
        self._is_failing = False

    # ---- what there is to know

    @property
    def rooms(self) -> Mapping[str, RoomConfig]:
        """The rooms by area id."""
        return self.runtime.rooms

    @property
    def name(self) -> str | None:
        """Whom Athena addresses."""
        return next((room.settings.name for room in self.rooms.values()), None)

    def room(self, room: RoomConfig) -> Room:
        """Return what the brain knows of a room."""
        return self.runtime.room(room.room)

    async def async_ask(self, domain: str, action: str, entity: str, **data: Any) -> Mapping[str, Any]:
        """Return what an action that only tells something answers about an entity; raise HomeAssistantError."""
        return await self.runtime.async_ask(domain, action, entity, data)

    # ---- what can be done

    async def async_order(self, command: Command, context: Context | None = None) -> LeftOut | None:
        """Have an order of the brain's kinds carried out, and return why where it is left out.

        Raises HomeAssistantError where it fails.
        """
        return await self.runtime.async_order(command, context or Context())

    async def async_do(self, deed: Deed, context: Context) -> Outcome:
        """Do something with entities, look whether it is so, and try once more where it is not; it never raises."""
        return await self.runtime.doer.async_do(deed, context)

    async def async_say(self, room: RoomConfig, line: str) -> None:
        """Say a line that nobody asked for, after what is just being said; quiet hours are silent.

        Raises HomeAssistantError where it fails.
        """
        if line and not self.room(room).quiet:
            await self.async_order(AudioSay(room=room.room, text=line))

    @callback
    def start(self, what: Coroutine[Any, Any, None]) -> None:
        """Do something in the background, after what the brain has just ordered; see `async_try`."""
        self._entry.async_create_background_task(
            self.hass, self.async_try(what), f"athena {self.key}", eager_start=False
        )

    async def async_try(self, what: Coroutine[Any, Any, None]) -> None:
        """Do something that never raises: it is logged once when it begins to fail, and once when it works again."""
        try:
            await what
        except HomeAssistantError as err:
            if not self._is_failing:
                _LOGGER.warning("%s failed: %s", self.key, err)
            self._is_failing = True
        except Exception:
            _LOGGER.exception("%s failed", self.key)
        else:
            if self._is_failing:
                _LOGGER.info("%s works again", self.key)
            self._is_failing = False

    # ---- the clock

    @callback
    def wait(self, key: str, due: datetime, then: Callable[[], None]) -> None:
        """Call `then` at a moment (aware), or soon after it where the clock is put forward.

        A second wait of the same key takes the place of the first. No wait outlives Athena: `async_start` begins again
        what is remembered.
        """
        self.wait_no_more(key)
        elapsed = partial(self._elapse, key)
        self._waits[key] = due, then, async_track_point_in_utc_time(self.hass, elapsed, due)

    @callback
    def wait_no_more(self, key: str) -> None:
        """End a wait, if there is one."""
        if (found := self._waits.pop(key, None)) is not None:
            found[2]()

    @callback
    def look_at_the_clock(self, now: datetime) -> None:
        """Do what is due."""
        for key, (due, _, _) in tuple(self._waits.items()):
            if due <= now and key in self._waits:
                self._elapse(key, now)

    @callback
    def _elapse(self, key: str, _now: datetime) -> None:
        _, then, cancel = self._waits.pop(key)
        cancel()
        try:
            then()
        except Exception:
            _LOGGER.exception("%s failed", self.key)

    @callback
    def stop(self) -> None:
        """Wait for nothing more."""
        for key in tuple(self._waits):
            self.wait_no_more(key)
