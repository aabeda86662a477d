"""Design §3, rules 3, 4, 5, 9 and 10; PRD Epic 2, §5.2, phase 3, §9 (Sleep Scene, Wake Scene), §15."""

from datetime import time, timedelta

import pytest

from custom_components.athena.brain.commands import (
    AudioSay,
    CancelSleepTransition,
    DeviceOff,
    DeviceOn,
    LightsRestore,
    LightsSetState,
)
from custom_components.athena.brain.errors import RingingError
from custom_components.athena.brain.events import (
    QuietSet,
    RoomForced,
    Sleeping,
    SleepReported,
    WakeWord,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, becomes, lights, lines, told

FELL_ASLEEP = (becomes(RoomState.SLEEP, Why.FELL_ASLEEP, "camera"), lights("sleep"))


def lies_down(at: str = "22:00") -> Life:
    life = Life()
    life.till(at)
    life.comes_home()
    life.posture("lying", motion=0.1)
    return life


def test_prd_9_sleep_scene_lying_with_low_motion_for_ten_minutes_silently() -> None:
    life = lies_down()
    assert life.passes(minutes=9, seconds=59) == ()
    assert life.passes(seconds=1) == FELL_ASLEEP
    assert life.room.sleeping


def test_prd_5_2_motion_starts_the_ten_minutes_anew() -> None:
    life = lies_down()
    life.passes(minutes=9)
    life.posture("lying", motion=0.6)
    assert life.passes(minutes=9) == ()
    life.posture("lying", motion=0.0)
    assert life.passes(minutes=1) == FELL_ASLEEP


def test_prd_5_2_sitting_up_is_not_sleeping() -> None:
    life = lies_down()
    life.passes(minutes=9)
    life.posture("sitting")
    assert life.passes(hours=2) == ()


def test_prd_5_2_lying_elsewhere_is_not_sleeping() -> None:
    life = Life()
    life.till("22:00")
    life.posture("lying", "floor")
    assert life.passes(hours=2) == ()


def test_prd_5_2_a_posture_of_low_confidence_says_nothing() -> None:
    life = Life()
    life.till("22:00")
    life.posture("lying", confidence=0.3)
    assert life.passes(minutes=30) == ()


def test_prd_5_2_time_of_day_by_day_it_takes_sleep_after_by_day() -> None:
    life = lies_down("14:00")
    assert life.passes(minutes=24, seconds=59) == ()
    assert life.passes(seconds=1) == FELL_ASLEEP


def test_prd_5_2_around_8_pm_sleep_becomes_likely() -> None:
    life = lies_down("19:49")  # it lies down at 19:50, ten minutes before the window
    assert life.passes(minutes=10) == FELL_ASLEEP


def test_rule_3_a_blanket_over_the_face_does_not_wake_anybody() -> None:
    life = lies_down()
    life.passes(minutes=5)
    life.unseen()
    assert life.passes(minutes=5) == FELL_ASLEEP


def test_rule_3_a_mat_alone_takes_longer_since_it_cannot_see_who_reads() -> None:
    life = Life()
    life.till("22:00")
    life.comes_home()
    life.felt()
    assert life.passes(minutes=24) == ()
    assert life.passes(minutes=1) == (becomes(RoomState.SLEEP, Why.FELL_ASLEEP, "mat"), lights("sleep"))


def test_rule_3_whoever_is_only_felt_and_stirs_may_be_reading() -> None:
    life = Life()
    life.till("22:00")
    life.felt()
    for _ in range(6):
        assert told(life.passes(minutes=20)) == []
        life.seen()
    assert life.passes(minutes=25) != ()


def test_rule_3_a_mat_that_lets_go_for_a_moment_does_not_start_anew() -> None:
    life = Life()
    life.till("22:00")
    life.felt()
    life.passes(minutes=20)
    life.let_go()
    life.passes(seconds=30)
    life.felt()
    assert life.passes(minutes=5) != ()


def test_rule_3_a_mat_that_was_empty_for_long_does() -> None:
    life = Life()
    life.till("22:00")
    life.seen("mmwave")
    life.felt()
    life.passes(minutes=20)
    life.let_go()
    assert life.passes(minutes=9) == ()
    life.felt()
    assert life.passes(minutes=24) == ()
    assert life.passes(minutes=1) != ()


def test_prd_15_vision_sleep_state_is_believed_at_night_and_needs_longer_by_day() -> None:
    life = Life()
    life.till("22:00")
    life.seen("mmwave")
    assert life.tell(SleepReported, "camera", state=Sleeping.SLEEPING) == FELL_ASLEEP
    life = Life()
    life.till("13:00")
    life.seen("mmwave")
    assert life.tell(SleepReported, "camera", state=Sleeping.SLEEPING) == ()
    assert life.passes(minutes=15) == FELL_ASLEEP


def test_prd_15_vision_sleep_state_awake_takes_it_back() -> None:
    life = lies_down()
    life.passes(minutes=5)
    life.tell(SleepReported, "camera", state=Sleeping.AWAKE)
    assert life.passes(minutes=30) == ()


def test_prd_15_still_awake_while_sleep_is_pending_cancels_it_and_stays_occupied() -> None:
    life = lies_down()
    life.passes(minutes=9)
    assert life.awake() == (CancelSleepTransition(room="bedroom"),)
    assert life.passes(minutes=59) == ()
    assert life.room.state is RoomState.OCCUPIED


def test_rule_4_the_hold_ends_after_awake_hold() -> None:
    life = lies_down()
    life.passes(minutes=9)
    life.awake()
    assert life.passes(minutes=60) == FELL_ASLEEP


def test_prd_11_still_awake_cancels_a_sleep_that_has_begun() -> None:
    life = lies_down()
    life.passes(minutes=10, seconds=5)
    assert life.said("Arvis, I'm still awake") == (
        CancelSleepTransition(room="bedroom"),
        becomes(RoomState.OCCUPIED, Why.STILL_AWAKE, "agent"),
        LightsRestore(room="bedroom"),
        AudioSay(room="bedroom", text="Sleep mode disabled."),
    )
    assert life.passes(minutes=50) == ()


def test_prd_15_a_voice_command_in_sleep_is_executed_and_not_ignored() -> None:
    life = Life()
    life.falls_asleep()
    assert life.said("Arvis, turn on the lights") == (
        LightsSetState(room="bedroom", state="on"),
        AudioSay(room="bedroom", text="Lights on."),
    )
    assert life.said("focus mode") == (lights("focus"), AudioSay(room="bedroom", text="Focus mode."))
    assert life.room.sleeping


def test_prd_7_phase_1_lights_scenes_and_plugs_obey_in_an_empty_room() -> None:
    life = Life()
    life.tell(WakeWord, "satellite")
    assert LightsSetState(room="bedroom", state="off") in life.said("lights off")
    assert lines(life.said("night mode")) == ["Night mode."]
    assert DeviceOn(room="bedroom", device="lamp") in life.said("turn on the lamp")
    assert DeviceOff(room="bedroom", device="record_player") in life.said("turn off the record player")
    assert lines(life.said("fetch me a cup of tea")) == ["I didn't catch that."]


def test_rule_5_anyone_asleep_keeps_the_room_dark_for_who_comes_in() -> None:
    life = Life()
    life.falls_asleep()
    life.passes(minutes=30)
    assert life.seen("pir") == ()
    assert life.posture("lying") == ()


def test_rule_5_lights_dim_for_the_sleeper_regardless_of_what_was_chosen() -> None:
    life = lies_down()
    life.asked("focus")
    assert life.passes(minutes=10) == FELL_ASLEEP


def test_rule_2_sleep_never_empties_by_a_pirs_silence() -> None:
    life = Life()
    life.falls_asleep()
    life.cleared()
    life.unseen()
    assert life.passes(hours=9) == ()
    assert life.room.sleeping


def test_rule_10_quiet_hours_say_nothing_and_do_nothing_by_themselves_but_lights_obey() -> None:
    life = Life()
    life.tell(QuietSet, "app", on=True)
    assert life.seen() == (becomes(RoomState.OCCUPIED, Why.CAME_IN, "pir"),)
    assert life.asked("night") == (lights("night"),)
    assert life.said("lights off") == (LightsSetState(room="bedroom", state="off"),)
    assert life.passes(minutes=20) == (becomes(RoomState.EMPTY, Why.LEFT),)
    assert life.room.quiet


def test_prd_5_2_quiet_mode_for_guests_by_voice() -> None:
    life = Life()
    assert lines(life.said("Arvis, quiet mode")) == ["Quiet mode."]
    assert life.room.quiet
    assert lines(life.said("quiet mode off")) == ["Understood."]
    assert not life.room.quiet


def test_a_person_can_say_what_state_a_room_is_in() -> None:
    life = Life()
    life.falls_asleep()
    orders = life.tell(RoomForced, "app", state=RoomState.OCCUPIED)
    assert orders == (becomes(RoomState.OCCUPIED, Why.FORCED, "app"),)
    assert life.tell(RoomForced, "app", state=RoomState.OCCUPIED) == ()


@pytest.mark.parametrize("state", RoomState)
def test_a_room_whose_alarm_rings_is_not_told_what_state_it_is_in(state: RoomState) -> None:
    life = Life()
    life.rings()
    before = life.house.as_dict()
    with pytest.raises(RingingError):
        life.tell(RoomForced, "app", state=state)
    assert life.house.as_dict() == before
    assert life.room.ringing == ("morning",)


def test_whoever_gets_up_before_falling_asleep_is_just_up() -> None:
    life = lies_down()
    life.felt()
    life.passes(minutes=3)
    assert told(life.gets_up()) == ["room.bed_exit"]
    assert life.passes(minutes=30) == ()
    assert life.room.state is RoomState.OCCUPIED


def test_rule_3_the_window_is_a_setting() -> None:
    life = Life(RoomSettings(room="bedroom", sleep_window=(time(13), time(15)), sleep_after=timedelta(minutes=5)))
    life.till("14:00")
    life.posture("lying")
    assert told(life.passes(minutes=5)) == ["room.set_state", "lights.set_scene"]
