"""What of a house leaves its memory: what the user's two switches let through, which are off at first."""

import logging
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from .brain.commands import Command, DeviceCommand, WaitCancel, WaitStart
from .brain.events import Event, WaitElapsed
from .brain.wire import as_dict
from .const import DOMAIN
from .rooms import RoomConfig

_LOGGER = logging.getLogger(__name__)

CONF_RECORD_EVENTS: Final = "record_events"
CONF_RECORD_TRANSCRIPTS: Final = "record_transcripts"

EVENT: Final = "athena_event"
"""The event of Home Assistant by which a fact or an order is told, its wire form with `name` and `device_id`."""

CLOCKWORK: Final = (WaitStart, WaitCancel, WaitElapsed)
"""Athena's own, and nobody's business."""

SAID: Final = frozenset({"device", "text"})
"""Where in a fact or an order stands what somebody said, or what Athena answers."""

KEPT: Final = 50


class Journal:
    """Tells Home Assistant, and so its recorder, what happens, where the user wants that."""

    def __init__(self, hass: HomeAssistant, rooms: Mapping[str, RoomConfig], options: Mapping[str, Any]) -> None:
        self._hass = hass
        self._rooms = rooms
        self._events: bool = options.get(CONF_RECORD_EVENTS, False)
        self._transcripts: bool = options.get(CONF_RECORD_TRANSCRIPTS, False)
        self._orders: deque[tuple[datetime, Command]] = deque(maxlen=KEPT)

    @callback
    def tell(self, happened: Event | Command, context: Context | None = None) -> None:
        """Take in a fact or an order, and tell it where the user wants that."""
        if isinstance(happened, CLOCKWORK):
            return
        if isinstance(happened, Command):
            self._orders.append((dt_util.utcnow(), happened))
        if self._events:
            told = self._told(happened)
            _LOGGER.info("%s", told)
            self._hass.bus.async_fire(EVENT, told, context=context)

    @property
    def with_transcripts(self) -> bool:
        """Whether the user wants what is said to be written down."""
        return self._transcripts

    def quoted(self, text: str) -> str:
        """Return what somebody said, for a log: only where the user wants it there."""
        return repr(text) if self._transcripts else "what was said"

    def heard(self, text: str, answer: str) -> None:
        """Log what somebody said and what they were answered, where the user wants that."""
        if self._transcripts:
            _LOGGER.info("%r: %r", text, answer)

    def reason(self, order: Command, err: Exception) -> str:
        """Return why an order failed, for a log: a device is called there as somebody said it."""
        reason = str(err)
        if isinstance(order, DeviceCommand) and not self._transcripts:
            for said in (order.device, order.device.replace("_", " ")):
                reason = reason.replace(said, "…")
        return reason

    @property
    def orders(self) -> list[dict[str, Any]]:
        """The last orders, the newest last, without what was said."""
        return [{"at": at.isoformat()} | _without_words(as_dict(order)) for at, order in self._orders]

    def _told(self, happened: Event | Command) -> dict[str, Any]:
        told = as_dict(happened)
        if not self._transcripts:
            told = _without_words(told)
        told["name"] = self._rooms[happened.room].title
        for device in dr.async_get(self._hass).async_get_devices(identifiers={(DOMAIN, happened.room)}):
            told["device_id"] = device.id  # so its own page shows what happened in the room
        return told


def _without_words(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in SAID}
