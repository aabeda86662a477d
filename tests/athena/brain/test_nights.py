"""A night's log of sleep: which minutes moved, who was up, what nobody could tell, and whether it was restful."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.brain.events import (
    BedCleared,
    BedOccupied,
    Event,
    MotionDetected,
    Posture,
    PostureUpdate,
    PresenceCleared,
    SensorLost,
    VisionLost,
    WakeWord,
)
from custom_components.athena.brain.night import Epoch, Night, Verdict
from custom_components.athena.brain.nights import KEPT, Nights
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

BERLIN = ZoneInfo("Europe/Berlin")
BED_TIME = datetime(2026, 1, 5, 23, 0, tzinfo=BERLIN).astimezone(UTC)

type Told = Callable[["Bedroom"], object]


@dataclass
class Bedroom:
    """One bedroom with a mat; a method is what happens there, some minutes after bed time."""

    side: str | None = None
    settings: RoomSettings = field(default_factory=lambda: RoomSettings(room="bedroom", zone=BERLIN))
    start: datetime = BED_TIME

    def __post_init__(self) -> None:
        self.nights = Nights(self.settings, self.side)

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def tell(self, kind: type[Event], minute: float, source: str = "mat", **payload: Any) -> None:
        self.nights.take(kind(room="bedroom", at=self.at(minute), source=source, **payload))

    def felt(self, minute: float, **payload: Any) -> None:
        self.tell(BedOccupied, minute, **payload)

    def turns(self, *minutes: float) -> None:
        """Turn over: the mat lets go."""
        for minute in minutes:
            self.tell(BedCleared, minute)
            self.tell(BedOccupied, minute + 0.1)

    def sees(self, minute: float, *, motion: float = 0.0, zone: str = "bed", confidence: float = 0.9) -> None:
        seen = {"posture": Posture.LYING, "zone": zone, "motion": motion, "confidence": confidence}
        self.tell(PostureUpdate, minute, "camera", **seen)

    def sleeps(self, minute: float = 0, why: Why = Why.ASKED) -> None:
        self.nights.becomes(RoomState.SLEEP, why, self.at(minute))

    def wakes(self, minute: float, why: Why = Why.GOT_UP, state: RoomState = RoomState.WAKE) -> bool:
        return self.nights.becomes(state, why, self.at(minute))

    def leaves(self, minute: float) -> None:
        self.nights.leaves_bed(self.at(minute))

    def restarts(self) -> None:
        """Go on from what is remembered."""
        now, kept = json.loads(json.dumps([self.nights.as_dict(), [night.as_dict() for night in self.nights.kept]]))
        self.nights = Nights(self.settings, self.side)
        self.nights.kept = [Night.from_dict(night) for night in kept]
        self.nights.restore(now)

    @property
    def night(self) -> Night:
        """The last night that is over."""
        return self.nights.kept[-1]

    @property
    def clocks(self) -> tuple[str, str]:
        """When somebody fell asleep and woke, by the clock on the wall."""
        return tuple(f"{at.astimezone(BERLIN):%H:%M}" for at in (self.night.asleep_at, self.night.end))  # type: ignore[return-value]


@pytest.fixture
def bedroom() -> Bedroom:
    """Return a bedroom at bed time, somebody in bed."""
    room = Bedroom()
    room.felt(-1, found=True)
    return room


def _night(bedroom: Bedroom, *moments: float, minutes: int = 480) -> Night:
    bedroom.sleeps()
    bedroom.turns(*moments)
    bedroom.wakes(minutes)
    return bedroom.night


# ---- the verdict


def test_a_night_with_few_movements_is_restful(bedroom: Bedroom) -> None:
    night = _night(bedroom, *range(20, 480, 40))
    assert night.verdict is Verdict.RESTFUL
    assert night.duration == timedelta(hours=8)
    assert night.movements == 12
    assert night.restless == pytest.approx(12 / 480)


def test_movement_in_many_of_the_minutes_makes_it_restless(bedroom: Bedroom) -> None:
    assert _night(bedroom, *range(20, 480, 6)).verdict is Verdict.RESTLESS


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
    night = _night(bedroom)
    assert (night.verdict, night.restless) == (None, None)
    assert night.duration == timedelta(hours=8)


def test_a_night_that_was_short_for_all_the_time_up_has_no_verdict() -> None:
    visit = (BED_TIME + timedelta(minutes=40), BED_TIME + timedelta(minutes=60))
    night = Night(begin=BED_TIME, end=BED_TIME + timedelta(minutes=100), moved=frozenset({30}), visits=(visit,))
    assert night.verdict is None


def test_each_bar_of_the_picture_is_five_minutes(bedroom: Bedroom) -> None:
    night = _night(bedroom, 20, 21, 22, 471, minutes=473)
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
    assert _night(bedroom, *range(0, 480, 4)).asleep_at == BED_TIME


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
    night = _night(bedroom, 50)
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
    _night(bedroom, 60, minutes=240)
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
    night = _night(bedroom, 60, minutes=600)  # to 9:00
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
    _night(bedroom, 60)
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
    night = _night(bedroom, 60)
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
    night = _night(bedroom, 60)
    bedroom.restarts()
    assert bedroom.nights.kept == [night]
    assert bedroom.nights.sleep is None
    assert bedroom.nights.heard_until == bedroom.at(480)


@pytest.mark.parametrize(
    "wrong", [{"end": "2026-01-01T00:00:00+00:00"}, {"begin": "soon"}, {"moved": ["x"]}, {"visits": [["x", "y"]]}]
)
def test_what_is_no_night_is_refused(bedroom: Bedroom, wrong: dict[str, Any]) -> None:
    stored = _night(bedroom, 60).as_dict()
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
