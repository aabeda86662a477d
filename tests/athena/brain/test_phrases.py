"""Times, days and counts, as Athena says them."""

from datetime import date, time, timedelta

import pytest

from custom_components.athena.brain import phrases

MONDAY = date(2026, 1, 5)


def test_alarm_set_for_7_am_prd_8() -> None:
    assert phrases.alarm_set(time(7)) == "Alarm set for 7 AM."
    assert phrases.alarm_set(time(18, 5), "on weekdays") == "Alarm set for 6:05 PM on weekdays."


def test_what_is_said_of_alarms_that_are_skipped_or_are_not() -> None:
    assert phrases.but_skipped("7 AM on weekdays", "tomorrow") == "7 AM on weekdays, but not tomorrow"
    assert phrases.alarm_set_again("7 AM on weekdays") == "Alarm set for 7 AM on weekdays."
    assert phrases.alarm_skipped("7 AM tomorrow") == "Skipping 7 AM tomorrow."
    assert phrases.rings_first("6 AM tomorrow") == "6 AM tomorrow rings first."
    assert phrases.no_alarm("tomorrow") == "No alarm tomorrow."
    assert phrases.is_over(time(7), "today") == "7 AM today is over."


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({0, 1, 2, 3, 4}, "on weekdays"),
        ({5, 6}, "on weekends"),
        (set(range(7)), "every day"),
        ({2, 0}, "on Mondays and Wednesdays"),
        ({6}, "on Sundays"),
        ({0, 2, 4}, "on Mondays, Wednesdays and Fridays"),
    ],
)
def test_days_of_a_week(days: set[int], said: str) -> None:
    assert phrases.weekdays(days) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "on Wednesday"),
        (6, "on Sunday"),
        (7, "on January 12"),
        (-1, "on January 4"),
    ],
)
def test_a_day_as_it_is_called_today(days: int, said: str) -> None:
    assert phrases.day(MONDAY + timedelta(days=days), MONDAY) == said


def test_several_alarms_are_told_one_after_the_other_and_asked_for_at_once() -> None:
    assert phrases.alarms(["7 AM on weekdays", "9 AM on Saturday"]) == "7 AM on weekdays. 9 AM on Saturday."
    assert phrases.alarms([]) == "No alarms."
    assert phrases.say_which(["7 AM", "7 PM"]) == "Say which: 7 AM or 7 PM."


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (phrases.alarm_skipped("7 AM tomorrow"), "Skipping 7 AM tomorrow."),
        (phrases.but_skipped("7 AM on weekdays", "tomorrow"), "7 AM on weekdays, but not tomorrow"),
        (phrases.alarm_set_again("7 AM on weekdays"), "Alarm set for 7 AM on weekdays."),
        (phrases.rings_first("7 AM today"), "7 AM today rings first."),
        (phrases.no_alarm("tomorrow"), "No alarm tomorrow."),
        (phrases.is_over(time(7), "today"), "7 AM today is over."),
        (phrases.amount(timedelta(seconds=1)), "1 second"),
        (phrases.amount(timedelta(minutes=25)), "25 minutes"),
    ],
)
def test_what_is_said_of_alarms_is_short(said: str, line: str) -> None:
    assert said == line
