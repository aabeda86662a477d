"""A night's log of sleep: when it begins and ends, which minutes moved, and whether it was restful."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.athena.brain.events import (
    BedCleared,
    MotionDetected,
    SensorLost,
)
from custom_components.athena.brain.night import Epoch, Night, Verdict
from custom_components.athena.brain.nights import KEPT
from custom_components.athena.brain.room_state import RoomState, Why

from .bedroom import BED_TIME, BERLIN, Bedroom, in_bed


@pytest.fixture
def bedroom() -> Bedroom:
    """Return a bedroom at bed time, somebody in bed."""
    return in_bed()


# ---- the verdict


def test_a_night_with_few_movements_is_restful(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(*range(20, 480, 40))
    assert night.verdict is Verdict.RESTFUL
    assert night.duration == timedelta(hours=8)
    assert night.movements == 12
    assert night.restless == pytest.approx(12 / 480)


def test_movement_in_many_of_the_minutes_makes_it_restless(bedroom: Bedroom) -> None:
    assert bedroom.sleeps_a_night(*range(20, 480, 6)).verdict is Verdict.RESTLESS


def test_being_up_for_long_makes_it_restless_too(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(30, 90)
    bedroom.leaves(120)
    bedroom.felt(200)
    bedroom.wakes(480)
    assert (bedroom.night.verdict, len(bedroom.night.visits)) == (Verdict.RESTLESS, 1)
    assert bedroom.night.duration == timedelta(minutes=400)


def test_less_than_ninety_minutes_is_no_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(30)
    assert bedroom.wakes(89) is False
    assert bedroom.nights.kept == []


def test_a_night_without_a_single_movement_was_not_felt(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night()
    assert (night.verdict, night.restless) == (None, None)
    assert night.duration == timedelta(hours=8)


def test_a_night_that_was_short_for_all_the_time_up_has_no_verdict() -> None:
    visit = (BED_TIME + timedelta(minutes=40), BED_TIME + timedelta(minutes=60))
    night = Night(begin=BED_TIME, end=BED_TIME + timedelta(minutes=100), moved=frozenset({30}), visits=(visit,))
    assert night.verdict is None


def test_each_bar_of_the_picture_is_five_minutes(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(20, 21, 22, 471, minutes=473)
    assert len(night.epochs) == 95
    assert night.epochs[4] == Epoch(moved=3)
    assert night.epochs[94] == Epoch(moved=1)
    assert sum(epoch.moved for epoch in night.epochs) == night.movements


# ---- falling asleep and waking


def test_who_fell_asleep_has_done_so_since_they_last_moved(bedroom: Bedroom) -> None:
    bedroom.turns(5)
    bedroom.sleeps(30, Why.FELL_ASLEEP)
    bedroom.turns(100)
    bedroom.wakes(480)
    assert bedroom.clocks == ("23:05", "07:00")


def test_who_has_not_moved_since_long_ago_has_been_asleep_for_no_longer_than_it_takes(bedroom: Bedroom) -> None:
    bedroom.turns(5)
    bedroom.sleeps(200, Why.FELL_ASLEEP)
    bedroom.turns(250)
    bedroom.wakes(480)
    assert bedroom.clocks == ("01:30", "07:00")


def test_without_a_movement_before_they_have_been_lying_still_for_the_rooms_ten_minutes(bedroom: Bedroom) -> None:
    bedroom.sleeps(30, Why.FELL_ASLEEP)
    bedroom.turns(100)
    bedroom.wakes(480)
    assert bedroom.clocks == ("23:20", "07:00")


def test_who_was_told_to_sleep_sleeps_once_they_lie_still(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(3, 9, 14)
    bedroom.turns(100)
    bedroom.wakes(480)
    assert bedroom.clocks == ("23:15", "07:00")


def test_who_never_lies_still_is_asleep_from_the_beginning(bedroom: Bedroom) -> None:
    assert bedroom.sleeps_a_night(*range(0, 480, 4)).asleep_at == BED_TIME


def test_an_alarm_ends_the_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(100)
    assert bedroom.wakes(480, Why.ALARM) is True
    assert bedroom.night.alarm == bedroom.night.end == bedroom.at(480)
    assert bedroom.wakes(490, Why.OUT_OF_BED, RoomState.OCCUPIED) is False


def test_who_gets_up_and_does_not_come_back_woke_when_they_got_up(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(100)
    bedroom.tell(BedCleared, 419)
    bedroom.leaves(420)
    bedroom.leaves(421)
    bedroom.wakes(480, Why.LEFT, RoomState.EMPTY)
    assert bedroom.clocks == ("23:00", "05:59")
    assert bedroom.night.visits == ()


def test_who_is_gone_unseen_woke_when_the_bed_emptied(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(100)
    bedroom.tell(BedCleared, 400)
    bedroom.tell(BedCleared, 410)
    bedroom.wakes(460, Why.LEFT, RoomState.EMPTY)
    assert bedroom.night.end == bedroom.at(400)


def test_a_mat_that_let_go_long_ago_does_not_say_when_they_got_up(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(100)
    bedroom.tell(BedCleared, 300)
    bedroom.leaves(420)
    bedroom.wakes(421)
    assert bedroom.night.end == bedroom.at(420)


def test_the_last_night_is_known_before_it_is_over(bedroom: Bedroom) -> None:
    assert bedroom.nights.last(bedroom.at(0)) is None
    bedroom.sleeps()
    bedroom.turns(50)
    assert bedroom.nights.last(bedroom.at(60)) is None
    so_far = bedroom.nights.last(bedroom.at(300))
    assert so_far is not None
    assert so_far.end == bedroom.at(300)
    bedroom.leaves(310)
    up = bedroom.nights.last(bedroom.at(360))
    assert up is not None
    assert up.end == bedroom.at(310)


def test_a_night_of_days_ago_is_not_the_last(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(50)
    assert bedroom.nights.last(bedroom.at(480 + 23 * 60)) is night
    assert bedroom.nights.last(bedroom.at(480 + 25 * 60)) is None


# ---- one night, or another


def test_a_night_visit_belongs_to_the_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.tell(BedCleared, 180)
    bedroom.leaves(180.5)
    bedroom.tell(MotionDetected, 182, "pir")
    bedroom.felt(186)
    bedroom.sleeps(187)
    bedroom.wakes(480)
    night = bedroom.night
    assert night.visits == ((bedroom.at(180), bedroom.at(186)),)
    assert night.duration == timedelta(minutes=474)
    assert night.movements == 2, "lying down again is a movement, what moves while they are up is none"


def test_who_sleeps_on_after_the_alarm_goes_on_with_the_same_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.wakes(480, Why.ALARM)
    bedroom.sleeps(510, Why.CAP)
    assert bedroom.nights.kept[-1].end == bedroom.at(480), "it is shown until it is over"
    bedroom.wakes(570)
    assert len(bedroom.nights.kept) == 1
    assert (bedroom.night.awake, bedroom.night.visits) == (((bedroom.at(480), bedroom.at(510)),), ())
    assert bedroom.night.duration == timedelta(minutes=540)


def test_who_lies_down_again_and_does_not_sleep_has_got_up_when_they_did(bedroom: Bedroom) -> None:
    """It may have been said to nobody, or been five more minutes in bed."""
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.wakes(480, Why.ALARM)
    before = bedroom.night
    bedroom.leaves(481)
    bedroom.sleeps(560)
    assert bedroom.wakes(563) is False
    assert bedroom.nights.kept == [before]
    assert before.end == bedroom.at(480)
    bedroom.sleeps(570)
    bedroom.wakes(600)
    assert (bedroom.night.end, bedroom.night.visits) == (bedroom.at(600), ((bedroom.at(480), bedroom.at(570)),))


def test_who_was_up_for_long_goes_on_with_the_same_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.tell(BedCleared, 239)
    bedroom.leaves(240)
    bedroom.wakes(300, Why.LEFT, RoomState.EMPTY)
    bedroom.felt(318)
    bedroom.sleeps(330, Why.FELL_ASLEEP)
    bedroom.wakes(480)
    assert len(bedroom.nights.kept) == 1
    assert bedroom.night.visits == ((bedroom.at(239), bedroom.at(318)),)


def test_who_gets_up_after_waking_and_goes_back_to_bed_was_on_a_visit(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.wakes(420, Why.ALARM)
    bedroom.leaves(421)
    bedroom.sleeps(450)
    bedroom.wakes(520)
    assert bedroom.night.visits == ((bedroom.at(420), bedroom.at(450)),)


def test_who_sleeps_again_hours_later_begins_another_one(bedroom: Bedroom) -> None:
    bedroom.sleeps_a_night(60, minutes=240)
    bedroom.sleeps(420)
    bedroom.turns(450)
    bedroom.wakes(560)
    assert [night.begin for night in bedroom.nights.kept] == [bedroom.at(0), bedroom.at(420)]


def test_a_nap_by_day_is_not_a_night() -> None:
    bedroom = Bedroom(start=datetime(2026, 1, 6, 13, 0, tzinfo=BERLIN).astimezone(UTC))
    bedroom.felt(-1)
    bedroom.sleeps()
    bedroom.turns(40)
    assert bedroom.wakes(150) is False
    assert bedroom.nights.kept == []


def test_a_nap_soon_after_the_night_is_not_part_of_it(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(60, minutes=600)  # to 9:00
    bedroom.sleeps(660)
    bedroom.wakes(800)
    assert bedroom.nights.kept == [night]


def test_thirty_nights_are_kept(bedroom: Bedroom) -> None:
    for day in range(KEPT + 5):
        bedroom.sleeps(day * 1440)
        bedroom.turns(day * 1440 + 60)
        bedroom.wakes(day * 1440 + 480)
    assert len(bedroom.nights.kept) == KEPT
    assert bedroom.night.begin == bedroom.at((KEPT + 4) * 1440)


def test_who_seems_to_sleep_for_a_whole_day_was_not_seen_getting_up(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.nights.passes(bedroom.at(1440))
    assert bedroom.wakes(1450) is False
    assert bedroom.nights.kept == []


def test_a_night_visited_a_hundred_times_stays_small(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    for minute in range(150):
        bedroom.leaves(10 + minute * 2)
        bedroom.felt(11 + minute * 2)
        bedroom.tell(SensorLost, 11.2 + minute * 2)
        bedroom.felt(11.8 + minute * 2)
    bedroom.wakes(480)
    assert len(bedroom.night.visits) == len(bedroom.night.gaps) == 100


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 28), 7), ((2026, 10, 24), 9)])
def test_the_night_on_which_clocks_change_is_as_long_as_it_is(day: tuple[int, int, int], hours: int) -> None:
    bedroom = Bedroom(start=datetime(*day, 23, 0, tzinfo=BERLIN).astimezone(UTC))
    bedroom.felt(-1)
    bedroom.sleeps()
    bedroom.turns(60)
    bedroom.wakes(hours * 60)
    assert bedroom.clocks == ("23:00", "07:00")
    assert bedroom.night.duration == timedelta(hours=hours)
