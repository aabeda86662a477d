"""Skip an alarm by voice."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from freezegun.api import FrozenDateTimeFactory

from custom_components.athena.brain.room import Room

from .conftest import MONDAY_EVENING, Say


def _next(room: Room) -> list[int]:
    """Return on which days of January the alarms ring next."""
    return sorted(clock.next.astimezone(MONDAY_EVENING.tzinfo).day for clock in room.clocks if clock.next)


@pytest.fixture
async def weekdays(say: Say) -> None:
    """Set an alarm at 7 AM on weekdays."""
    assert await say("set an alarm for 7 AM on weekdays") == "Alarm set for 7 AM on weekdays."


@pytest.mark.usefixtures("weekdays")
@pytest.mark.parametrize(
    "said",
    ["skip tomorrow's alarm", "skip the next alarm", "skip my 7 AM alarm", "skip Tuesday's alarm", "no alarm tomorrow"],
)
async def test_the_ring_of_tomorrow_is_left_out_and_comes_back(say: Say, bedroom: Room, said: str) -> None:
    assert await say(said) == "Skipping 7 AM tomorrow."
    assert _next(bedroom) == [7]
    assert await say("what alarms are set") == "7 AM on weekdays, but not tomorrow."
    assert await say("don't skip tomorrow's alarm after all") == "Alarm set for 7 AM tomorrow."
    assert _next(bedroom) == [6]
    assert await say("don't skip the alarm") == "No alarm is skipped."


@pytest.mark.usefixtures("weekdays")
async def test_skipping_twice_skips_one_ring(say: Say, bedroom: Room) -> None:
    await say("skip tomorrow's alarm")
    assert await say("skip tomorrow's alarm") == "Skipping 7 AM tomorrow."
    assert _next(bedroom) == [7]


@pytest.mark.usefixtures("weekdays")
async def test_two_rings_in_a_row_are_not_left_out(say: Say, bedroom: Room) -> None:
    await say("skip tomorrow's alarm")
    assert await say("skip Wednesday's alarm") == "I can't do that."
    assert _next(bedroom) == [7]


@pytest.mark.usefixtures("weekdays")
async def test_there_is_none_tomorrow(freezer: FrozenDateTimeFactory, say: Say, bedroom: Room) -> None:
    freezer.move_to(MONDAY_EVENING.replace(day=9))  # a Friday
    assert await say("skip tomorrow's alarm") == "No alarm tomorrow."
    assert bedroom.clocks[0].skipped is None


@pytest.mark.usefixtures("weekdays")
async def test_the_ring_after_the_next_is_not_taken_for_the_next(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room
) -> None:
    freezer.move_to(MONDAY_EVENING.replace(day=6, hour=1))
    assert await say("skip tomorrow's alarm") == "7 AM today rings first."
    assert bedroom.clocks[0].skipped is None


@pytest.mark.usefixtures("weekdays")
async def test_of_several_tomorrow_she_asks_which(say: Say, bedroom: Room) -> None:
    await say("set an alarm for 8 tomorrow")
    assert await say("skip tomorrow's alarm") == "Say which: 7 AM on weekdays or 8 AM tomorrow."
    assert _next(bedroom) == [6, 6]
    assert await say("skip my 8 AM alarm") == "Skipping 8 AM tomorrow."
    assert _next(bedroom) == [6]


async def test_without_alarms_there_is_nothing_to_skip(say: Say) -> None:
    assert await say("skip the next alarm") == "No alarms."
    assert await say("skip my 7 AM alarm") == "No such alarm."
    assert await say("skip tomorrow's alarm") == "No alarm tomorrow."


@pytest.mark.usefixtures("weekdays")
async def test_the_other_half_of_the_day_is_another_alarm(say: Say, bedroom: Room) -> None:
    assert await say("skip my 7 PM alarm") == "No such alarm."
    assert _next(bedroom) == [6]


@pytest.mark.usefixtures("weekdays")
async def test_while_it_rings_nothing_is_skipped(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room, ring: Callable[[str], Awaitable[None]]
) -> None:
    freezer.move_to(datetime(2026, 1, 6, 7, tzinfo=MONDAY_EVENING.tzinfo))
    await ring("at_0700")
    for said in ("skip the alarm", "skip tomorrow's alarm", "skip my 7 AM alarm"):
        assert await say(said) == "Out of bed first."
    assert bedroom.ringing == ("at_0700",)
    assert bedroom.clocks[0].skipped is None
