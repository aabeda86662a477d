"""Where the house is kept across restarts, and what is done about a file that cannot be read."""

import logging
import os
from functools import partial
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .brain.errors import UnreadableStateError
from .brain.house import House
from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)

STORE_VERSION: Final = 1
"""Of the envelope, which never changes; the house in it has a version of its own."""

SOON: Final = 1.0
"""Seconds until what was decided is written."""
LATER: Final = 60.0
"""Seconds until what was merely seen is: a memory card wears out."""

UNREADABLE_ISSUE: Final = "unreadable_store"

LAST_GOOD: Final = f"{DOMAIN}.last_good"


class HouseStore:
    """The house on disk: as it is, and as it was when it could last be read."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._now: Store[dict[str, Any]] = Store(hass, STORE_VERSION, DOMAIN)
        self._last_good: Store[dict[str, Any]] = Store(hass, STORE_VERSION, LAST_GOOD)
        self._bad: Store[dict[str, Any]] = Store(hass, STORE_VERSION, f"{DOMAIN}.unreadable")
        self._is_changed = False

    async def async_restore(self, house: House) -> None:
        """Take the house up where it was left; what cannot be read is kept beside it, and the last good one used."""
        is_new = not await self._hass.async_add_executor_job(Path(self._now.path).exists)
        stored = await self._async_load(self._now)
        if self._taken(house, stored):
            await self._last_good.async_save(house.as_dict())
            return
        last_good = await self._async_load(self._last_good)
        if is_new and stored is None and last_good is None:
            return
        if stored is not None:
            await self._bad.async_save(stored)
        used = self._taken(house, last_good)
        _LOGGER.error(
            "What Athena remembered of the house cannot be read; %s. What could not be read is kept beside %s",
            "it goes on from the last that could" if used else "it starts afresh",
            self._now.path,
        )
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            UNREADABLE_ISSUE,
            is_fixable=True,
            is_persistent=True,
            severity=ir.IssueSeverity.ERROR,
            translation_key=UNREADABLE_ISSUE if used else "lost_store",
            translation_placeholders={"path": self._now.path},
        )

    async def _async_load(self, store: Store[dict[str, Any]]) -> Any:
        """Return what is stored; what is no store is put aside, as Home Assistant itself puts aside what is no JSON."""
        try:
            return await store.async_load()
        except (AttributeError, KeyError, TypeError) as err:
            _LOGGER.error("%s is no store: %r", store.path, err)
            aside = f"{store.path}.corrupt.{dt_util.utcnow().isoformat()}"
            await self._hass.async_add_executor_job(os.rename, store.path, aside)
            return None

    def _taken(self, house: House, stored: Any) -> bool:
        if stored is None:
            return False
        try:
            house.restore(stored)
        except UnreadableStateError as err:
            _LOGGER.error("Unreadable: %s", err)
            return False
        return True

    @callback
    def save_later(self, house: House) -> None:
        """Write the house down within a minute of the first change, however many follow.

        Home Assistant's own delay begins anew with each.
        """
        if not self._is_changed:
            self._is_changed = True
            self._now.async_delay_save(partial(self._taken_down, house), LATER)

    @callback
    def _taken_down(self, house: House) -> dict[str, Any]:
        self._is_changed = False
        return house.as_dict()

    async def async_save(self, house: House, *, good: bool = False) -> None:
        """Write the house down now; `good`: also as what to fall back on."""
        await self._now.async_save(self._taken_down(house))
        if good:
            await self._last_good.async_save(house.as_dict())

    async def async_remove(self) -> None:
        """Forget the house."""
        for store in (self._now, self._last_good, self._bad):
            await store.async_remove()
        ir.async_delete_issue(self._hass, DOMAIN, UNREADABLE_ISSUE)
