"""When alarms ring: wall clocks, weekdays, and the nights on which clocks change."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from .settings import Alarm, Weekday

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_EVERY_DAY = frozenset(Weekday)

_LOOK_AHEAD = 16
"""Days: the day before (its ring may fall into today), and two weeks, should a zone leave the one right day out."""


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of those moments that there are; None where there is none."""
    return min((moment for moment in moments if moment is not None), default=None)


def next_ring(alarm: Alarm, after: datetime, zone: tzinfo) -> datetime | None:
    """Return the first moment after `after` at which the alarm is due, both aware UTC; none: it never is again.

    A time that the clocks leap over is due when they have leapt; one that comes twice, the first time. Whether the
    alarm is enabled is not asked.
    """
    if alarm.date is not None and not alarm.weekdays:
        moment = _moment(alarm.date, alarm.time, zone) or _moment(alarm.date + _DAY, alarm.time, zone)
        return moment if moment is not None and moment > after else None
    return _next(alarm.weekdays or _EVERY_DAY, alarm.time, after, zone)


def next_wall(at_time: time, after: datetime, zone: tzinfo) -> datetime:
    """Return the first moment after `after` at which clocks on the wall show `at_time`, both aware UTC."""
    return _next(_EVERY_DAY, at_time, after, zone)


def fits(window: tuple[time, time], at: datetime, zone: tzinfo) -> bool:
    """Say whether a moment lies in a window of the wall clock, its start included and its end not; past midnight too.

    A window that ends when it starts is the whole day.
    """
    start, end = window
    wall = at.astimezone(zone).time()
    if start < end:
        return start <= wall < end
    return wall >= start or wall < end


def _next(weekdays: frozenset[Weekday], wall: time, after: datetime, zone: tzinfo) -> datetime:
    yesterday = after.astimezone(zone).date() - _DAY
    days = (yesterday + timedelta(days=number) for number in range(_LOOK_AHEAD))
    moments = (_moment(day, wall, zone) for day in days if day.weekday() in weekdays)
    return next(moment for moment in moments if moment is not None and moment > after)


def _moment(day: date, wall: time, zone: tzinfo) -> datetime | None:
    """Return when clocks first show `wall` on `day`, or have leapt over it; none where the zone leaves the day out."""
    shown = datetime.combine(day, wall.replace(fold=0))
    first = shown.replace(tzinfo=zone)
    before, behind = _offset(first), _offset(first.replace(fold=1))
    if behind <= before:
        return first.astimezone(UTC)
    # A gap (PEP 495: only there is the offset of the second time the greater): clocks leap from `leap + before` to
    # `leap + behind`, in UTC's terms.
    shown = shown.replace(microsecond=0)  # clocks leap at a full second
    leap = _leap(shown - behind, shown - before, shown, zone)
    midnight = datetime.combine(day, time())
    if leap + before <= midnight and leap + behind >= midnight + _DAY:
        return None
    return leap.replace(tzinfo=UTC)


def _leap(low: datetime, high: datetime, shown: datetime, zone: tzinfo) -> datetime:
    """Return the first second after `low` and up to `high`, both naive UTC, at which clocks show `shown` or later."""
    while high - low > _SECOND:
        middle = low + (high - low) // (2 * _SECOND) * _SECOND
        if middle.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) < shown:
            low = middle
        else:
            high = middle
    return high


def _offset(local: datetime) -> timedelta:
    offset = local.utcoffset()
    assert offset is not None, f"{local.tzinfo} tells no offset"
    return offset
