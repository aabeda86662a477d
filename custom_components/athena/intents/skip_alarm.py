"""Skip tomorrow's alarm."""

from datetime import date, datetime
from typing import Any, override

import probatio as vol
from homeassistant.core import Context
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..agent.spoken_alarms import DAY, TIME, alarms_at, alarms_meant, local, ring_called, which
from ..agent.spoken_time import Slots, day_of
from ..brain import phrases
from ..brain.alarms import Clock
from ..brain.events import AlarmSkipped
from ..brain.room import Room
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class SkipAlarmIntent(RoomIntentHandler):
    """Leave the next ring of an alarm out, or do not after all; never one that rings."""

    intent_type = "AthenaSkipAlarm"
    description = "Skips the next ring of an alarm, or takes that back"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {**TIME, **DAY, vol.Optional("undo"): bool, **super().slot_schema}

    @override
    def concerns(self, room: Room) -> bool:
        return bool(room.clocks)

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        knows = self.runtime.room(room.room)
        now = local(knows, dt_util.utcnow())
        if slots.get("undo"):
            return await self._undo(knows, slots, now, intent_obj.context)
        if knows.waking:
            return No(line=phrases.OUT_OF_BED_FIRST)
        found = [clock for clock in alarms_meant(knows, slots, now) if clock.next is not None or clock.skipped]
        day = day_of(slots, now)
        if not found:
            return No(line=_none(knows, slots, day, now))
        clock = found[0]
        if day is not None and len(found) > 1:
            return No(line=which(found, now))
        ring = clock.skipped or clock.next
        assert ring is not None  # it is one of those found
        if day is not None and local(knows, ring).date() != day:  # only one ring of an alarm is left out at a time
            return No(line=phrases.CANNOT_DO)
        await self._tell(knows, clock, skip=True, context=intent_obj.context)
        return phrases.alarm_skipped(ring_called(knows, clock, ring, now))

    async def _undo(self, room: Room, slots: Slots, now: datetime, context: Context) -> str | No:
        day = day_of(slots, now)
        found = [
            (clock, clock.skipped)
            for clock in alarms_at(room, slots)
            if clock.skipped is not None and day in (None, local(room, clock.skipped).date())
        ]
        if not found:
            return No(line=phrases.NOTHING_SKIPPED)
        if len(found) > 1:
            return No(line=which([clock for clock, _ in found], now))
        ((clock, ring),) = found
        await self._tell(room, clock, skip=False, context=context)
        return phrases.alarm_set(clock.alarm.time, phrases.day(local(room, ring).date(), now.date()))

    async def _tell(self, room: Room, clock: Clock, *, skip: bool, context: Context) -> None:
        event = AlarmSkipped(
            room=room.settings.room, at=dt_util.utcnow(), source="agent", alarm=clock.alarm.id, skip=skip
        )
        await self.async_tell(event, context)


def _none(room: Room, slots: Slots, day: date | None, now: datetime) -> str:
    if day is None:
        return phrases.NO_SUCH_ALARM if "hour" in slots or "named_time" in slots else phrases.NO_ALARMS
    if later := [clock for clock in alarms_at(room, slots) if clock.next and _recurs_on(clock, day)]:
        ring = later[0].next
        assert ring is not None  # it is of those that have one
        if local(room, ring).date() < day:
            return phrases.rings_first(ring_called(room, later[0], ring, now))
    return phrases.no_alarm(phrases.day(day, now.date()))


def _recurs_on(clock: Clock, day: date) -> bool:
    return day.weekday() in clock.alarm.weekdays
