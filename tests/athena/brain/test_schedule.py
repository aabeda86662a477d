"""When alarms ring, in every zone there is and on the nights on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.athena.brain.schedule import fits, next_ring, next_wall
from custom_components.athena.brain.settings import Alarm, Weekday

BERLIN: Final = ZoneInfo("Europe/Berlin")
APIA: Final = ZoneInfo("Pacific/Apia")
EVERY_DAY: Final = frozenset(Weekday)
WEEKEND: Final = frozenset({Weekday.SAT, Weekday.SUN})
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)


def _local(text: str, zone: ZoneInfo = BERLIN, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _alarm(at: str, *weekdays: Weekday, on: str | None = None) -> Alarm:
    day = None if on is None else date.fromisoformat(on)
    return Alarm(id="a", time=time.fromisoformat(at), weekdays=frozenset(weekdays), date=day)


def _rings(alarm: Alarm, after: datetime, zone: ZoneInfo, count: int) -> list[datetime]:
    rings: list[datetime] = []
    for _ in range(count):
        ring = next_ring(alarm, rings[-1] if rings else after, zone)
        assert ring is not None
        rings.append(ring)
    return rings


# ---- ordinary weeks


def test_an_alarm_on_weekdays_leaves_the_weekend_out() -> None:
    alarm = _alarm("07:00", Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
    friday = _local("2026-01-09T06:59")
    assert _rings(alarm, friday, BERLIN, 2) == [_local("2026-01-09T07:00"), _local("2026-01-12T07:00")]


def test_the_ring_comes_strictly_after() -> None:
    alarm = _alarm("07:00", *Weekday)
    seven = _local("2026-01-09T07:00")
    assert next_ring(alarm, seven, BERLIN) == seven + DAY
    assert next_ring(alarm, seven - timedelta(microseconds=1), BERLIN) == seven


def test_the_same_weekday_next_week() -> None:
    assert next_ring(_alarm("07:00", Weekday.FRI), _local("2026-01-09T08:00"), BERLIN) == _local("2026-01-16T07:00")


def test_without_weekdays_and_date_it_rings_at_the_next_such_time() -> None:
    assert next_ring(_alarm("07:00"), _local("2026-01-09T06:00"), BERLIN) == _local("2026-01-09T07:00")
    assert next_ring(_alarm("07:00"), _local("2026-01-09T23:00"), BERLIN) == _local("2026-01-10T07:00")


def test_a_dated_alarm_rings_on_its_day_and_is_over_then() -> None:
    alarm = _alarm("07:00", on="2026-03-01")
    ring = _local("2026-03-01T07:00")
    assert next_ring(alarm, _local("2026-01-09T23:00"), BERLIN) == ring
    assert next_ring(alarm, ring, BERLIN) is None


def test_weekdays_count_more_than_a_date() -> None:
    alarm = _alarm("07:00", Weekday.MON, on="2026-03-01")
    assert next_ring(alarm, _local("2026-03-01T07:00"), BERLIN) == _local("2026-03-02T07:00")


def test_whether_it_is_enabled_is_not_asked() -> None:
    alarm = Alarm(id="a", time=time(7), enabled=False)
    assert next_ring(alarm, _local("2026-01-09T06:00"), BERLIN) == _local("2026-01-09T07:00")


def test_the_zone_decides_the_weekday() -> None:
    """Saturday 7:00 on Kiritimati is Friday in UTC."""
    zone = ZoneInfo("Pacific/Kiritimati")
    ring = next_ring(_alarm("07:00", Weekday.SAT), datetime(2026, 1, 5, tzinfo=UTC), zone)
    assert ring == datetime(2026, 1, 9, 17, tzinfo=UTC)


def test_a_zone_without_rules_does_as_well() -> None:
    zone = timezone(timedelta(hours=5, minutes=45))
    ring = next_ring(_alarm("07:00"), datetime(2026, 1, 5, tzinfo=UTC), zone)
    assert ring == datetime(2026, 1, 5, 1, 15, tzinfo=UTC)


def test_a_time_with_seconds_rings_at_the_second() -> None:
    assert next_ring(_alarm("07:00:30"), _local("2026-01-09T07:00:10"), BERLIN) == _local("2026-01-09T07:00:30")


# ---- nights on which clocks change


def test_an_alarm_at_2_30_on_the_night_that_skips_it_rings_when_the_clocks_have_leapt() -> None:
    alarm = _alarm("02:30", *Weekday)
    leapt = _local("2026-03-29T03:00")
    assert leapt == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert _rings(alarm, _local("2026-03-28T12:00"), BERLIN, 2) == [leapt, _local("2026-03-30T02:30")]


def test_a_dated_alarm_in_the_gap_rings_too() -> None:
    alarm = _alarm("02:30", on="2026-03-29")
    assert next_ring(alarm, _local("2026-03-28T12:00"), BERLIN) == _local("2026-03-29T03:00")


@pytest.mark.parametrize("wall", ["02:00", "02:00:01", "02:30:00.5", "02:59:59", "03:00"])
def test_every_time_of_the_gap_rings_at_its_end(wall: str) -> None:
    assert next_ring(_alarm(wall), _local("2026-03-28T22:00"), BERLIN) == _local("2026-03-29T03:00")


def test_a_time_that_comes_twice_rings_once_the_first_time() -> None:
    alarm = _alarm("02:30", *Weekday)
    first, second = _local("2026-10-25T02:30"), _local("2026-10-25T02:30", fold=1)
    assert second - first == timedelta(hours=1)
    assert _rings(alarm, _local("2026-10-24T12:00"), BERLIN, 2) == [first, _local("2026-10-26T02:30")]


def test_a_clock_that_leaps_by_half_an_hour() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")  # 2026-10-04: 2:00 is 2:30
    after = _local("2026-10-03T12:00", zone)
    assert next_ring(_alarm("02:15"), after, zone) == _local("2026-10-04T02:30", zone)


def test_a_gap_that_ends_at_midnight_belongs_to_the_evening() -> None:
    """Nuuk leaps from Saturday 23:00 to Sunday 0:00: Saturday's alarm at 23:30 rings then, and Sunday's is another."""
    zone = ZoneInfo("America/Nuuk")
    alarm = _alarm("23:30", *WEEKEND)
    midnight = _local("2025-03-30T00:00", zone)
    assert _rings(alarm, _local("2025-03-29T12:00", zone), zone, 2) == [midnight, _local("2025-03-30T23:30", zone)]
    assert next_ring(alarm, midnight - MINUTE, zone) == midnight


def test_a_gap_that_begins_at_midnight_belongs_to_the_new_day() -> None:
    zone = ZoneInfo("America/Havana")  # 2026-03-08: 0:00 is 1:00
    alarm = _alarm("00:30", Weekday.SUN)
    assert next_ring(alarm, _local("2026-03-07T12:00", zone), zone) == _local("2026-03-08T01:00", zone)


def test_a_day_that_a_zone_leaves_out_has_no_ring() -> None:
    """Samoa had no Friday, 30 December 2011."""
    before = _local("2011-12-29T12:00", APIA)
    assert next_ring(_alarm("07:00", *Weekday), before, APIA) == _local("2011-12-31T07:00", APIA)
    assert next_ring(_alarm("07:00", Weekday.FRI), before, APIA) == _local("2012-01-06T07:00", APIA)
    assert next_ring(_alarm("00:00", *Weekday), before, APIA) == _local("2011-12-31T00:00", APIA)


def test_an_alarm_dated_on_a_day_that_a_zone_leaves_out_rings_the_day_after() -> None:
    alarm = _alarm("07:00", on="2011-12-30")
    ring = _local("2011-12-31T07:00", APIA)
    assert next_ring(alarm, _local("2011-12-29T12:00", APIA), APIA) == ring
    assert next_ring(alarm, ring, APIA) is None


# ---- windows and walls

NIGHT: Final = (time(20), time(9))


@pytest.mark.parametrize(
    ("at", "inside"),
    [("19:59:59", False), ("20:00", True), ("23:59", True), ("00:00", True), ("08:59:59", True), ("09:00", False)],
)
def test_a_window_past_midnight_holds_its_start_and_not_its_end(at: str, inside: bool) -> None:
    assert fits(NIGHT, _local(f"2026-01-09T{at}"), BERLIN) is inside


@pytest.mark.parametrize(("at", "inside"), [("12:59", False), ("13:00", True), ("14:59", True), ("15:00", False)])
def test_a_window_of_the_day(at: str, inside: bool) -> None:
    assert fits((time(13), time(15)), _local(f"2026-07-09T{at}"), BERLIN) is inside


def test_a_window_that_ends_when_it_starts_is_the_whole_day() -> None:
    assert all(fits((time(8), time(8)), _local(f"2026-01-09T{hour:02}:00"), BERLIN) for hour in range(24))


def test_the_next_time_of_a_wall_clock() -> None:
    assert next_wall(time(20), _local("2026-01-09T19:00"), BERLIN) == _local("2026-01-09T20:00")
    assert next_wall(time(20), _local("2026-01-09T20:00"), BERLIN) == _local("2026-01-10T20:00")


# ---- whatever the zone, the year, the alarm

WALLS: Final = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WEEKDAYS: Final = st.frozensets(st.sampled_from(Weekday), min_size=1)
TOUCHED: Final = timedelta(hours=50)
"""How far from a day's noon in UTC what its clocks show can lie: half a day, 14 hours of offset, a day left out."""

bounded = settings(derandomize=True, max_examples=200, deadline=None)


@st.composite
def zones_and_moments(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """Draw any zone and a moment of 2000 to 2040, often around a change of its clocks."""
    zone = ZoneInfo(draw(st.sampled_from(sorted(available_timezones()))))
    first = datetime(draw(st.integers(2000, 2040)), 1, 1, tzinfo=UTC)
    days = [first + number * DAY for number in range(366)]
    changes = [day for day, next_day in pairwise(days) if _offset(day, zone) != _offset(next_day, zone)]
    day = draw(st.sampled_from(changes or days)) if draw(st.booleans()) else draw(st.sampled_from(days))
    return zone, day + timedelta(minutes=draw(st.integers(-36 * 60, 36 * 60)))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _shown(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _by_watching_the_clock(day: date, wall: time, zone: ZoneInfo) -> datetime | None:
    """Return the first minute at which the clock shows `wall` of `day` or later; none if it never shows that day."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    minutes = [noon + number * MINUTE for number in range(-TOUCHED // MINUTE, TOUCHED // MINUTE)]
    if not any(_shown(minute, zone).date() == day for minute in minutes):
        return None
    return next(minute for minute in minutes if _shown(minute, zone) >= datetime.combine(day, wall))


@bounded
@given(zones_and_moments(), WALLS, WEEKDAYS)
def test_every_matching_day_that_exists_has_exactly_one_ring(
    place: tuple[ZoneInfo, datetime], wall: time, weekdays: frozenset[Weekday]
) -> None:
    zone, after = place
    alarm = Alarm(id="a", time=wall, weekdays=weekdays)
    today = after.astimezone(zone).date()
    expected = [
        ring
        for days in range(-1, 9)
        if (day := today + days * DAY).weekday() in weekdays
        and (ring := _by_watching_the_clock(day, wall, zone)) is not None
        and ring > after
    ]
    assert _rings(alarm, after, zone, len(expected)) == expected


@bounded
@given(zones_and_moments(), WALLS, WEEKDAYS)
def test_rings_come_strictly_after_one_another_and_show_their_time_unless_it_was_leapt_over(
    place: tuple[ZoneInfo, datetime], wall: time, weekdays: frozenset[Weekday]
) -> None:
    zone, after = place
    alarm = Alarm(id="a", time=wall, weekdays=weekdays)
    rings = _rings(alarm, after, zone, 10)
    assert after < rings[0]
    assert all(ring < following for ring, following in pairwise(rings))
    for ring in rings:
        assert ring.tzinfo is UTC
        shown, just_before = _shown(ring, zone), _shown(ring - timedelta(seconds=1), zone)
        if shown.time() != wall:
            due = datetime.combine(just_before.date(), wall)
            due = due if due > just_before else due + DAY
            assert just_before < due < shown
            assert due.weekday() in weekdays


@bounded
@given(zones_and_moments(), WALLS, WALLS)
def test_the_earlier_of_two_times_of_a_day_never_rings_later(
    place: tuple[ZoneInfo, datetime], wall: time, other: time
) -> None:
    zone, after = place
    day = after.astimezone(zone).date()
    early, late = (next_ring(Alarm(id="a", time=at, date=day), after - 3 * DAY, zone) for at in sorted((wall, other)))
    assert early is not None
    assert late is not None
    assert early <= late


@bounded
@given(zones_and_moments(), WALLS)
def test_the_next_wall_is_the_ring_of_every_day(place: tuple[ZoneInfo, datetime], wall: time) -> None:
    zone, after = place
    assert next_wall(wall, after, zone) == next_ring(Alarm(id="a", time=wall), after, zone)


@bounded
@given(zones_and_moments(), WALLS, WALLS)
def test_a_moment_is_in_a_window_or_in_the_rest_of_the_day(
    place: tuple[ZoneInfo, datetime], start: time, end: time
) -> None:
    zone, at = place
    if start == end:
        assert fits((start, end), at, zone)
    else:
        assert fits((start, end), at, zone) is not fits((end, start), at, zone)
