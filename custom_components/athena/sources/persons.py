"""Who lives here, and whether they are at home."""

from typing import override

from homeassistant.components.person import DOMAIN as PERSON_DOMAIN
from homeassistant.const import STATE_HOME
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..brain.events import PersonAway, PersonHome, SensorLost
from ..rooms import RoomConfig
from ..source import Emit, Source
from .watching import async_watch, async_watch_domain, can_tell


class PersonsSource(Source):
    """Tells who is at home, who is not, and of whom it is no longer known."""

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def watcher(entity_id: str, now: State | None, before: State | None) -> None:
            if now is None or not can_tell(now):
                emit(SensorLost(room=room.room, at=dt_util.utcnow(), source=entity_id))
                return
            is_home = now.state == STATE_HOME
            if before is None or not can_tell(before) or is_home != (before.state == STATE_HOME):
                told = PersonHome if is_home else PersonAway
                emit(told(room=room.room, at=dt_util.utcnow(), source=entity_id))

        if room.persons:
            return await async_watch(hass, room.persons, watcher)
        return async_watch_domain(hass, PERSON_DOMAIN, watcher)
