"""The button beside the bed: of a remote, or one on a dashboard."""

from typing import override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import ButtonPressed
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, has_happened


class ButtonSource(Source):
    """Tells that somebody presses it, not what it was restored to."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            if has_happened(now, before):
                emit(ButtonPressed(room=room.room, at=dt_util.utcnow(), source=entity_id))

        return await async_watch(hass, room.buttons, watcher)
