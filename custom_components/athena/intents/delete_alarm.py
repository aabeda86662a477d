"""Delete the 7 AM alarm; turn it off, or on again."""

from dataclasses import replace
from typing import Any, override

import probatio as vol
from homeassistant.core import Context
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..agent.spoken_alarms import TIME, alarms_at, called, local, which
from ..agent.spoken_time import times_of
from ..alarms import changed
from ..brain import phrases
from ..brain.alarms import Clock
from ..brain.errors import NoWitnessError
from ..brain.events import AlarmDeleted, AlarmSet, Event
from ..brain.room import Room
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class DeleteAlarmIntent(RoomIntentHandler):
    """Delete an alarm or all, or turn one off or on; none while one rings, since that would be a way to beg."""

    intent_type = "AthenaDeleteAlarm"
    description = "Deletes an alarm of a room, or all; or turns one off or on"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {
            **TIME,
            vol.Optional("all"): bool,
            vol.Optional("power"): vol.In(("on", "off")),
            **super().slot_schema,
        }

    @override
    def concerns(self, room: Room) -> bool:
        return bool(room.clocks)

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        knows = self.runtime.room(room.room)
        if knows.waking:
            return No(line=phrases.OUT_OF_BED_FIRST)
        found = alarms_at(knows, slots)
        if not times_of(slots) and slots.get("power") != "on":
            found = [clock for clock in found if clock.alarm.enabled]  # nobody who asks hears of the others
        if not found:
            return No(line=phrases.NO_SUCH_ALARM if times_of(slots) else phrases.NO_ALARMS)
        if len(found) > 1 and not slots.get("all"):
            return No(line=which(found, local(knows, dt_util.utcnow())))
        if slots.get("power") == "on":
            return await self._turn_on(knows, found[0], intent_obj.context)
        for clock in found:
            await self.async_tell(_off(knows, clock, slots.get("power")), intent_obj.context)
        return phrases.ALARMS_OFF if slots.get("all") else phrases.ALARM_OFF

    async def _turn_on(self, room: Room, clock: Clock, context: Context) -> str | No:
        now = dt_util.utcnow()
        alarm = changed(room, clock.alarm, now, enabled=True)
        event = AlarmSet(room=room.settings.room, at=now, source="agent", alarm=alarm)
        if isinstance(await self.async_tell(event, context), NoWitnessError):
            return No(line=phrases.CANNOT_WAKE)
        return phrases.alarm_set_again(called(clock, local(room, now)))


def _off(room: Room, clock: Clock, power: str | None) -> Event:
    key, now = room.settings.room, dt_util.utcnow()
    if power is None:
        return AlarmDeleted(room=key, at=now, source="agent", alarm=clock.alarm.id)
    return AlarmSet(room=key, at=now, source="agent", alarm=replace(clock.alarm, enabled=False))
