"""Something that says by itself that the bed was left: an event of a camera or of a radar."""

from typing import override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import BedExitReported
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, has_happened


class BedExitSource(Source):
    """Tells that the bed was left when it happens, not when Home Assistant starts.

    It speaks for the posture sensor, where there is one: the same camera, seen twice, is one witness.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            if has_happened(now, before):
                emit(BedExitReported(room=room.room, at=dt_util.utcnow(), source=room.posture or entity_id))

        return await async_watch(hass, room.bed_exits, watcher)
