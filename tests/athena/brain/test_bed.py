"""What a witness is worth that sees the bed, is dead, or speaks of the other side; each was met in a simulation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.athena.brain.bed import Bed
from custom_components.athena.brain.room_state import Why
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings

from .life import EVENING, Life, alarm, told

ROOM = RoomSettings(room="bedroom", name="Arman")


def asleep(settings: RoomSettings = ROOM, *, mat: str = "mat", **side: Any) -> Life:
    """Return a life in which it is a minute to seven, and somebody has been felt in bed since eleven."""
    life = Life(settings)
    life.sets(alarm(**side))
    life.till("22:58")
    life.seen("mmwave", held=True)
    life.passes(minutes=2)
    life.felt(mat, **side)
    life.till("06:59")
    return life


def stops(life: Life, *, minutes: float = 0, seconds: float = 0) -> bool:
    """Return whether what rings stops within that time."""
    return "alarm.stop" in told(life.passes(minutes=minutes, seconds=seconds))


def test_a_radar_that_has_seen_the_sleeper_all_night_does_not_testify_that_they_are_up() -> None:
    life = asleep()
    life.till("07:00")
    life.seen("mmwave", held=True)  # as it said before
    life.let_go()
    assert not stops(life, minutes=3)


def test_a_radar_that_has_seen_the_sleeper_testifies_once_it_sees_nobody() -> None:
    life = asleep()
    life.till("07:01")
    life.let_go()
    life.passes(seconds=40)
    life.cleared("mmwave")
    assert stops(life, seconds=4)


def test_a_radar_that_loses_a_sleeper_who_keeps_still_is_doubted() -> None:
    life = asleep()
    life.cleared("mmwave")
    life.passes(seconds=20)
    life.seen("mmwave", held=True)
    life.till("07:01")
    life.let_go()
    life.passes(seconds=1)
    life.cleared("mmwave")
    assert not stops(life, seconds=25)


def test_a_radar_that_loses_a_sleeper_whom_a_dead_mat_never_felt_is_waited_for() -> None:
    life = asleep()
    life.let_go()
    life.till("07:15")
    life.cleared("mmwave")
    assert not stops(life, minutes=4)
    assert stops(life, minutes=2)


def test_what_a_pir_saw_on_the_way_to_bed_is_nobody_leaving_it() -> None:
    life = asleep()
    life.till("07:00")
    life.let_go()
    life.seen("pir", held=True)
    assert stops(life, seconds=4)
    life.passes(minutes=1)
    life.cleared("pir")
    life.passes(minutes=1)
    life.seen("pir", held=True)
    life.passes(seconds=3)
    assert "alarm.start" in told(life.felt())
    life.passes(seconds=3)
    life.let_go()  # a mat lets go of sleepers, too
    assert not stops(life, seconds=30)


def test_a_pir_that_says_again_that_it_sees_somebody_has_seen_nothing_new() -> None:
    life = asleep()
    life.seen("pir", held=True)
    life.till("07:00")
    life.let_go()
    life.passes(seconds=1)
    life.seen("pir", held=True)
    assert told(life.felt()) == []


@pytest.mark.parametrize("kind", [SensorKind.MAT, SensorKind.PAD])
def test_a_dead_side_of_a_shared_bed_says_nothing_of_its_sleeper(kind: SensorKind) -> None:
    shared = replace(ROOM, shared_bed=True, sensors={"left": kind, "right": kind})
    life = asleep(shared, mat="right", side="right")
    life.felt("left", side="left")
    life.passes(seconds=1)
    life.till("07:00")
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=1)
    life.lost("right")
    assert not stops(life, minutes=3)


def test_the_mat_of_one_side_does_not_feel_the_other_sides_edge() -> None:
    shared = replace(ROOM, shared_bed=True, sensors={"left": SensorKind.PAD, "right": SensorKind.MAT})
    life = asleep(shared, mat="left", side="left")
    life.felt("right", side="right")
    life.till("07:00")
    life.let_go("right", side="right")
    life.let_go("left", side="left")
    life.passes(seconds=1)
    life.seen("pir")
    assert not stops(life, minutes=2)
    assert Why.OUT_OF_BED in {getattr(order, "why", None) for order in life.passes(minutes=1)}


def test_what_was_seen_in_the_evening_says_nothing_of_the_morning() -> None:
    """The mat may have died without a word in between."""
    bed = Bed()
    mat = bed.source("mat", SensorKind.MAT)
    mat.says(EVENING, inside=True)
    mat.says(EVENING + timedelta(hours=1), inside=False)
    bed.moved("pir", SensorKind.PIR, EVENING + timedelta(hours=1, seconds=20), held=False)
    assert bed.exit(EVENING + timedelta(hours=1, minutes=1), ROOM.witness_hold) is not None
    assert bed.exit(EVENING + timedelta(hours=10), ROOM.witness_hold) is None
    bed.moved("pir", SensorKind.PIR, EVENING + timedelta(hours=10), held=False)
    assert bed.exit(EVENING + timedelta(hours=10), ROOM.witness_hold) is None


def seen_standing(confidence: float) -> Life:
    """Return a life in which an alarm rings, and a camera that is alone has just seen somebody stand beside the bed."""
    life = Life()
    life.sets(alarm())
    life.till("22:00")
    life.posture("lying")
    life.till("07:00")
    life.posture("standing", "floor", confidence=confidence)
    return life


def test_one_doubtful_word_of_a_camera_that_is_alone_must_stand_for_ten_seconds() -> None:
    life = seen_standing(0.6)
    assert not stops(life, seconds=9)
    assert stops(life, seconds=1)


def test_a_misread_frame_is_not_believed() -> None:
    life = seen_standing(0.6)
    life.passes(seconds=4)
    life.posture("sitting", confidence=0.6)
    assert not stops(life, minutes=2)


def test_a_doubtful_word_of_a_camera_counts_once_it_is_said_again() -> None:
    life = seen_standing(0.6)
    life.passes(seconds=2)
    life.posture("standing", "floor", confidence=0.6)
    assert stops(life, seconds=1)


def test_a_doubtful_word_of_a_camera_counts_where_a_floor_sensor_bears_it_out() -> None:
    life = seen_standing(0.6)
    life.seen("pir")
    assert stops(life, seconds=3)


def test_a_certain_word_of_a_camera_counts_at_once() -> None:
    assert stops(seen_standing(0.8), seconds=3)
