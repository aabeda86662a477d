"""Design §3, rule 8: no alarm fails silently, and none is stuck."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from custom_components.athena.brain.commands import (
    AlarmStart,
    LightsSetScene,
    Notice,
    Notify,
)
from custom_components.athena.brain.events import (
    AlarmTrigger,
    PersonAway,
    PersonHome,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import SEVEN, START, Life, alarm, lines, notices, ringing, stop, told


def test_rule_8_the_cap_ends_the_noise_notifies_and_rings_again_three_times() -> None:
    life = ringing()
    orders = life.passes(minutes=30)
    assert orders[-2:] == (
        stop(Why.CAP),
        Notify(
            room="bedroom",
            notice=Notice.ALARM_CAP,
            text="Arman has not got up. It rings again in ten minutes.",
            alarm="morning",
            second_person=True,
        ),
    )
    for _ in range(3):
        assert told(life.passes(minutes=9, seconds=59)) == []
        assert told(life.passes(seconds=1)) == ["alarm.start", "audio.play", "audio.say"]
        life.passes(minutes=29)
        orders = life.passes(minutes=1)
        assert stop(Why.CAP) in orders
    assert notices(orders) == [Notice.ALARM_MISSED]
    assert life.room.state is RoomState.SLEEP
    assert told(life.till("23:00")) == []


def test_rule_8_getting_up_in_a_pause_ends_it_for_good() -> None:
    life = ringing()
    life.passes(minutes=31)
    orders = life.gets_up()
    assert lines(orders) == ["Good morning, Arman."]
    assert "alarm.stop" not in told(orders)  # nothing makes noise
    assert told(life.passes(minutes=15)) == []


def test_rule_8_already_up_with_a_witness_for_up_for_light_and_one_greeting() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:30")
    life.posture("lying")
    life.gets_up()
    assert life.till("06:59") == (LightsSetScene(room="bedroom", scene="sleep"),)  # no sunrise for who is up
    orders = life.till("07:00")
    assert told(orders) == ["lights.set_scene", "audio.say", "room.set_state"]
    assert lines(orders) == ["Good morning, Arman."]
    assert life.room.ringing == ()


def test_rule_8_up_for_less_than_up_for_rings() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:57")
    life.posture("lying")
    life.gets_up()
    assert START in life.till("07:00")


def test_rule_8_of_two_sleepers_a_camera_alone_does_not_know_which_one_stands_there() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.sets()
    life.till("22:00")
    life.posture("lying")
    life.till("06:50")
    life.unseen()
    life.posture("standing", "floor")
    life.passes(minutes=2)
    life.unseen()
    assert START in life.till("07:00")
    life.posture("standing", "floor")
    assert "alarm.stop" not in told(life.passes(minutes=3))
    assert stop(Why.BUTTON) in life.pressed()


def test_rule_8_who_got_up_and_may_be_back_unseen_is_not_up_already() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:30")
    life.lost("mat")
    life.posture("standing", "floor")
    life.passes(minutes=1)
    life.seen("mmwave")
    life.unseen()
    assert START in life.till("07:00")


def test_rule_8_who_got_up_and_left_an_empty_room_is_up_already() -> None:
    life = Life()
    life.sets()
    life.till("22:00")
    life.comes_home()
    life.posture("lying")
    life.till("06:10")
    life.posture("standing", "floor")
    life.passes(minutes=1)
    life.unseen()
    assert "alarm.start" not in told(life.till("07:00"))
    assert life.room.state is not RoomState.WAKE


def test_rule_8_a_phone_that_says_away_does_not_outweigh_who_is_in_bed() -> None:
    life = Life()
    life.sets()
    life.felt()
    life.tell(PersonAway, "person.arman")
    assert START in life.till("07:00")
    blanket = Life()
    blanket.sets()
    blanket.falls_asleep()
    blanket.lost("mat")
    blanket.till("06:45")
    blanket.unseen()
    blanket.tell(PersonAway, "person.arman")
    assert START in blanket.till("07:00")


def test_rule_8_in_a_home_that_everybody_has_left_it_does_not_ring_again() -> None:
    life = Life()
    life.sets()
    life.till("07:00")
    life.tell(PersonAway, "person.arman")
    assert stop(Why.CAP) in life.passes(minutes=30)
    assert told(life.till("19:00")) == ["room.set_state"]
    assert life.room.state is not RoomState.WAKE


def test_rule_8_nobody_home_is_a_notification_only() -> None:
    life = Life()
    life.sets()
    life.tell(PersonAway, "person.arman")
    life.till("20:00")
    assert told(life.till("06:59")) == []
    orders = life.till("07:00")
    assert notices(orders) == [Notice.ALARM_NOBODY_HOME]
    assert told(orders) == ["notify"]


def test_rule_8_somebody_home_or_unknown_rings() -> None:
    life = Life()
    life.sets()
    life.tell(PersonAway, "person.arman")
    life.tell(PersonHome, "person.roya")
    assert START in life.till("07:00")
    unknown = Life()
    unknown.sets()
    assert START in unknown.till("07:00")


def test_rule_8_a_restart_inside_grace_rings() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:59:59")
    life.restarts(away=timedelta(minutes=44))
    assert START in life.passes(seconds=1)


def test_rule_8_a_restart_after_grace_tells_that_it_was_missed() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:59:59")
    life.restarts(away=timedelta(minutes=46))
    orders = life.passes(seconds=1)
    assert notices(orders) == [Notice.ALARM_MISSED]
    assert "alarm.start" not in told(orders)
    assert life.room.clocks[0].next == SEVEN + timedelta(days=1)


def test_rule_8_a_ring_goes_on_after_a_restart_as_the_same_one() -> None:
    life = ringing()
    life.passes(seconds=30)
    orders = life.restarts(away=timedelta(minutes=2))
    assert orders == (
        AlarmStart(
            room="bedroom",
            alarm="morning",
            profile="morning_default",
            occurrence=SEVEN,
            why=Why.ALARM_AGAIN,
        ),
    )
    assert lines(life.passes(seconds=1)) == ["Arman, wake up now."]
    life.felt()
    life.let_go()
    life.posture("standing", "floor")
    assert stop(Why.OUT_OF_BED) in life.passes(seconds=4)


def test_rule_8_a_ring_whose_cap_passed_while_away_pauses() -> None:
    life = ringing()
    life.restarts(away=timedelta(minutes=40))
    assert stop(Why.CAP) in life.passes(seconds=1)


def test_the_same_alarm_told_twice_rings_once() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:59:59")
    first = life.tell(AlarmTrigger, "scheduler", alarm="morning")
    assert told(first).count("alarm.start") == 1
    assert "alarm.start" not in told(life.passes(seconds=5))
    assert life.tell(AlarmTrigger, "scheduler", alarm="morning") == ()


def test_prd_15_scheduler_alarm_trigger_rings_an_alarm_that_somebody_else_keeps() -> None:
    life = Life()
    life.falls_asleep()
    orders = life.tell(AlarmTrigger, "scheduler", alarm="phone")
    assert "alarm.start" in told(orders)
    assert "Arman, wake up now." in lines(orders)


def test_an_alarm_at_half_past_two_on_the_night_that_skips_it_rings_all_the_same() -> None:
    zone = ZoneInfo("Europe/Paris")
    life = Life(RoomSettings(room="bedroom", zone=zone), now=datetime(2026, 3, 28, 20, tzinfo=UTC))
    life.sets(alarm("02:30"))
    assert "alarm.start" in told(life.passes(hours=5))  # 01:00 UTC is 03:00 there: 02:30 never comes
    assert life.now.astimezone(zone).hour == 3


def test_an_alarm_that_comes_twice_rings_once() -> None:
    zone = ZoneInfo("Europe/Paris")
    life = Life(RoomSettings(room="bedroom", zone=zone), now=datetime(2026, 10, 24, 20, tzinfo=UTC))
    life.sets(alarm("02:30"))
    life.passes(hours=4, minutes=31)
    life.dismissed()
    assert "alarm.start" not in told(life.passes(hours=5))


def test_rule_8_a_phone_that_is_lost_is_not_away() -> None:
    life = Life()
    life.sets()
    life.tell(PersonAway, "person.arman")
    life.lost("person.arman")
    assert START in life.till("07:00")


def test_rule_8_up_is_the_sleeper_of_the_alarm_and_not_the_other_one() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.sets(alarm(side="left"))
    life.till("22:00")
    life.comes_home()
    life.felt("left", side="left")
    life.felt("right", side="right")
    life.till("06:00")
    life.let_go("right", side="right")
    life.seen("pir")
    life.till("06:58")
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=40)
    assert START in life.till("07:00")


def test_rule_8_a_dead_camera_cannot_tell_that_nobody_went_back_to_bed() -> None:
    life = Life()
    life.sets()
    life.till("22:00")
    life.comes_home()
    life.posture("lying")
    life.till("06:10")
    life.posture("standing", "floor")
    life.passes(minutes=1)
    life.lost("camera")
    assert START in life.till("07:00")


def test_a_floor_sensor_that_dies_while_it_sees_somebody_does_not_go_on_seeing_them() -> None:
    life = Life()
    life.sets()
    life.felt()
    life.till("07:00")
    life.seen("pir", held=True)
    life.lost("pir")
    life.passes(seconds=40)
    life.let_go()
    assert "alarm.stop" not in told(life.passes(minutes=2))


def test_rule_8_who_never_went_to_bed_is_up_already() -> None:
    life = Life()
    life.sets()
    life.till("06:30")
    life.posture("standing", "floor")
    for _ in range(29):
        life.passes(minutes=1)
        life.posture("standing", "floor")
    assert START not in life.till("07:00")


def test_an_alarm_that_follows_an_early_riser_is_not_called_off_by_their_minute() -> None:
    life = Life()
    life.sets(alarm("09:01"))
    life.falls_asleep()
    life.till("09:00")
    life.posture("lying")
    life.gets_up()
    life.felt()
    life.posture("lying")
    life.till("09:01")
    assert life.room.state is RoomState.WAKE
    life.passes(seconds=50)
    assert life.room.state is RoomState.WAKE


def test_two_alarms_of_which_one_finds_its_sleeper_up_leave_the_room_waking() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.sets(alarm(side="left"))
    life.sets(alarm("07:05", id="hers", side="right"))
    life.till("22:00")
    life.comes_home()
    life.felt("left", side="left")
    life.felt("right", side="right")
    life.till("06:30")
    life.let_go("right", side="right")
    life.seen("pir")
    life.till("07:00")
    orders = life.till("07:06")
    assert life.room.state is RoomState.WAKE
    assert "alarm.stop" not in told(orders)


def test_rule_8_a_mat_that_died_saying_empty_lets_nobody_sleep_on() -> None:
    life = Life()
    life.sets()
    life.till("21:30")
    life.felt()
    life.till("22:30")
    life.let_go()  # it dies, and says so all night
    life.till("06:40")
    life.seen("pir")
    assert START in life.till("07:00")
    life.seen("pir")
    assert "alarm.stop" not in told(life.passes(minutes=2))
    assert stop(Why.BUTTON) in life.pressed()
