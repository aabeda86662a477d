"""Motion, occupancy, door and sound sensors, of any make, as evidence of presence."""

from typing import override

from homeassistant.const import STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, CoreState, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..areas import kind_of, shows_presence
from ..brain.events import MotionDetected, PresenceCleared, SensorLost
from ..brain.sensors import SensorKind
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, async_watch_area, can_tell


class PresenceSource(Source):
    """Tells that somebody is seen, that nobody is any more, and that a sensor can no longer tell.

    A sensor that sees somebody from the first moment we know of it is evidence, but nobody has just come in. Where
    Home Assistant has started and a sensor has only been without news (unknown), its first news is an arrival.
    A door tells of the moment it is opened, not of how long it stands open.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def was_there(before: State | None) -> bool:
            if before is None or before.state == STATE_UNAVAILABLE:
                return True
            return before.state == STATE_UNKNOWN and hass.state is not CoreState.running

        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            kind = kind_of(hass, entity_id)
            at = dt_util.utcnow()
            if now is None or not can_tell(now):
                emit(SensorLost(room=room.room, at=at, source=entity_id, kind=kind))
            elif now.state != STATE_ON or (kind is SensorKind.DOOR and was_there(before)):
                emit(PresenceCleared(room=room.room, at=at, source=entity_id, kind=kind))
            else:
                held = kind is not SensorKind.DOOR
                found = was_there(before)
                emit(MotionDetected(room=room.room, at=at, source=entity_id, kind=kind, found=found, held=held))

        def is_evidence(entity_id: str) -> bool:
            return shows_presence(hass, entity_id) and entity_id not in room.beds

        if room.sensors:
            return await async_watch(hass, set(room.sensors) - set(room.beds), watcher)
        return await async_watch_area(hass, room.room, is_evidence, watcher)
