"""Since when a sensor has told nothing: also over restarts of Home Assistant, at which every state begins anew."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)

STORE_VERSION: Final = 1

SOON: Final = 10.0
"""Seconds until a change is written."""


class Silences:
    """The sensors that tell nothing."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._store: Store[dict[str, Any]] = Store(hass, STORE_VERSION, f"{DOMAIN}.silences")
        self._since: dict[str, datetime] = {}
        self._seen: dict[str, datetime] = {}
        self._restored = False

    async def async_restore(self) -> None:
        """Take up what was known before the restart; what cannot be read is not worth a word: it begins anew."""
        try:
            stored = await self._store.async_load()
        except (AttributeError, HomeAssistantError, KeyError, OSError, TypeError) as err:
            _LOGGER.debug("%s is no store: %r", self._store.path, err)
            stored = None
        since = stored.get("since") if isinstance(stored, dict) else None
        if isinstance(since, dict):
            read = {entity: dt_util.parse_datetime(str(at)) for entity, at in since.items()}
            self._since = {entity: at for entity, at in read.items() if at is not None and at.tzinfo is not None}
        self._restored = True

    @callback
    def take_in(self, silent: Mapping[str, datetime]) -> None:
        """Take in which sensors tell nothing now, and since when they do as far as Home Assistant knows."""
        since = {entity: self._begin(entity, at) for entity, at in silent.items()}
        self._seen = dict(silent)
        if since != self._since:
            self._since = since
            if self._restored:  # else what is stored has not been read yet
                self._store.async_delay_save(self._as_dict, SOON)

    def _begin(self, entity: str, at: datetime) -> datetime:
        """Return since when it is silent: since before a restart, unless it has been heard since we last looked."""
        if self._seen.get(entity, at) != at:
            return at
        return min(at, self._since.get(entity, at))

    def last(self, entities: Iterable[str], lasts: timedelta) -> tuple[str, ...]:
        """Return those of the entities that have told nothing for so long."""
        now = dt_util.utcnow()
        return tuple(one for one in entities if one in self._since and now - self._since[one] >= lasts)

    async def async_remove(self) -> None:
        """Forget it."""
        await self._store.async_remove()

    def _as_dict(self) -> dict[str, Any]:
        return {"since": {entity: at.isoformat() for entity, at in self._since.items()}}
