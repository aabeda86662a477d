"""Design §3, rule 7; PRD §5.2, §9, §15: an alarm ends by leaving the bed, by two witnesses."""

import pytest

from custom_components.athena.brain.events import (
    BedExitReported,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, lines, ringing, stop, told


def test_prd_5_2_feet_on_floor_stops_the_alarm_and_says_good_morning() -> None:
    life = ringing()
    orders = life.gets_up()
    assert told(orders) == ["room.bed_exit", "alarm.stop", "room.set_state", "audio.say"]
    assert stop(Why.OUT_OF_BED) in orders
    assert lines(orders) == ["Good morning, Arman."]
    assert life.room.state is RoomState.OCCUPIED
    assert life.room.ringing == ()


def test_prd_5_2_the_camera_alone_sees_feet_on_floor() -> None:
    life = Life()
    life.sets()
    life.till("22:00")
    life.posture("lying")
    life.till("07:00")
    life.posture("standing", "floor")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_rule_7_the_witnesses_hold_for_witness_hold() -> None:
    life = ringing()
    life.let_go()
    life.posture("standing", "floor")
    assert stop(Why.OUT_OF_BED) not in life.passes(seconds=2.9)
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=0.1)


def test_prd_5_2_sitting_up_in_bed_does_not_stop_it() -> None:
    life = ringing()
    life.posture("sitting")
    assert "alarm.stop" not in told(life.passes(minutes=5))


def test_rule_7_sitting_on_the_edge_with_the_feet_on_the_floor_does_not_stop_it() -> None:
    life = ringing()
    life.let_go()
    life.posture("sitting", "floor")
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(minutes=5))


@pytest.mark.parametrize("words", ["stop the alarm", "snooze", "I'm up", "turn off the alarm", "stop", "be quiet"])
def test_prd_15_alarm_dismissal_requires_physical_action_not_voice(words: str) -> None:
    life = ringing()
    assert "alarm.stop" not in told(life.said(f"Arvis, {words}"))
    assert "alarm.stop" not in told(life.passes(minutes=5))
    assert life.room.ringing == ("morning",)


@pytest.mark.parametrize("witness", ["mat", "pir", "camera", "camera and blanket", "mmwave", "door"])
def test_rule_7_one_witness_is_not_enough(witness: str) -> None:
    life = ringing()
    match witness:
        case "mat":
            life.let_go()
        case "pir" | "mmwave" | "door":
            life.seen(witness)
        case "camera":
            life.tell(BedExitReported, "camera")
        case "camera and blanket":
            life.unseen()
    assert "alarm.stop" not in told(life.passes(minutes=3))


def test_rule_7_lost_keypoints_mean_unknown_never_out() -> None:
    life = ringing()
    life.unseen()
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(minutes=5))


@pytest.mark.parametrize("second", ["pir", "mmwave", "door", "mat"])
def test_rule_7_bed_exit_by_the_camera_and_a_second_witness(second: str) -> None:
    life = ringing()
    if second == "mat":
        life.let_go()
    else:
        life.let_go()
        life.lost("mat")
        life.seen(second)
    life.tell(BedExitReported, "camera")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


@pytest.mark.parametrize("floor", ["pir", "mmwave", "door"])
def test_rule_8_a_dead_camera_falls_to_the_mat_and_a_floor_sensor(floor: str) -> None:
    life = ringing()
    life.unseen()
    life.let_go()
    life.passes(seconds=1)
    life.seen(floor)
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_rule_7_the_floor_sensor_may_see_the_feet_just_before_the_mat_lets_go() -> None:
    life = ringing()
    life.unseen()
    life.seen("pir")
    life.passes(seconds=5)
    life.let_go()
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_rule_7_a_floor_sensor_that_saw_somebody_long_before_is_no_witness() -> None:
    life = ringing()
    life.unseen()
    life.seen("pir")
    life.passes(seconds=11)
    life.let_go()
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_rule_7_back_on_the_mat_within_the_hold_is_not_out() -> None:
    life = ringing()
    life.let_go()
    life.seen("pir")
    life.passes(seconds=2)
    life.felt()
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_rule_7_back_in_bed_within_rearm_for_rings_again() -> None:
    life = ringing()
    life.gets_up()
    life.passes(minutes=9)
    orders = life.felt()
    assert told(orders) == ["room.set_state", "alarm.start", "audio.play", "audio.say"]
    assert lines(orders) == ["Arman, wake up now."]
    life.posture("lying")
    assert stop(Why.OUT_OF_BED) in life.gets_up()


def test_rule_7_back_in_bed_later_is_a_new_day() -> None:
    life = ringing()
    life.gets_up()
    life.passes(minutes=10)
    assert life.felt() == ()


def test_a_mat_that_let_go_tonight_must_be_empty_for_longer() -> None:
    """Mats let go of sleepers some fifty times a night (research): what was wrong tonight must hold longer."""
    life = Life()
    life.sets()
    life.till("22:00")
    life.comes_home()
    life.felt()
    for _ in range(3):
        life.passes(hours=1)
        life.let_go()
        life.passes(seconds=20)
        life.felt()
    life.till("07:00")
    life.let_go()
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(seconds=39))
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=1)


def test_a_pir_that_sees_sleepers_turn_must_see_them_walk_for_longer() -> None:
    life = Life()
    life.sets()
    life.till("22:00")
    life.comes_home()
    life.felt()
    for _ in range(3):
        life.passes(hours=1)
        life.seen("pir")
    life.till("07:00")
    life.let_go()
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(seconds=20))
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(seconds=9))
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=1)


def test_a_pir_that_stays_on_sees_somebody_still() -> None:
    """One that is triggered again and again says so but once; going off tells when its last movement was."""
    life = Life()
    life.sets()
    life.felt()
    life.till("07:00")
    life.seen("pir", held=True)
    life.passes(seconds=20)
    life.let_go()
    assert "alarm.stop" not in told(life.passes(seconds=49))
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=4)


def test_a_pir_that_is_known_to_go_off_soon_and_has_not_sees_somebody_still() -> None:
    life = Life()
    life.sets()
    life.seen("pir", held=True)
    life.passes(seconds=10)
    life.cleared("pir")  # it stays on for ten seconds
    life.felt()
    life.till("07:00")
    life.seen("pir", held=True)
    life.passes(seconds=15)
    life.let_go()
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_a_pir_that_goes_off_tells_when_it_saw_the_last_movement() -> None:
    life = Life()
    life.sets()
    life.seen("pir", held=True)
    life.passes(seconds=10)
    life.cleared("pir")
    life.felt()
    life.till("07:00")
    life.seen("pir", held=True)
    life.passes(seconds=14)
    life.cleared("pir")  # it saw the last one four seconds after the hour
    life.let_go()
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_a_bed_that_stays_empty_behind_who_walked_out_is_left() -> None:
    life = Life()
    life.sets()
    life.felt()
    life.till("07:00")
    life.seen("pir")
    life.passes(seconds=30)
    life.let_go()
    assert "alarm.stop" not in told(life.passes(minutes=2, seconds=29))
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=1)


def test_a_mat_that_lets_go_of_who_sits_on_the_edge_must_be_empty_for_longer() -> None:
    life = Life(RoomSettings(room="bedroom", sensors={"mat": SensorKind.PAD}))
    life.sets()
    life.felt()
    life.till("07:00")
    life.let_go()
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(seconds=149))
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=1)


def test_a_camera_that_sees_them_stand_makes_up_for_such_a_mat() -> None:
    life = Life(RoomSettings(room="bedroom", sensors={"mat": SensorKind.PAD}))
    life.rings()
    assert stop(Why.OUT_OF_BED) in life.gets_up()


def test_a_camera_that_has_been_silent_for_long_says_nothing_about_now() -> None:
    life = Life()
    life.sets()
    life.till("22:00")
    life.posture("lying")
    life.felt()
    life.till("07:00")
    life.let_go()
    life.seen("pir")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_a_mat_that_has_never_felt_anybody_is_no_witness() -> None:
    life = Life()
    life.sets()
    life.let_go(found=True)
    life.till("07:00")
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_rule_7_a_blanket_over_a_sleeper_and_a_mat_that_died_hours_ago_is_not_out() -> None:
    life = Life()
    life.sets()
    life.felt()
    life.passes(minutes=5)
    life.let_go()  # it never feels anybody again
    life.till("22:00")
    life.posture("lying")
    life.till("06:59")
    life.posture("lying")
    life.till("07:00")
    life.unseen()
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_a_pir_that_is_stuck_sees_nobody_get_up() -> None:
    life = Life()
    life.sets()
    life.seen("pir", held=True)
    life.till("22:00")
    life.felt()
    life.till("07:00")
    life.let_go()
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_whoever_sits_at_the_desk_is_out_of_bed() -> None:
    life = ringing()
    life.let_go()
    life.posture("standing", "floor")
    life.passes(seconds=1)
    life.posture("sitting", "desk")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)


def test_whoever_was_up_a_minute_before_it_rang_may_have_sat_down_again() -> None:
    life = Life()
    life.sets()
    life.felt()
    life.till("06:58")
    life.let_go()
    life.seen("pir")
    life.till("07:00")
    assert "alarm.stop" not in told(life.passes(seconds=40))
    life.seen("pir")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=3)
