"""Set an alarm for 7 AM on weekdays."""

from dataclasses import replace
from datetime import datetime
from typing import Any, override

import probatio as vol
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..agent.spoken_alarms import DAY, TIME, WEEK, local
from ..agent.spoken_time import Moment, moment_of, times_of
from ..alarms import new_alarm
from ..brain import phrases
from ..brain.errors import NoWitnessError, PastAlarmError
from ..brain.events import AlarmSet
from ..brain.room import Room
from ..brain.schedule import next_wall
from ..brain.settings import Alarm
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class SetAlarmIntent(RoomIntentHandler):
    """Set a wake-up alarm; one that could not tell when the sleeper is up is set in the app only."""

    intent_type = "AthenaSetAlarm"
    description = "Sets a wake-up alarm in a room, for once or for days of every week"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {**TIME, **DAY, **WEEK, **super().slot_schema}

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        if not times_of(slots):
            return No(line=phrases.DID_NOT_CATCH)
        knows, now = self.runtime.room(room.room), dt_util.utcnow()
        moment = moment_of(slots, local(knows, now))
        on = _days(knows, moment, now)
        event = AlarmSet(room=room.room, at=now, source="agent", alarm=_alarm(knows, moment, now))
        match await self.async_tell(event, intent_obj.context):
            case NoWitnessError():
                return No(line=phrases.CANNOT_WAKE)
            case PastAlarmError():
                return No(line=phrases.is_over(moment.time, on))
        return phrases.alarm_set(moment.time, on)


def _days(room: Room, moment: Moment, now: datetime) -> str:
    """Return the days as they are said; that it rings the next time it can goes without saying."""
    if moment.weekdays:
        return phrases.weekdays(moment.weekdays)
    next_such = local(room, next_wall(moment.time, now, room.settings.zone)).date()
    if moment.date is None or moment.date == next_such:
        return ""
    return phrases.day(moment.date, local(room, now).date())


def _alarm(room: Room, moment: Moment, now: datetime) -> Alarm:
    """Return the new alarm, or the one that rings at that time already."""
    once = moment.date or local(room, next_wall(moment.time, now, room.settings.zone)).date()
    for clock in room.clocks:
        alarm = clock.alarm
        same = alarm.weekdays == moment.weekdays and (bool(alarm.weekdays) or alarm.date == once)
        if same and alarm.time == moment.time:
            return replace(alarm, enabled=True)
    return new_alarm(room, time=moment.time, weekdays=moment.weekdays, date=moment.date)
