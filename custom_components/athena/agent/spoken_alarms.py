"""Which alarm is meant, and how it is called."""

from datetime import date, datetime
from typing import Final

import probatio as vol
from homeassistant.helpers import config_validation as cv

from ..alarms import DAYS
from ..brain import phrases
from ..brain.alarms import Clock
from ..brain.room import Room
from .spoken_time import NAMED, WEEKS, Slots, day_of, times_of

_DAYS: Final = vol.All(cv.ensure_list, [vol.In(DAYS)], lambda days: days if len(days) > 1 else days[0])

TIME: Final[dict[vol.Marker, object]] = {
    vol.Optional("hour"): vol.All(vol.Coerce(int), vol.Range(min=0, max=23)),
    vol.Optional("minute"): vol.All(vol.Coerce(int), vol.Range(min=0, max=59)),
    vol.Optional("half"): vol.In(("am", "pm")),
    vol.Optional("past"): vol.All(vol.Coerce(int), vol.Range(min=0, max=59)),
    vol.Optional("to"): vol.All(vol.Coerce(int), vol.Range(min=0, max=59)),
    vol.Optional("named_time"): vol.In(NAMED),
}
"""The slots of a time of the day."""

DAY: Final[dict[vol.Marker, object]] = {
    vol.Optional("date"): vol.In(("today", "tonight", "tomorrow", "tomorrow_morning")),
    vol.Optional("weekday"): _DAYS,
}
"""The slots of a day."""

WEEK: Final[dict[vol.Marker, object]] = {
    vol.Optional("days"): vol.In(WEEKS),
    vol.Optional("every_day"): _DAYS,
    vol.Optional("from_day"): vol.In(DAYS),
    vol.Optional("to_day"): vol.In(DAYS),
}
"""The slots of days of every week."""


def local(room: Room, at: datetime) -> datetime:
    """Return a moment by the clock on the room's wall."""
    return at.astimezone(room.settings.zone)


def alarms_at(room: Room, slots: Slots) -> list[Clock]:
    """Return the alarms at the time that was named, by when they ring; all of them where none was."""
    times = times_of(slots)
    found = [one for one in room.clocks if not times or one.alarm.time.replace(second=0, microsecond=0) in times]
    return sorted(found, key=lambda one: (one.next is None, one.next or one.alarm.time.isoformat(), one.alarm.id))


def rings_on(room: Room, clock: Clock, day: date) -> bool:
    """Return whether the next ring of an alarm, left out or not, is on this day."""
    return any(ring is not None and local(room, ring).date() == day for ring in (clock.skipped, clock.next))


def alarms_meant(room: Room, slots: Slots, now: datetime) -> list[Clock]:
    """Return the alarms at the time and on the day that were named; `now` by the clock on the wall."""
    found, day = alarms_at(room, slots), day_of(slots, now)
    return found if day is None else [one for one in found if rings_on(room, one, day)]


def called(clock: Clock, now: datetime) -> str:
    """Return an alarm as people call it: "7 AM on weekdays", "9 AM tomorrow"."""
    if clock.alarm.weekdays:
        return phrases.alarm(clock.alarm.time, phrases.weekdays(clock.alarm.weekdays))
    return phrases.alarm(clock.alarm.time, phrases.day(clock.alarm.date, now.date()) if clock.alarm.date else "")


def ring_called(room: Room, clock: Clock, ring: datetime, now: datetime) -> str:
    """Return one ring of an alarm as people call it: "7 AM tomorrow"."""
    return phrases.alarm(clock.alarm.time, phrases.day(local(room, ring).date(), now.date()))


def which(clocks: list[Clock], now: datetime) -> str:
    """Return the question which of several alarms is meant."""
    return phrases.say_which([called(clock, now) for clock in clocks])
