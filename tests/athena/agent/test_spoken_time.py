"""When an alarm is to ring, as people say it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.agent.spoken_time import day_of, moment_of, times_of, weekdays_of
from custom_components.athena.brain.schedule import next_ring
from custom_components.athena.brain.settings import Alarm, Weekday

ZONE = ZoneInfo("Europe/Berlin")

TIMES = st.one_of(
    st.fixed_dictionaries(
        {"hour": st.integers(0, 23)},
        optional={"minute": st.integers(0, 59), "half": st.sampled_from(["am", "pm"])},
    ),
    st.fixed_dictionaries(
        {"hour": st.integers(1, 12)}, optional={"past": st.sampled_from([5, 15, 30]), "half": st.just("am")}
    ),
    st.fixed_dictionaries({"hour": st.integers(1, 12), "to": st.sampled_from([5, 15, 25])}),
    st.fixed_dictionaries({"named_time": st.sampled_from(["noon", "midnight"])}),
)
DAYS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"date": st.sampled_from(["tomorrow", "tomorrow_morning", "tonight"])}),
    st.fixed_dictionaries({"weekday": st.sampled_from(["mon", "thu", "sun"])}),
    st.fixed_dictionaries({"days": st.sampled_from(["daily", "weekdays", "weekends"])}),
    st.fixed_dictionaries({"every_day": st.sampled_from(["mon", ["mon", "fri"]])}),
)


@given(TIMES, DAYS, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_said_of_a_time_to_come_is_a_time_to_come(
    at: dict[str, Any], day: dict[str, Any], now: datetime
) -> None:
    """Whatever is said but "today", at whatever moment, the alarm rings within the next eight days."""
    moment = moment_of(at | day, now.astimezone(ZONE))
    assert moment.time in times_of(at | day)
    alarm = Alarm(id="a", time=moment.time, weekdays=moment.weekdays, date=moment.date)
    rings = next_ring(alarm, now, ZONE)
    assert rings is not None
    assert now < rings <= now + timedelta(days=8)


@pytest.mark.parametrize(
    ("slots", "times"),
    [
        ({"hour": 7}, (time(7), time(19))),
        ({"hour": 12}, (time(0), time(12))),
        ({"hour": 12, "half": "am"}, (time(0),)),
        ({"hour": 12, "half": "pm"}, (time(12),)),
        ({"hour": 0}, (time(0),)),
        ({"hour": 19, "half": "pm"}, (time(19),)),
        ({"hour": 8, "to": 15}, (time(7, 45), time(19, 45))),
        ({"hour": 1, "to": 15, "half": "pm"}, (time(12, 45),)),
        ({"hour": 12, "to": 10, "half": "am"}, (time(23, 50),)),
        ({"hour": 7, "date": "tomorrow_morning"}, (time(7),)),
        ({"named_time": "midnight"}, (time(0),)),
        ({}, ()),
    ],
)
def test_which_times_of_the_day_may_be_meant(slots: dict[str, Any], times: tuple[time, ...]) -> None:
    assert times_of(slots) == times


def test_the_days_of_a_week_go_over_its_end() -> None:
    days = weekdays_of({"from_day": "sat", "to_day": "mon"})
    assert days == {Weekday.SAT, Weekday.SUN, Weekday.MON}
    assert weekdays_of({"from_day": "mon", "to_day": "mon"}) == {Weekday.MON}


def test_one_day_is_no_day_of_every_week() -> None:
    now = datetime(2026, 1, 5, 22, tzinfo=ZONE)  # a Monday
    assert weekdays_of({"weekday": "mon"}) == frozenset()
    assert day_of({"weekday": "sun"}, now) == date(2026, 1, 11)
    assert day_of({"weekday": ["mon", "fri"]}, now) is None
    assert weekdays_of({"weekday": ["mon", "fri"]}) == {Weekday.MON, Weekday.FRI}
