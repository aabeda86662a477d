"""When an alarm is to ring, as people say it: "half past six tomorrow", "7 on Mondays and Fridays"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from ..alarms import DAYS
from ..brain.settings import Weekday

NAMED: Final = {"noon": time(12), "midnight": time(0)}
WEEKS: Final = {
    "daily": frozenset(Weekday),
    "weekdays": frozenset(Weekday) - {Weekday.SAT, Weekday.SUN},
    "weekends": frozenset({Weekday.SAT, Weekday.SUN}),
}
EVENING: Final = time(17)
"""From then on it is tonight."""
SMALL_HOURS: Final = time(4)
"""Nobody means to be woken before, unless they say so or it comes next."""

type Slots = Mapping[str, Any]
"""What was named, by slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When an alarm is to ring."""

    time: time
    weekdays: frozenset[Weekday] = frozenset()
    date: date | None = None


def times_of(slots: Slots) -> tuple[time, ...]:
    """Return which times of the day are meant: two where nobody said which half of it; none where none was named."""
    if (named := slots.get("named_time")) is not None:
        return (_shifted(NAMED[named], slots),)
    if "hour" not in slots:
        return ()
    hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    half = slots.get("half") or ("am" if slots.get("date") == "tomorrow_morning" else None)
    if hour > 12 or (hour == 0 and half != "pm"):
        hours: tuple[int, ...] = (hour,)
    elif half is None:
        hours = (hour % 12, hour % 12 + 12)
    else:
        hours = (hour % 12 + (12 if half == "pm" else 0),)
    return tuple(_shifted(time(hour, minute), slots) for hour in hours)


def moment_of(slots: Slots, now: datetime) -> Moment:
    """Return when the alarm is to ring; `now` by the clock on the wall, aware.

    An hour without its half of the day is the one to wake up at: 7 is 7 AM, but tonight it is 7 PM; of 1, 2 and 3 it is
    the next, and 12 is noon.
    """
    times, weekdays = times_of(slots), weekdays_of(slots)
    if weekdays:
        return Moment(time=_usual(times), weekdays=weekdays)
    if slots.get("date") == "tonight":
        first = _next_of(times, max(now.replace(tzinfo=None), datetime.combine(now, EVENING)))
        return Moment(time=first.time(), date=first.date())
    if (day := day_of(slots, now)) is None:
        return Moment(time=_usual(times) if _is_usual(times) else _next_of(times, now.replace(tzinfo=None)).time())
    at = _usual(times)
    if "weekday" in slots and day == now.date() and at <= now.time():
        day += timedelta(days=len(Weekday))
    elif day == now.date():
        at = min((each for each in times if each > now.time()), default=at)
    return Moment(time=at, date=day)


def day_of(slots: Slots, now: datetime) -> date | None:
    """Return the one day that was named; "Monday" may be today. None where none was."""
    today = now.date()
    match slots.get("date"):
        case "today" | "tonight":
            return today
        case "tomorrow" | "tomorrow_morning":
            return today + timedelta(days=1)
    if (named := slots.get("weekday")) is None or isinstance(named, list):
        return None
    return today + timedelta(days=(DAYS[named] - today.weekday()) % len(Weekday))


def weekdays_of(slots: Slots) -> frozenset[Weekday]:
    """Return on which days of every week; "on Monday" is one Monday, "on Monday and Friday" is every week."""
    if (week := slots.get("days")) is not None:
        return WEEKS[week]
    if "from_day" in slots:
        first, last = DAYS[slots["from_day"]], DAYS[slots["to_day"]]
        return frozenset(Weekday((first + days) % len(Weekday)) for days in range((last - first) % len(Weekday) + 1))
    named = slots.get("every_day") or slots.get("weekday")
    if named is None or ("every_day" not in slots and not isinstance(named, list)):
        return frozenset()
    return frozenset(DAYS[day] for day in ([named] if isinstance(named, str) else named))


def _shifted(at: time, slots: Slots) -> time:
    minutes = int(slots.get("past", 0)) - int(slots.get("to", 0))
    return (datetime.combine(date.min + timedelta(days=1), at) + timedelta(minutes=minutes)).time()


def _usual(times: Iterable[time]) -> time:
    """Return at which of the times one wakes up."""
    morning, *afternoon = sorted(times)
    return morning if not afternoon or morning >= SMALL_HOURS else afternoon[0]


def _is_usual(times: tuple[time, ...]) -> bool:
    """Return whether it does not depend on the time of the day which one is meant."""
    return len(times) == 1 or min(times) >= SMALL_HOURS or min(times).hour == 0


def _next_of(times: Iterable[time], after: datetime) -> datetime:
    days = (after, after + timedelta(days=1))
    return min(moment for day in days for at in times if (moment := datetime.combine(day, at)) > after)
