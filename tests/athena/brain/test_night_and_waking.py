"""Design §3, rules 5 and 9; PRD Epic 2, §9 (Wake Scene): up in the night, and up in the morning."""

from custom_components.athena.brain.commands import (
    AudioPlay,
    AudioSay,
)
from custom_components.athena.brain.events import QuietSet
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, alarm, becomes, lights, lines, told

FELL_ASLEEP = (becomes(RoomState.SLEEP, Why.FELL_ASLEEP, "camera"), lights("sleep"))


def test_rule_5_a_night_visit_lights_the_way_at_five_percent_without_a_word() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    orders = life.gets_up()
    assert told(orders) == ["room.bed_exit", "lights.set_scene"]
    assert orders[-1] == lights("path")
    assert life.room.scenes["path"].look.brightness <= 5
    assert life.room.sleeping


def test_rule_5_back_in_bed_sleep_resumes_in_the_dark() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    life.gets_up()
    life.passes(minutes=4)
    assert life.felt() == (lights("sleep"),)
    life.posture("lying")
    assert life.passes(hours=3) == ()
    assert life.room.sleeping


def test_rule_5_the_light_of_the_way_goes_out_and_comes_again_with_who_returns() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    life.gets_up()
    life.passes(minutes=2)
    assert life.seen() == ()
    assert life.passes(minutes=5) == (lights("sleep"),)
    assert life.seen() == (lights("path"),)


def test_rule_5_a_visit_that_ends_with_the_light_out_changes_nothing() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    life.gets_up()
    life.passes(minutes=6)
    assert life.felt() == ()
    assert life.room.sleeping


def test_rule_5_whoever_does_not_come_back_within_an_hour_has_left() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    life.gets_up()
    life.unseen()
    assert told(life.passes(minutes=59)) == ["lights.set_scene"]
    assert life.passes(minutes=2) == (becomes(RoomState.EMPTY, Why.LEFT),)


def test_rule_5_whoever_is_still_about_in_the_room_is_up_and_not_lit_up() -> None:
    life = Life()
    life.falls_asleep()
    life.till("02:00")
    life.gets_up()
    for _ in range(14):
        life.passes(minutes=4)
        life.seen()
    assert life.passes(minutes=4) == (lights("sleep"), becomes(RoomState.OCCUPIED, Why.GOT_UP))


def test_rule_5_no_light_of_the_way_while_another_sleeps() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.falls_asleep()
    life.till("02:00")
    life.let_go("left", side="left")
    life.felt("right", side="right")
    assert life.posture("standing", "floor") == ()
    assert life.passes(minutes=3) == ()


def test_rule_9_bed_exit_after_sleep_outside_the_window_is_waking_up() -> None:
    life = Life()
    life.falls_asleep()
    life.till("09:30")
    life.posture("lying")
    assert life.gets_up()[1:] == (
        becomes(RoomState.WAKE, Why.GOT_UP, "camera", "mat"),
        lights("wake"),
        AudioPlay(room="bedroom", sound="wake"),
        AudioSay(room="bedroom", text="Good morning, Arman."),
    )
    assert life.passes(minutes=1) == (becomes(RoomState.OCCUPIED, Why.GOT_UP),)


def test_a_bed_that_felt_nobody_for_an_hour_in_a_room_where_nothing_stirs_is_left() -> None:
    life = Life()
    life.till("22:00")
    life.comes_home()
    life.felt()
    life.passes(minutes=30)
    life.till("03:00")
    life.let_go()
    assert life.passes(minutes=59) == ()
    assert life.passes(minutes=1) == (becomes(RoomState.EMPTY, Why.LEFT),)


def test_a_room_without_a_bed_sensor_that_was_told_to_sleep_wakes_with_who_moves_in_the_morning() -> None:
    life = Life()
    life.till("23:00")
    life.comes_home()
    assert life.asked("sleep") == (lights("sleep"), becomes(RoomState.SLEEP, Why.ASKED, "agent"))
    life.till("04:00")
    assert life.seen() == ()
    life.till("10:00")
    assert lines(life.seen()) == ["Good morning, Arman."]


def test_rule_10_a_guest_who_gets_up_in_quiet_hours_is_not_lit() -> None:
    life = Life()
    life.falls_asleep()
    life.tell(QuietSet, "app", on=True)
    life.till("02:00")
    assert told(life.gets_up()) == ["room.bed_exit"]


def test_sleep_mode_by_day_is_not_undone_by_the_next_step() -> None:
    life = Life()
    life.till("14:00")
    life.seen()
    life.said("sleep mode")
    life.passes(seconds=10)
    assert life.seen() == ()
    assert life.room.sleeping
    life.passes(minutes=10)
    assert lines(life.seen()) == ["Good morning, Arman."]


def test_sleep_mode_said_on_the_way_to_bed_lights_no_way() -> None:
    life = Life()
    life.till("22:00")
    life.posture("standing", "floor")
    life.said("sleep mode")
    assert told(life.passes(minutes=1)) == []
    life.posture("lying")
    assert told(life.passes(hours=1)) == []
    assert life.room.sleeping


def test_sleep_mode_of_who_never_went_to_bed_ends_in_the_morning() -> None:
    life = Life()
    life.till("22:00")
    life.posture("standing", "floor")
    life.asked("sleep")
    life.unseen()
    life.till("09:30")
    life.posture("standing", "floor")
    assert lines(life.passes(seconds=4)) == ["Good morning, Arman."]


def test_rule_4_still_awake_from_sleep_holds_for_an_hour_and_no_longer() -> None:
    life = Life()
    life.till("22:00")
    life.comes_home()
    life.felt()
    life.passes(minutes=30)
    assert life.room.sleeping
    life.awake()
    life.passes(minutes=59)
    assert not life.room.sleeping
    life.passes(minutes=2)
    assert life.room.sleeping


def test_the_light_of_the_way_beside_a_sleeping_partner_goes_out() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.sets(alarm(side="left"))
    life.till("22:00")
    life.comes_home()
    life.felt("left", side="left")
    life.felt("right", side="right")
    life.till("07:00")
    life.let_go("left", side="left")
    life.seen("pir")
    assert lights("path") in life.passes(seconds=76)
    assert lights("sleep") in life.passes(minutes=6)
