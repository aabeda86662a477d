"""Media players that play, which an alarm with music has to know."""

from typing import override

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player import MediaPlayerState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import MusicPlaying, MusicStopped
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch_domain


class MusicSource(Source):
    """Tells of every player of the home, since an alarm may name any; what only loads does not play yet."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            plays, played = _plays(now), _plays(before)
            if plays != played:
                told = MusicPlaying if plays else MusicStopped
                emit(told(room=room.room, at=dt_util.utcnow(), source=entity_id))

        return async_watch_domain(hass, MEDIA_PLAYER_DOMAIN, watcher)


def _plays(state: State | None) -> bool:
    return state is not None and state.state == MediaPlayerState.PLAYING
