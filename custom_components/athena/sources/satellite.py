"""The voice satellites of the room: whether they are there, and whether somebody speaks to one."""

from typing import override

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import SatelliteConnected, SatelliteLost, WakeWord
from ..brain.sensors import SensorKind
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch_area, can_tell


class SatelliteSource(Source):
    """Tells when a satellite comes, goes, and begins to listen by itself: then somebody has spoken to it.

    One that listens after it has spoken does so because Athena asked something, which nobody may be there to hear.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            at = dt_util.utcnow()
            if not can_tell(now):
                if before is None or can_tell(before):
                    emit(SatelliteLost(room=room.room, at=at, source=entity_id, kind=SensorKind.VOICE))
                return
            if before is None or not can_tell(before):
                emit(SatelliteConnected(room=room.room, at=at, source=entity_id, kind=SensorKind.VOICE))
            elif _listens(now) and before.state == AssistSatelliteState.IDLE:
                emit(WakeWord(room=room.room, at=at, source=entity_id))

        return await async_watch_area(hass, room.room, _is_satellite, watcher)


def _is_satellite(entity_id: str) -> bool:
    return entity_id.startswith(f"{ASSIST_SATELLITE_DOMAIN}.")


def _listens(state: State | None) -> bool:
    return state is not None and state.state == AssistSatelliteState.LISTENING
