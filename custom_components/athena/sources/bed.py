"""Sensors of the bed, of any make: whether somebody lies in it, and on which side."""

from typing import override

from homeassistant.const import STATE_ON
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import BedCleared, BedOccupied, SensorLost
from ..brain.sensors import SensorKind
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, can_tell


class BedSource(Source):
    """Tells what the bed sensors feel, as soon as they feel it: what a mat that lets go is worth, the brain knows."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            at = dt_util.utcnow()
            side = room.beds[entity_id]
            if now is None or not can_tell(now):
                emit(
                    SensorLost(
                        room=room.room,
                        at=at,
                        source=entity_id,
                        kind=room.settings.sensors.get(entity_id, SensorKind.MAT),
                    )
                )
            else:
                found = before is None or not can_tell(before)
                felt = BedOccupied if now.state == STATE_ON else BedCleared
                emit(
                    felt(
                        room=room.room,
                        at=at,
                        source=entity_id,
                        kind=room.settings.sensors.get(entity_id, SensorKind.MAT),
                        side=side,
                        found=found,
                    )
                )

        return await async_watch(hass, room.beds, watcher)
