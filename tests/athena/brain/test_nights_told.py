"""A night's log of sleep: who tells of it, what nobody can tell, and what becomes of it over restarts."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.brain.events import (
    BedCleared,
    BedOccupied,
    MotionDetected,
    PresenceCleared,
    SensorLost,
    VisionLost,
    WakeWord,
)
from custom_components.athena.brain.night import Night
from custom_components.athena.brain.room_state import RoomState, Why

from .bedroom import BED_TIME, Bedroom, in_bed

type Told = Callable[[Bedroom], object]


@pytest.fixture
def bedroom() -> Bedroom:
    """Return a bedroom at bed time, somebody in bed."""
    return in_bed()


# ---- who tells


def test_what_moves_is_told_by_a_motion_sensor_a_radar_or_a_camera(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.tell(MotionDetected, 20, "pir")
    bedroom.tell(MotionDetected, 30, "pir")
    bedroom.tell(MotionDetected, 40, "radar", held=True)
    bedroom.tell(MotionDetected, 50, "radar", held=True)
    bedroom.tell(PresenceCleared, 55, "radar")
    bedroom.tell(MotionDetected, 60, "radar", held=True)
    bedroom.tell(MotionDetected, 65, "pir", found=True)
    bedroom.sees(70, motion=0.1)
    bedroom.sees(80, motion=0.5)
    bedroom.sees(90, motion=0.9, confidence=0.2)
    bedroom.tell(MotionDetected, 100, "door")
    bedroom.tell(MotionDetected, 110, "debug")
    bedroom.tell(WakeWord, 120, "satellite")
    bedroom.sees(130, motion=0.1, zone="floor")
    bedroom.wakes(480)
    assert bedroom.night.moved == {20, 30, 60, 80}, "the radar's first word may be of long ago"


def test_a_partner_on_the_other_side_is_somebody_elses_sleep() -> None:
    bedroom = Bedroom(side="left")
    bedroom.felt(-1, side="left")
    bedroom.tell(BedOccupied, -1, "other", side="right")
    bedroom.sleeps()
    for minute in range(20, 400, 4):
        bedroom.tell(BedCleared, minute, "other", side="right")
        bedroom.tell(BedOccupied, minute + 0.1, "other", side="right")
    bedroom.tell(BedCleared, 60, side="left")
    bedroom.tell(BedOccupied, 60.1, side="left")
    bedroom.wakes(480)
    assert bedroom.night.moved == {60}


# ---- what nobody can tell


def test_a_gap_is_not_counted_as_restful(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(50)
    bedroom.tell(SensorLost, 100)
    bedroom.tell(SensorLost, 110)
    bedroom.felt(160, found=True)
    bedroom.turns(200)
    bedroom.wakes(480)
    assert bedroom.night.gaps == ((bedroom.at(100), bedroom.at(160)),)
    assert bedroom.night.restless == pytest.approx(2 / 420)
    assert sum(epoch.unknown for epoch in bedroom.night.epochs) == 60


def test_a_night_of_which_too_little_is_known_has_no_verdict(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(50)
    bedroom.tell(SensorLost, 100)
    bedroom.wakes(480)
    assert (bedroom.night.verdict, bedroom.night.duration) == (None, timedelta(hours=8))
    assert bedroom.night.gaps == ((bedroom.at(100), bedroom.at(480)),)


def test_a_word_of_just_before_is_not_of_the_night(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.tell(MotionDetected, -1, "pir")
    bedroom.turns(50)
    bedroom.wakes(480)
    assert bedroom.night.moved == {50}


def test_the_mat_tells_while_the_camera_is_off_or_sees_nobody(bedroom: Bedroom) -> None:
    bedroom.sees(-1)
    bedroom.sleeps()
    bedroom.turns(50)
    bedroom.tell(VisionLost, 60, "camera")
    bedroom.tell(SensorLost, 70, "camera")
    bedroom.wakes(480)
    assert bedroom.night.gaps == ()


def test_before_the_first_word_nobody_can_tell() -> None:
    bedroom = Bedroom()
    bedroom.sleeps()
    bedroom.felt(40)
    bedroom.turns(50)
    bedroom.wakes(480)
    assert bedroom.night.gaps == ((BED_TIME, bedroom.at(40)),)


# ---- the clock, and a restart


def test_a_clock_that_is_put_back_ends_nothing(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(60, 180)
    bedroom.leaves(190)
    bedroom.nights.passes(bedroom.at(130))
    bedroom.felt(131)
    bedroom.wakes(420)
    assert bedroom.night.duration == timedelta(minutes=419)
    assert bedroom.night.moved == {60, 180}


def test_a_clock_that_is_put_back_before_the_night_begins_it_anew(bedroom: Bedroom) -> None:
    bedroom.sleeps_a_night(60)
    bedroom.sleeps(1440)
    bedroom.turns(1500)
    bedroom.tell(BedCleared, 1501)
    bedroom.tell(SensorLost, 1502)
    bedroom.felt(-300)
    assert bedroom.nights.kept == []
    bedroom.turns(-200)
    bedroom.wakes(100)
    assert bedroom.night.begin == bedroom.at(-300)
    assert bedroom.night.moved == {100}


def test_a_clock_that_is_put_back_by_day_leaves_the_nights_that_have_been(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(60)
    bedroom.nights.passes(bedroom.at(700))
    bedroom.nights.passes(bedroom.at(500))
    assert bedroom.nights.last(bedroom.at(500)) is night


def test_a_restart_leaves_a_gap_as_long_as_it_took(bedroom: Bedroom) -> None:
    bedroom.sleeps()
    bedroom.turns(50)
    bedroom.leaves(60)
    bedroom.restarts()
    bedroom.felt(80, found=True)
    bedroom.wakes(480)
    assert bedroom.night.gaps == ((bedroom.at(60), bedroom.at(80)),)
    assert bedroom.night.visits == ((bedroom.at(60), bedroom.at(80)),)


def test_a_restart_by_day_is_nothing(bedroom: Bedroom) -> None:
    night = bedroom.sleeps_a_night(60)
    bedroom.restarts()
    assert bedroom.nights.kept == [night]
    assert bedroom.nights.sleep is None
    assert bedroom.nights.heard_until == bedroom.at(480)


@pytest.mark.parametrize(
    "wrong", [{"end": "2026-01-01T00:00:00+00:00"}, {"begin": "soon"}, {"moved": ["x"]}, {"visits": [["x", "y"]]}]
)
def test_what_is_no_night_is_refused(bedroom: Bedroom, wrong: dict[str, Any]) -> None:
    stored = bedroom.sleeps_a_night(60).as_dict()
    assert Night.from_dict(stored) == bedroom.night
    with pytest.raises(ValueError, match=r"."):
        Night.from_dict(stored | wrong)


# ---- whatever happens


def _told(minute: float) -> st.SearchStrategy[Told]:
    def of(name: str, *more: Any, **payload: Any) -> Told:
        told: Told = lambda room: getattr(room, name)(*more, **payload)  # noqa: E731
        return told

    return st.sampled_from(
        (
            of("turns", minute),
            of("felt", minute),
            of("tell", BedCleared, minute),
            of("sees", minute, motion=0.6),
            of("sees", minute),
            of("tell", MotionDetected, minute, "pir", held=True),
            of("tell", PresenceCleared, minute, "pir"),
            of("leaves", minute),
            of("sleeps", minute),
            of("wakes", minute, Why.STILL_AWAKE, RoomState.OCCUPIED),
        )
    )


MINUTES = st.lists(st.integers(0, 470), min_size=1, max_size=25).map(sorted)
FACTS = MINUTES.flatmap(lambda minutes: st.tuples(*(_told(float(minute)) for minute in minutes)))


def _lives(facts: Iterable[Told], restarts: frozenset[int] = frozenset()) -> list[Night]:
    bedroom = Bedroom()
    bedroom.felt(-2)
    bedroom.sees(-2)
    bedroom.sleeps()
    for number, fact in enumerate(facts):
        if number in restarts:
            bedroom.restarts()
            now = bedroom.nights.heard_until
            assert now is not None
            bedroom.sees((now - BED_TIME) / timedelta(minutes=1), zone="desk")  # it says at once that it can see
        fact(bedroom)
    bedroom.wakes(480)
    return bedroom.nights.kept


@given(FACTS, st.frozensets(st.integers(0, 24)))
def test_restarts_at_any_point_give_the_same_night(facts: tuple[Told, ...], restarts: frozenset[int]) -> None:
    assert _lives(facts, restarts) == _lives(facts)


@given(FACTS)
def test_every_minute_is_counted_once(facts: tuple[Told, ...]) -> None:
    for night in _lives(facts):
        whole = (night.end - night.asleep_at) // timedelta(minutes=1)
        assert len(night.minutes) == whole
        assert timedelta() <= night.duration <= night.end - night.begin
        assert all(0 <= epoch.moved + epoch.up + epoch.unknown <= 5 for epoch in night.epochs)
        assert night.restless is None or 0 < night.restless <= 1
        assert Night.from_dict(json.loads(json.dumps(night.as_dict()))) == night


@given(st.permutations([7201, 7215, 7222, 7239, 7250]))
def test_words_that_come_in_another_order_make_the_same_night(seconds: list[int]) -> None:
    def night(moments: Iterable[int]) -> Night:
        bedroom = Bedroom()
        bedroom.felt(-1)
        bedroom.sleeps()
        for second in moments:
            bedroom.tell(MotionDetected, second / 60, f"pir {second}")
        bedroom.wakes(480)
        return bedroom.night

    assert night(seconds) == night(sorted(seconds))
