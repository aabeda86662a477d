"""What alarms are set?"""

from datetime import datetime
from typing import Any, override

import probatio as vol
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..agent.spoken_alarms import DAY, alarms_meant, called, local, ring_called
from ..agent.spoken_time import day_of
from ..brain import phrases
from ..brain.alarms import Clock
from ..brain.room import Room
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class ListAlarmsIntent(RoomIntentHandler):
    """Say which alarms are set in a room, or which rings next."""

    intent_type = "AthenaListAlarms"
    description = "Tells which alarms are set in a room, or when the next one rings"
    is_question = True

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {**DAY, vol.Optional("next"): bool, **super().slot_schema}

    @override
    def concerns(self, room: Room) -> bool:
        return bool(room.clocks)

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str:
        knows = self.runtime.room(room.room)
        now = local(knows, dt_util.utcnow())
        if slots.get("next"):
            clock = knows.next_clock
            ring = clock and clock.next
            return phrases.alarms([ring_called(knows, clock, ring, now)] if clock and ring else [])
        found = [clock for clock in alarms_meant(knows, slots, now) if clock.alarm.enabled]
        if not found and (day := day_of(slots, now)) is not None:
            return phrases.no_alarm(phrases.day(day, now.date()))
        return phrases.alarms(_described(knows, clock, now) for clock in found)


def _described(room: Room, clock: Clock, now: datetime) -> str:
    said = called(clock, now)
    if clock.skipped is None:
        return said
    return phrases.but_skipped(said, phrases.day(local(room, clock.skipped).date(), now.date()))
