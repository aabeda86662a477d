"""Ask for the alarms, and be rid of one, by voice."""

import pytest
from freezegun.api import FrozenDateTimeFactory

from custom_components.athena.brain.room import Room

from .conftest import MONDAY_EVENING, Say


@pytest.fixture
async def alarms(say: Say) -> None:
    """Set three."""
    for said in ("9 AM on Saturday", "7 AM on weekdays", "7 PM on Sundays"):
        await say(f"set an alarm for {said}")


@pytest.mark.usefixtures("alarms")
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("what alarms are set", "7 AM on weekdays. 9 AM on Saturday. 7 PM on Sundays."),
        ("when is my next alarm", "7 AM tomorrow."),
        ("what time is my alarm", "7 AM tomorrow."),
        ("do I have an alarm tomorrow", "7 AM on weekdays."),
        ("do I have an alarm on Saturday", "9 AM on Saturday."),
        ("do I have an alarm today", "No alarm today."),
    ],
)
async def test_which_alarms_are_set(say: Say, said: str, answer: str) -> None:
    assert await say(said) == answer
    assert await say(said, where=None) == answer, "of the only room that has any"


async def test_no_alarms(say: Say) -> None:
    assert await say("what alarms are set") == "No alarms."
    assert await say("when is my next alarm") == "No alarms."
    assert await say("delete the alarm") == "No alarms."
    assert await say("delete the 7 AM alarm") == "No such alarm."


@pytest.mark.usefixtures("alarms")
async def test_an_alarm_is_deleted(say: Say, bedroom: Room) -> None:
    assert await say("delete the 9 AM alarm") == "Alarm off."
    assert await say("what alarms are set") == "7 AM on weekdays. 7 PM on Sundays."
    assert await say("delete the 7 o'clock alarm") == "Say which: 7 AM on weekdays or 7 PM on Sundays."
    assert await say("delete the alarm") == "Say which: 7 AM on weekdays or 7 PM on Sundays."
    assert len(bedroom.clocks) == 2
    assert await say("cancel all alarms") == "All alarms off."
    assert not bedroom.clocks


@pytest.mark.usefixtures("alarms")
async def test_an_alarm_is_turned_off_and_on_again(say: Say, bedroom: Room) -> None:
    assert await say("turn off the 7 AM alarm") == "Alarm off."
    assert await say("what alarms are set") == "9 AM on Saturday. 7 PM on Sundays."
    assert len(bedroom.clocks) == 3
    assert await say("turn on the 7 AM alarm") == "Alarm set for 7 AM on weekdays."
    assert await say("when is my next alarm") == "7 AM tomorrow."


@pytest.mark.usefixtures("alarms")
async def test_tomorrows_alarm_is_not_deleted_with_those_of_all_weeks(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room
) -> None:
    assert await say("cancel tomorrow's alarm") == "Skipping 7 AM tomorrow."
    assert len(bedroom.clocks) == 3
    freezer.move_to(MONDAY_EVENING.replace(day=6))
    assert await say("when is my next alarm") == "7 AM tomorrow."
