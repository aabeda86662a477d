"""Design §3, rule 8: a partner still in bed; the sleeper's side, a witness held longer, or the button."""

from custom_components.athena.brain.commands import (
    LightsSetScene,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, alarm, stop, told


def shared(**changes: str) -> Life:
    life = Life(RoomSettings(room="bedroom", name="Arman", shared_bed=True))
    life.sets(alarm(**changes))
    life.till("22:00")
    life.comes_home()
    life.felt("left", side="left")
    life.felt("right", side="right")
    life.till("07:00")
    return life


def test_rule_8_partner_in_bed_the_sleepers_side_and_a_witness_held_longer() -> None:
    life = shared(side="left")
    life.let_go("left", side="left")
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(seconds=74))
    orders = life.passes(seconds=1)
    assert stop(Why.OUT_OF_BED) in orders
    assert LightsSetScene(room="bedroom", scene="path") in orders
    assert life.room.sleeping  # the partner is


def test_rule_8_the_partner_who_gets_up_does_not_stop_the_sleepers_alarm() -> None:
    life = shared(side="left")
    life.let_go("right", side="right")
    life.seen("pir")
    life.posture("standing", "floor")
    assert "alarm.stop" not in told(life.passes(minutes=3))


def test_rule_8_rolling_over_to_the_side_the_partner_left_is_not_getting_up() -> None:
    life = shared(side="left")
    life.let_go("right", side="right")
    life.passes(minutes=1)
    life.felt("right", side="right")
    life.let_go("left", side="left")
    life.posture("standing", "floor")
    assert "alarm.stop" not in told(life.passes(minutes=3))


def test_rule_8_partner_in_bed_on_one_mat_the_button_ends_it() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.rings()
    assert stop(Why.BUTTON) in life.pressed()


def test_an_alarm_of_each_side_ends_with_its_own_sleeper() -> None:
    life = shared(side="left")
    life.sets(alarm("07:01", id="hers", side="right"))
    life.passes(minutes=1)
    assert set(life.room.ringing) == {"morning", "hers"}
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=75)
    assert life.room.ringing == ("hers",)
    assert life.room.state is RoomState.WAKE


def test_a_partner_who_comes_to_a_bed_of_one_mat_does_not_arm_it_again() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.rings()
    life.let_go()
    life.posture("standing", "floor")
    life.passes(seconds=75)
    assert life.room.ringing == ()
    assert life.felt() == ()


def test_a_partner_on_the_other_side_does_not_arm_it_again_but_the_sleeper_does() -> None:
    life = shared(side="left")
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=76)
    assert "alarm.start" not in told(life.felt("right", side="right"))
    assert "alarm.start" in told(life.felt("left", side="left"))
