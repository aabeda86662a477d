"""Dates, alarms as people set them, and when each is truly due, reckoned apart from the brain."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from custom_components.athena.brain.settings import Alarm, Weekday

WORKDAYS = frozenset(Weekday(day) for day in range(5))
WEEKEND = frozenset({Weekday.SAT, Weekday.SUN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One time that an alarm falls due."""

    alarm: str
    owner: int
    """Which of the sleepers set it."""
    local: datetime
    at: tuple[datetime, ...]
    """When, in UTC. More than one where the clocks skip it: either will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAlarm:
    """An alarm and whose it is."""

    alarm: Alarm
    owner: int
    skipped: bool = False


@dataclass(slots=True, kw_only=True)
class Dates:
    """The evening, and the morning after it."""

    zone: ZoneInfo
    evening: date
    changes: bool = field(init=False)
    start: datetime = field(init=False)
    end: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.start = datetime.combine(self.evening, time(17), self.zone).astimezone(UTC)
        self.end = datetime.combine(self.morning, time(12), self.zone).astimezone(UTC)
        self.changes = self.end - self.start != timedelta(hours=19)

    @property
    def morning(self) -> date:
        """The day after."""
        return self.evening + timedelta(days=1)


def draw_dates(zone: str, rng: random.Random) -> Dates:
    """Draw an evening of two years; one of twelve, where there are any, is one of the nights that change the clocks."""
    changes = _changes(zone)
    if changes and rng.random() < 1 / 12:
        return Dates(zone=ZoneInfo(zone), evening=rng.choice(changes))
    return Dates(zone=ZoneInfo(zone), evening=date(2026, 1, 2) + timedelta(days=rng.randrange(730)))


@cache
def _changes(zone: str) -> tuple[date, ...]:
    days = (date(2026, 1, 2) + timedelta(days=day) for day in range(730))
    return tuple(day for day in days if Dates(zone=ZoneInfo(zone), evening=day).changes)


def draw_alarms(owner: int, side: str | None, dates: Dates, rng: random.Random) -> list[OwnAlarm]:
    """Draw what one of them has set: most for the working week, some for the weekend, once, twice, or not at all."""
    name = f"alarm_{owner}"
    at = _clock(5.25, 8.5, rng)
    if dates.changes and rng.random() < 0.25:
        at = time(rng.choice((1, 2, 3)), rng.choice((0, 15, 30, 45)))
    weekdays = rng.choices((WORKDAYS, frozenset(Weekday)), (75, 25))[0]
    skipped = rng.random() < 0.04
    alarms = [OwnAlarm(alarm=Alarm(id=name, time=at, weekdays=weekdays, side=side), owner=owner, skipped=skipped)]
    if rng.random() < 0.3:
        late = _clock(8, 10, rng)
        alarms.append(OwnAlarm(alarm=Alarm(id=f"{name}_weekend", time=late, weekdays=WEEKEND, side=side), owner=owner))
    if rng.random() < 0.1:  # a second one, to be sure
        minute = at.hour * 60 + at.minute + rng.choice((5, 10, 15))
        again = time(minute // 60, minute % 60)
        alarms.append(OwnAlarm(alarm=Alarm(id=f"{name}_again", time=again, weekdays=weekdays, side=side), owner=owner))
    if rng.random() < 0.1:
        early = _clock(3, 6, rng)
        alarms.append(
            OwnAlarm(alarm=Alarm(id=f"{name}_flight", time=early, side=side, date=dates.morning), owner=owner)
        )
    if rng.random() < 0.1:
        off = _clock(4, 9, rng)
        days = frozenset(Weekday)
        alarms.append(
            OwnAlarm(alarm=Alarm(id=f"{name}_off", time=off, weekdays=days, enabled=False, side=side), owner=owner)
        )
    return alarms


def _clock(first: float, last: float, rng: random.Random) -> time:
    minute = int(rng.uniform(first, last) * 12) * 5
    return time(minute // 60, minute % 60)


def dues(own: OwnAlarm, dates: Dates) -> list[Due]:
    """Return when it falls due in this night, whether or not it is skipped or turned off."""
    found = []
    for day in (dates.evening, dates.morning):
        if not (day == own.alarm.date or Weekday(day.weekday()) in own.alarm.weekdays):
            continue
        local = datetime.combine(day, own.alarm.time)
        at = _moments(local, dates.zone)
        if dates.start < at[0] < dates.end:
            found.append(Due(alarm=own.alarm.id, owner=own.owner, local=local, at=at))
    return found


def _moments(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return when the clock on the wall shows it; where it never does, when it is put forward, and when it would."""
    at = local.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == local:
        return (at,)
    before, after = at - timedelta(hours=3), at
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == after.astimezone(zone).utcoffset():
            after = middle
        else:
            before = middle
    return (after.replace(second=0, microsecond=0), at)
