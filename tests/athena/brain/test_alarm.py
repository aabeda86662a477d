"""Design §3, rules 7 and 8; PRD §5.2, phase 3, §9 (Alarm Sequence), §15."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.athena.brain import profiles
from custom_components.athena.brain.commands import (
    AlarmStart,
    AlarmStop,
    AudioPlay,
    AudioSay,
    Command,
    LightsAnimate,
    LightsRestore,
    LightsSetScene,
    MusicPlay,
    MusicStop,
    Notice,
    Notify,
    RoomSetState,
)
from custom_components.athena.brain.errors import (
    DebugWitnessError,
    NothingRingsError,
    NoWitnessError,
    PastAlarmError,
    UnknownAlarmError,
)
from custom_components.athena.brain.events import (
    AlarmDeleted,
    AlarmSkipped,
    AlarmTrigger,
    BedExitReported,
    MusicPlaying,
    MusicStopped,
    PersonAway,
    PersonHome,
    QuietSet,
    SoundFailed,
    SoundHeard,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Music, RoomSettings, Weekday

from .life import Life, alarm, lines, told

SEVEN = datetime(2026, 1, 6, 7, tzinfo=UTC)
START = AlarmStart(room="bedroom", alarm="morning", profile="morning_default", occurrence=SEVEN)


def stop(why: Why) -> AlarmStop:
    return AlarmStop(room="bedroom", alarm="morning", occurrence=SEVEN, why=why)


def volumes(orders: tuple[Command, ...]) -> list[float | None]:
    return [order.volume for order in orders if isinstance(order, AudioSay)]


def ringing() -> Life:
    life = Life()
    life.rings()
    assert life.room.ringing == ("morning",)
    return life


def notices(orders: tuple[Command, ...]) -> list[Notice]:
    return [order.notice for order in orders if isinstance(order, Notify)]


# ---- it rings (PRD §9)


def test_prd_9_alarm_sequence_light_line_and_alarm_start_at_the_hour() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:59")
    assert life.till("07:00") == (
        RoomSetState(room="bedroom", state=RoomState.WAKE, why=Why.ALARM),
        LightsSetScene(room="bedroom", scene="wake"),
        START,
        AudioPlay(room="bedroom", sound="alarm", volume=0.4, urgent=True),
        AudioSay(room="bedroom", text="Arman, wake up now.", volume=0.4, urgent=True),
    )


def test_prd_9_the_line_is_repeated_every_ten_to_fifteen_seconds_a_little_louder() -> None:
    life = ringing()
    said: list[tuple[float, float | None]] = []
    for second in range(1, 121):
        orders = life.passes(seconds=1)
        assert set(lines(orders)) <= {"Arman, wake up now."}
        said += [(second, volume) for volume in volumes(orders)]
    gaps = [later[0] - earlier[0] for earlier, later in zip(said, said[1:], strict=False)]
    assert all(10 <= gap <= 15 for gap in gaps)
    loudness = [volume for _, volume in said if volume is not None]
    assert len(loudness) == len(said) == 10
    assert loudness == sorted(set(loudness))


@pytest.mark.parametrize("profile", profiles.ALL.values(), ids=profiles.ALL)
def test_prd_9_every_profile_keeps_to_ten_to_fifteen_seconds_and_grows_louder(profile: profiles.Profile) -> None:
    assert timedelta(seconds=10) <= profile.every <= timedelta(seconds=15)
    assert profile.volume_of(0) < profile.volume_of(1) <= profile.volume_of(100) == 1.0


def test_a_profile_that_is_gone_wakes_as_the_default_does() -> None:
    assert profiles.profile_of("disco").key == "morning_default"


def test_prd_7_phase_4_gradual_wake_light_ten_to_fifteen_minutes_before() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    assert life.till("06:47") == ()
    assert life.till("06:48") == (LightsAnimate(room="bedroom", animation="sunrise", duration=720.0),)
    assert timedelta(minutes=10) <= RoomSettings(room="").sunrise <= timedelta(minutes=15)


def test_a_profile_without_a_sunrise_stays_dark_until_the_hour() -> None:
    life = Life()
    life.sets(alarm(profile="firm"))
    life.falls_asleep()
    assert life.till("06:59") == ()


def test_an_alarm_set_within_its_sunrise_begins_it_at_once() -> None:
    life = Life()
    life.falls_asleep()
    life.till("06:55")
    assert life.sets() == (LightsAnimate(room="bedroom", animation="sunrise", duration=300.0),)


# ---- it ends by leaving the bed (rule 7)


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
    assert "alarm.stop" not in told(life.passes(minutes=4, seconds=59))
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


# ---- a bed that two share


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
    assert "alarm.stop" not in told(life.passes(seconds=29))
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
    assert life.room.ringing == ("morning", "hers")
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=30)
    assert life.room.ringing == ("hers",)
    assert life.room.state is RoomState.WAKE


def test_a_partner_who_comes_to_a_bed_of_one_mat_does_not_arm_it_again() -> None:
    life = Life(RoomSettings(room="bedroom", shared_bed=True))
    life.rings()
    life.let_go()
    life.posture("standing", "floor")
    life.passes(seconds=30)
    assert life.room.ringing == ()
    assert life.felt() == ()


def test_a_partner_on_the_other_side_does_not_arm_it_again_but_the_sleeper_does() -> None:
    life = shared(side="left")
    life.let_go("left", side="left")
    life.seen("pir")
    life.passes(seconds=31)
    assert "alarm.start" not in told(life.felt("right", side="right"))
    assert "alarm.start" in told(life.felt("left", side="left"))


# ---- the button, the app, and cheats (rule 8)


def test_rule_8_the_button_does_not_stop_it_while_the_witnesses_work() -> None:
    life = ringing()
    assert lines(life.pressed()) == ["Out of bed first."]
    assert life.room.ringing == ("morning",)


def test_rule_8_the_button_stops_it_where_no_witness_works() -> None:
    life = ringing()
    life.unseen()
    life.lost("mat")
    orders = life.pressed()
    assert told(orders) == ["alarm.stop", "room.set_state", "audio.say"]
    assert stop(Why.BUTTON) in orders


def test_rule_8_the_button_stops_it_where_the_witnesses_contradict_each_other() -> None:
    life = ringing()  # a cat has taken the warm place
    life.posture("standing", "floor")
    life.passes(seconds=29)
    assert "alarm.stop" not in told(life.pressed())
    life.passes(seconds=1)
    assert "alarm.stop" in told(life.pressed())


def test_a_button_pressed_while_nothing_rings_is_a_button() -> None:
    assert Life().pressed()[1:] == ()


def test_rule_8_a_stop_in_the_app_always_exists_and_does_not_arm_again() -> None:
    life = ringing()
    assert stop(Why.APP) in life.dismissed()
    assert "alarm.start" not in told(life.felt())


def test_a_stop_where_nothing_rings_is_refused() -> None:
    with pytest.raises(NothingRingsError):
        Life().dismissed()


def test_rule_8_a_debug_event_is_never_a_witness() -> None:
    life = ringing()
    life.let_go("debug")
    life.tell(BedExitReported, "debug")
    life.posture("standing", "floor", by="debug")
    life.seen("debug")
    life.pressed("debug")
    with pytest.raises(DebugWitnessError):
        life.dismissed("debug")
    assert "alarm.stop" not in told(life.passes(minutes=5))
    assert life.room.ringing == ("morning",)


@pytest.mark.parametrize("cheat", ["disable", "delete", "quiet", "later", "sleep scene"])
def test_rule_8_what_is_changed_while_it_rings_touches_only_the_next_occurrence(cheat: str) -> None:
    life = ringing()
    match cheat:
        case "disable":
            orders = life.sets(alarm(enabled=False))
        case "delete":
            orders = life.tell(AlarmDeleted, "app", alarm="morning")
        case "quiet":
            orders = life.tell(QuietSet, "app", on=True)
        case "later":
            orders = life.sets(alarm("09:00"))
        case _:
            orders = life.asked("sleep")
    assert "alarm.stop" not in told(orders)
    assert lines(life.passes(seconds=12)) == ["Arman, wake up now."]
    assert stop(Why.OUT_OF_BED) in life.gets_up()


def test_rule_10_alarms_with_their_voice_light_and_stop_rule_are_exempt_from_quiet_hours() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.tell(QuietSet, "app", on=True)
    assert told(life.till("06:48")) == ["lights.animate"]
    life.posture("lying")
    assert told(life.till("07:00")) == [
        "room.set_state",
        "lights.set_scene",
        "alarm.start",
        "audio.play",
        "audio.say",
    ]
    assert lines(life.gets_up()) == ["Good morning, Arman."]


# ---- it is not missed, and not stuck (rule 8)


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
    assert told(life.till("19:00")) == []


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


# ---- setting, skipping, deleting


def test_weekdays_recur_and_one_shots_do_not() -> None:
    life = Life()  # a Monday evening
    life.sets(alarm(weekdays=frozenset({Weekday.TUE, Weekday.THU})))
    life.sets(alarm("08:00", id="once", weekdays=frozenset()))
    assert [clock.next for clock in life.room.clocks] == [SEVEN, SEVEN + timedelta(hours=1)]
    life.till("07:00")
    life.dismissed()
    life.till("08:00")
    assert life.room.ringing == ("once",)
    life.dismissed()
    assert [(clock.alarm.id, clock.next) for clock in life.room.clocks] == [("morning", SEVEN + timedelta(days=2))]


def test_skip_next_leaves_one_out_and_can_be_taken_back() -> None:
    life = Life()
    life.sets()
    life.tell(AlarmSkipped, "agent", alarm="morning")
    assert life.room.clocks[0].skipped == SEVEN
    assert life.room.clocks[0].next == SEVEN + timedelta(days=1)
    life.tell(AlarmSkipped, "agent", alarm="morning")  # twice is once
    assert life.room.clocks[0].next == SEVEN + timedelta(days=1)
    life.tell(AlarmSkipped, "agent", alarm="morning", skip=False)
    assert life.room.clocks[0].next == SEVEN
    life.tell(AlarmSkipped, "agent", alarm="morning")
    assert told(life.till("07:00")) == []
    life.till("06:59")
    assert "alarm.start" in told(life.till("07:00"))


def test_a_one_shot_that_is_skipped_is_forgotten_once_its_hour_is_over() -> None:
    life = Life()
    life.sets(alarm(weekdays=frozenset()))
    life.sets(alarm("08:00", id="other"))
    life.tell(AlarmSkipped, "agent", alarm="morning")
    assert [clock.next for clock in life.room.clocks][0] is None
    life.till("08:00")
    assert [clock.alarm.id for clock in life.room.clocks] == ["other"]


def test_a_changed_alarm_keeps_its_skip_and_a_disabled_one_does_not_ring() -> None:
    life = Life()
    life.sets()
    life.tell(AlarmSkipped, "agent", alarm="morning")
    life.sets(alarm(name="work"))
    assert life.room.clocks[0].skipped == SEVEN
    life.sets(alarm(enabled=False))
    assert life.room.next_clock is None
    assert told(life.passes(hours=30)) == []


@pytest.mark.parametrize("end", ["skip", "delete", "disable"])
def test_a_sunrise_of_an_alarm_that_is_called_off_is_taken_back(end: str) -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:50")
    match end:
        case "skip":
            orders = life.tell(AlarmSkipped, "agent", alarm="morning")
        case "delete":
            orders = life.tell(AlarmDeleted, "app", alarm="morning")
        case _:
            orders = life.sets(alarm(enabled=False))
    assert orders == (LightsRestore(room="bedroom"),)
    assert "alarm.start" not in told(life.till("07:30"))


def test_whoever_gets_up_during_the_sunrise_is_waking_and_not_on_a_visit() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:50")
    life.posture("lying")
    orders = life.gets_up()
    assert LightsSetScene(room="bedroom", scene="wake") in orders
    assert lines(life.till("07:00")) == ["Good morning, Arman."]


@pytest.mark.parametrize(("kind", "payload"), [(AlarmDeleted, {}), (AlarmSkipped, {"skip": True})])
def test_an_alarm_that_does_not_exist_is_refused(kind: type, payload: dict[str, bool]) -> None:
    with pytest.raises(UnknownAlarmError, match="tea"):
        Life().tell(kind, "app", alarm="tea", **payload)


def test_an_alarm_for_a_day_that_is_over_is_refused() -> None:
    life = Life()
    with pytest.raises(PastAlarmError):
        life.sets(alarm(weekdays=frozenset(), date=date(2026, 1, 4)))
    assert life.room.clocks == ()


def test_rule_8_an_alarm_is_only_saved_with_a_witness_a_button_or_the_apps_stop_acknowledged() -> None:
    life = Life()
    with pytest.raises(NoWitnessError):
        life.sets(alarm(app_stop=False))
    assert life.room.clocks == ()
    life.sets(alarm(app_stop=True))
    camera = Life()
    camera.posture("sitting", "desk")
    camera.sets(alarm(app_stop=False))
    button = Life(RoomSettings(room="bedroom", sensors={"event.bedside": SensorKind.BUTTON}))
    button.sets(alarm(app_stop=False))
    assert len(camera.room.clocks) == len(button.room.clocks) == 1


def test_a_mat_and_a_pir_are_two_witnesses_and_a_mat_is_one() -> None:
    life = Life()
    life.felt()
    assert not life.room.witnesses().enough
    life.seen()
    assert life.room.witnesses().enough
    life.lost("mat")
    assert not life.room.witnesses().enough
    assert (life.room.witnesses().working, life.room.witnesses().lost) == (("pir",), ("mat",))


def test_rule_8_athena_says_the_evening_before_that_a_witness_is_missing() -> None:
    life = Life(RoomSettings(room="bedroom", sensors={"camera": SensorKind.CAMERA, "mat": SensorKind.MAT}))
    life.sets()
    life.seen("pir", held=True)
    orders = life.till("20:00")
    assert notices(orders) == [Notice.WITNESS_MISSING]
    assert lines(orders) == ["I can't see the bed. Only the app ends the 7 AM alarm."]


def test_rule_8_the_evening_is_silent_where_all_witnesses_work_or_no_alarm_is_near() -> None:
    life = Life()
    life.sets()
    life.posture("sitting", "desk")
    assert told(life.till("20:00")) == []
    far = Life()
    far.sets(alarm(weekdays=frozenset({Weekday.FRI})))
    assert told(far.till("20:00")) == []


# ---- clocks that change


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


# ---- what is heard


MUSIC = Music(player="media_player.desk", media="playlist")


def test_music_that_plays_is_the_sound_and_the_voice_goes_on() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    orders = life.till("07:00")
    assert MusicPlay(room="bedroom", player=MUSIC.player, media=MUSIC.media) in orders
    assert "audio.play" not in told(orders)
    life.passes(seconds=2)
    life.tell(MusicPlaying, MUSIC.player)
    later = life.passes(minutes=2)
    assert "audio.play" not in told(later)
    assert lines(later)
    assert MusicStop(room="bedroom", player=MUSIC.player) in life.dismissed()


def test_music_that_does_not_play_is_replaced_by_athenas_own_sound_within_eight_seconds() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    life.till("07:00")
    assert "audio.play" in told(life.passes(seconds=8))


def test_music_that_stops_while_it_rings_is_replaced_at_once() -> None:
    life = Life()
    life.sets(alarm(music=MUSIC))
    life.till("07:00")
    life.tell(MusicPlaying, MUSIC.player)
    life.tell(MusicPlaying, "media_player.kitchen")
    life.passes(minutes=1)
    assert "audio.play" in told(life.tell(MusicStopped, MUSIC.player))


def test_an_alarm_that_nothing_can_play_is_told_once() -> None:
    life = ringing()
    assert notices(life.tell(SoundFailed, "audio.play")) == [Notice.ALARM_UNHEARD]
    assert life.tell(SoundFailed, "audio.play") == ()
    assert life.room.unheard
    life.tell(SoundHeard, "audio.play")
    assert not life.room.unheard


def test_what_cannot_be_heard_while_nothing_rings_is_no_news() -> None:
    life = Life()
    assert life.tell(SoundFailed, "audio.play") == ()


def test_two_alarms_at_once_speak_with_one_voice_and_end_together() -> None:
    life = Life()
    life.sets()
    life.sets(alarm(id="second"))
    life.falls_asleep()
    life.till("06:59")
    life.posture("lying")
    orders = life.till("07:00")
    assert told(orders).count("alarm.start") == 2
    assert len(lines(orders)) == 1
    assert told(life.gets_up()).count("alarm.stop") == 2
