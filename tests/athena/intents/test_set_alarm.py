"""Set an alarm by voice."""

from datetime import date, datetime, time

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from custom_components.athena.brain.room import Room
from custom_components.athena.brain.settings import Weekday

from .conftest import MONDAY_EVENING, Say

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
TOMORROW = date(2026, 1, 6)


@pytest.mark.parametrize(
    ("said", "answer", "at", "weekdays"),
    [
        ("set an alarm for 7 AM on weekdays", "Alarm set for 7 AM on weekdays.", time(7), {MON, TUE, WED, THU, FRI}),
        ("Jarvis, set an alarm for 7 every day", "Alarm set for 7 AM every day.", time(7), set(Weekday)),
        ("wake me at 9 on the weekend", "Alarm set for 9 AM on weekends.", time(9), {SAT, SUN}),
        (
            "set an alarm for seven on Mondays and Wednesdays",
            "Alarm set for 7 AM on Mondays and Wednesdays.",
            time(7),
            {MON, WED},
        ),
        (
            "set an alarm for 7:15 on Monday, Wednesday and Friday",
            "Alarm set for 7:15 AM on Mondays, Wednesdays and Fridays.",
            time(7, 15),
            {MON, WED, FRI},
        ),
        ("wake me at 6 from Sunday to Monday", "Alarm set for 6 AM on Mondays and Sundays.", time(6), {SUN, MON}),
        ("wake me every Tuesday at 6:30 PM", "Alarm set for 6:30 PM on Tuesdays.", time(18, 30), {TUE}),
    ],
)
async def test_on_days_of_every_week(
    bedroom: Room, say: Say, said: str, answer: str, at: time, weekdays: set[Weekday]
) -> None:
    assert await say(said) == answer
    (clock,) = bedroom.clocks
    assert clock.alarm.time == at
    assert set(clock.alarm.weekdays) == weekdays
    assert clock.alarm.date is None
    assert clock.alarm.enabled
    assert not clock.alarm.app_stop


@pytest.mark.parametrize(
    ("said", "answer", "moment"),
    [
        ("set an alarm for 7 AM", "Alarm set for 7 AM.", "2026-01-06 07:00"),
        ("set an alarm for 7", "Alarm set for 7 AM.", "2026-01-06 07:00"),
        ("wake me up at half past six tomorrow", "Alarm set for 6:30 AM.", "2026-01-06 06:30"),
        ("wake me at a quarter to eight", "Alarm set for 7:45 AM.", "2026-01-06 07:45"),
        ("set an alarm for seven thirty", "Alarm set for 7:30 AM.", "2026-01-06 07:30"),
        ("set an alarm for noon", "Alarm set for 12 PM.", "2026-01-06 12:00"),
        ("set an alarm for midnight", "Alarm set for 12 AM.", "2026-01-06 00:00"),
        ("set an alarm for 7 PM", "Alarm set for 7 PM.", "2026-01-06 19:00"),
        ("set an alarm for 11 tonight", "Alarm set for 11 PM.", "2026-01-05 23:00"),
        ("wake me at 3", "Alarm set for 3 AM.", "2026-01-06 03:00"),
        ("wake me at 7 on Saturday", "Alarm set for 7 AM on Saturday.", "2026-01-10 07:00"),
        ("wake me at 7 on Monday", "Alarm set for 7 AM on January 12.", "2026-01-12 07:00"),
        ("wake me up tomorrow morning at 6:45", "Alarm set for 6:45 AM.", "2026-01-06 06:45"),
    ],
)
async def test_once(bedroom: Room, say: Say, said: str, answer: str, moment: str) -> None:
    assert await say(said) == answer
    (clock,) = bedroom.clocks
    assert not clock.alarm.weekdays
    assert clock.next == datetime.fromisoformat(moment).replace(tzinfo=MONDAY_EVENING.tzinfo)


async def test_an_alarm_in_another_room(bedroom: Room, say: Say) -> None:
    assert await say("set an alarm for 7 in the bedroom", where="Kitchen") == "Alarm set for 7 AM."
    assert len(bedroom.clocks) == 1


async def test_in_a_room_that_cannot_tell_that_somebody_is_up_nothing_is_set(
    hass: HomeAssistant, say: Say, bedroom: Room
) -> None:
    answer = "I can't tell when you get up. Set it in the app."
    assert await say("set an alarm for 7 AM on weekdays", where="Kitchen") == answer
    assert await say("what alarms are set", where="Kitchen") == "No alarms."
    assert not bedroom.clocks


async def test_a_moment_that_is_over_is_not_set(say: Say, bedroom: Room) -> None:
    assert await say("set an alarm for 7 AM today") == "7 AM today is over."
    assert not bedroom.clocks


@pytest.mark.parametrize("said", ["set an alarm for 7 tomorrow", "wake me at 7 AM on Tuesday", "set an alarm for 7"])
async def test_the_same_alarm_is_not_set_twice(say: Say, bedroom: Room, said: str) -> None:
    await say("set an alarm for 7")
    assert await say(said) == "Alarm set for 7 AM."
    assert len(bedroom.clocks) == 1


async def test_an_alarm_of_other_days_is_another_one(say: Say, bedroom: Room) -> None:
    await say("set an alarm for 7 on weekdays")
    await say("set an alarm for 7 on the weekend")
    await say("set an alarm for 7")
    assert len({clock.alarm.id for clock in bedroom.clocks}) == 3


async def test_after_midnight_tomorrow_is_the_day_that_has_not_begun_and_she_says_which(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room
) -> None:
    freezer.move_to(MONDAY_EVENING.replace(day=6, hour=0, minute=30))
    assert await say("wake me up at 7 tomorrow") == "Alarm set for 7 AM tomorrow."
    assert bedroom.clocks[0].alarm.date == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("hour", "said", "answer"),
    [
        (13, "set an alarm for 2", "Alarm set for 2 PM."),
        (13, "set an alarm for 7", "Alarm set for 7 AM."),
        (13, "set an alarm for 7 this evening", "Alarm set for 7 PM."),
        (13, "set an alarm for 7 today", "Alarm set for 7 PM."),
        (22, "set an alarm for 1 on Saturday", "Alarm set for 1 PM on Saturday."),
        (22, "set an alarm for 12", "Alarm set for 12 PM."),
    ],
)
async def test_an_hour_without_its_half_of_the_day_is_the_one_to_wake_up_at(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room, hour: int, said: str, answer: str
) -> None:
    freezer.move_to(MONDAY_EVENING.replace(hour=hour))
    assert await say(said) == answer


async def test_an_alarm_at_the_hour_the_clocks_leap_over_is_set(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room
) -> None:
    freezer.move_to(datetime(2026, 3, 7, 22, tzinfo=MONDAY_EVENING.tzinfo))
    assert await say("wake me up at 2:30 AM") == "Alarm set for 2:30 AM."
    assert bedroom.clocks[0].next == datetime(2026, 3, 8, 3, tzinfo=MONDAY_EVENING.tzinfo)
