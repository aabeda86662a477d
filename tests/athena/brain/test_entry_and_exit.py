"""Design §3, rules 1, 2 and 6; PRD Epic 1, §5.1, phase 2, §9 (Welcome Scene, Exit Scene), §15, §16."""

from datetime import timedelta

import pytest

from custom_components.athena.brain.commands import (
    AudioSay,
    Command,
    LightsAnimate,
    LightsSetScene,
    RoomSetState,
    WaitCancel,
    WaitStart,
)
from custom_components.athena.brain.errors import UnknownSceneError
from custom_components.athena.brain.events import (
    LightsTouched,
    MotionDetected,
    RoomEmptyTimeout,
    RoomForced,
    SatelliteConnected,
    SatelliteLost,
    SensorLost,
    WakeWord,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, lines, told

SHIMMER = LightsAnimate(room="bedroom", animation="golden_shimmer", duration=2.5)
ENTRY_LIGHTS = LightsSetScene(room="bedroom", scene="entry")
EXIT_LIGHTS = LightsSetScene(room="bedroom", scene="exit")
WELCOME = AudioSay(room="bedroom", text="Welcome back, Arman.")
GOODBYE = AudioSay(room="bedroom", text="Goodbye.")


def occupied(by: str = "pir") -> RoomSetState:
    return RoomSetState(room="bedroom", state=RoomState.OCCUPIED, why=Why.CAME_IN, by=(by,))


EMPTY = RoomSetState(room="bedroom", state=RoomState.EMPTY, why=Why.LEFT)
WELCOMED = (occupied(), SHIMMER, ENTRY_LIGHTS, WELCOME)


def test_prd_9_welcome_scene_presence_while_empty_shimmers_settles_and_greets() -> None:
    assert Life().seen() == WELCOMED


@pytest.mark.parametrize("hour", range(24))
def test_prd_15_entry_at_any_hour_always_plays_the_welcome_scene_even_at_1_am(hour: int) -> None:
    life = Life()
    life.passes(hours=hour)
    assert life.seen() == WELCOMED


def test_rule_1_entry_plays_once_while_occupied() -> None:
    life = Life()
    life.seen()
    assert life.seen() == ()
    assert life.seen("mmwave") == ()


def test_rule_1_somebody_found_there_at_start_has_not_just_come_in() -> None:
    assert Life().seen(found=True) == (occupied(),)


@pytest.mark.parametrize("fact", ["a camera that sees somebody", "a bed that feels somebody"])
def test_rule_1_any_evidence_is_an_arrival(fact: str) -> None:
    life = Life()
    orders = life.posture("standing", "floor") if fact.startswith("a camera") else life.felt()
    assert told(orders)[:3] == ["room.set_state", "lights.animate", "lights.set_scene"]


@pytest.mark.parametrize("fact", ["felt", "lying"])
def test_whoever_is_first_seen_in_bed_at_night_has_not_just_come_in(fact: str) -> None:
    life = Life()
    life.till("01:50")
    orders = life.felt() if fact == "felt" else life.posture("lying")
    assert told(orders) == ["room.set_state"]


def test_rule_2_who_went_to_bed_and_is_lost_under_the_blanket_is_still_there() -> None:
    life = Life()
    life.till("22:00")
    life.comes_home()
    life.posture("sitting", "bed")
    life.unseen()
    assert EMPTY not in life.passes(hours=11)
    assert EMPTY in life.passes(hours=2)


def test_rule_2_who_was_lost_under_the_blanket_and_moved_about_since_may_have_left() -> None:
    life = Life()
    life.till("22:00")
    life.comes_home()
    life.posture("sitting", "bed")
    life.unseen()
    life.passes(minutes=5)
    life.seen("pir")
    assert EMPTY in life.passes(minutes=20)


def test_who_speaks_is_there_but_may_have_been_for_long() -> None:
    life = Life()
    assert life.tell(WakeWord, "satellite") == (occupied("satellite"),)


def test_a_room_that_only_hears_does_not_take_silence_for_a_goodbye() -> None:
    life = Life()
    life.tell(WakeWord, "satellite")
    assert life.passes(hours=1) == (EMPTY,)


def test_a_satellite_that_comes_and_goes_is_nobody() -> None:
    life = Life()
    assert life.tell(SatelliteConnected, "satellite") == ()
    assert life.tell(SatelliteLost, "satellite") == ()


def test_without_a_name_nobody_is_addressed() -> None:
    life = Life(RoomSettings(room="bedroom"))
    assert lines(life.seen()) == ["Welcome back."]


def test_prd_9_exit_scene_fades_and_says_goodbye_after_ten_minutes_without_motion() -> None:
    life = Life()
    life.seen()
    life.passes(minutes=1)
    life.cleared()
    assert life.passes(minutes=9, seconds=59) == ()
    assert life.passes(seconds=1) == (EMPTY, EXIT_LIGHTS, GOODBYE)


def test_prd_5_1_no_pir_for_x_minutes_empties_the_room_even_if_it_never_says_cleared() -> None:
    life = Life()
    life.seen()
    life.passes(minutes=9)
    life.seen()
    assert life.passes(minutes=9) == ()
    assert life.passes(minutes=1) == (EMPTY, EXIT_LIGHTS, GOODBYE)


def test_prd_15_a_sensors_own_timer_empties_the_room_once_empty_after_is_over() -> None:
    life = Life()
    life.seen(held=True)
    life.passes(minutes=30)
    life.tell(RoomEmptyTimeout, "pir")
    assert life.passes(minutes=10) == (EMPTY, EXIT_LIGHTS, GOODBYE)


def test_a_sensors_own_timer_empties_no_room_in_which_somebody_is_seen() -> None:
    life = Life()
    life.seen()
    life.posture("sitting", "desk")
    life.passes(minutes=15)
    life.tell(RoomEmptyTimeout, "pir")
    assert life.passes(hours=3) == ()


def test_rule_2_empty_after_is_a_setting() -> None:
    life = Life(RoomSettings(room="bedroom", empty_after=timedelta(minutes=3)))
    life.seen()
    assert life.passes(minutes=3)[0] == EMPTY


def test_rule_2_motion_in_the_meantime_takes_the_exit_back() -> None:
    life = Life()
    life.seen()
    life.cleared()
    life.passes(minutes=9)
    assert life.seen() == ()
    assert life.passes(minutes=9) == ()
    assert life.room.state is RoomState.OCCUPIED


@pytest.mark.parametrize("stays", ["mmwave", "camera", "mat"])
def test_rule_2_stillness_is_not_absence(stays: str) -> None:
    """A still person who is seen or felt holds the room, whatever a PIR's silence lasts."""
    life = Life()
    life.comes_home()
    if stays == "mmwave":
        life.seen("mmwave")
    elif stays == "camera":
        life.posture("sitting", "desk")
    else:
        life.felt()
        life.awake()
    assert EMPTY not in life.passes(hours=8)


def test_rule_2_a_second_sensor_that_clears_does_not_put_the_exit_off() -> None:
    life = Life()
    life.comes_home()
    life.passes(minutes=5)
    life.cleared("door")
    assert life.passes(minutes=5)[0] == EMPTY


def test_rule_2_a_pir_that_has_seen_somebody_for_six_hours_is_broken() -> None:
    life = Life()
    life.seen(held=True)
    assert life.passes(hours=6) == ()
    assert life.passes(minutes=10)[0] == EMPTY


def test_prd_16_a_sensor_that_is_lost_is_unknown_and_not_nobody() -> None:
    life = Life()
    life.seen(held=True)
    assert life.room.occupancy(life.now).occupied is True
    life.lost()
    assert life.passes(hours=5) == ()
    assert life.room.state is RoomState.OCCUPIED
    assert life.room.occupancy(life.now).occupied is None


def test_prd_16_a_room_goes_on_where_another_sensor_still_can_tell() -> None:
    life = Life()
    life.seen("mmwave")
    life.seen("pir")
    life.passes(minutes=1)
    life.cleared("pir")
    life.lost("mmwave")
    assert life.passes(minutes=19) == ()  # what it saw last counts for ten minutes more
    assert life.passes(minutes=2)[0] == EMPTY


def test_prd_16_a_sensor_that_returns_counts_from_then() -> None:
    life = Life()
    life.seen(held=True)
    life.lost()
    life.lost()
    life.passes(hours=5)
    life.cleared()
    assert life.passes(minutes=10)[0] == EMPTY


def test_a_lost_sensor_that_never_said_anything_is_no_evidence() -> None:
    life = Life()
    life.lost()
    assert life.room.occupancy(life.now).occupied is None
    assert life.room.occupancy(life.now).evidence == ()


def test_a_timer_of_a_sensor_that_has_never_seen_anybody_says_nothing() -> None:
    life = Life()
    assert life.tell(RoomEmptyTimeout, "pir") == ()
    assert life.room.state is RoomState.EMPTY


def test_what_is_heard_counts_for_two_minutes_more() -> None:
    life = Life()
    life.seen("pir")
    life.seen("sound")
    assert life.passes(minutes=11, seconds=59) == ()
    assert life.passes(seconds=1)[0] == EMPTY


def test_an_empty_room_stays_empty_when_a_sensor_clears() -> None:
    life = Life()
    assert life.cleared() == ()
    assert life.room.occupancy(life.now).occupied is False


def test_the_reason_of_occupancy_names_the_evidence_and_since_when() -> None:
    life = Life()
    life.seen("mmwave")
    since = life.now
    life.passes(minutes=5)
    life.seen("pir")
    occupancy = life.room.occupancy(life.now)
    assert [(one.source, one.since, one.until) for one in occupancy.evidence] == [
        ("mmwave", since, None),
        ("pir", life.now, life.now + timedelta(minutes=10)),
    ]


def test_prd_15_user_sets_a_scene_manually_in_any_state() -> None:
    life = Life()
    assert life.asked("focus") == (LightsSetScene(room="bedroom", scene="focus"),)
    life.seen()
    assert life.asked("night") == (LightsSetScene(room="bedroom", scene="night"),)
    assert life.room.scene == "night"


def test_rule_6_a_scene_set_by_a_person_holds_against_the_entry_scene() -> None:
    life = Life()
    life.asked("night")
    life.passes(minutes=5)
    assert life.seen() == (occupied(), WELCOME)


def test_rule_6_darkness_asked_for_does_not_hold_against_the_welcome() -> None:
    life = Life()
    life.asked("exit")
    life.passes(minutes=60)
    assert life.seen() == WELCOMED


def test_rule_6_the_hold_ends_after_scene_hold() -> None:
    life = Life()
    life.asked("night")
    life.passes(hours=2)
    assert life.seen() == WELCOMED


def test_rule_6_the_hold_ends_when_the_room_empties() -> None:
    life = Life()
    life.seen()
    life.asked("focus")
    assert life.passes(minutes=10) == (EMPTY, EXIT_LIGHTS, GOODBYE)
    assert life.seen() == WELCOMED


def test_rule_6_a_change_at_the_wall_holds_like_a_scene() -> None:
    life = Life()
    life.seen()
    assert life.tell(LightsTouched, "light.lamp") == ()
    assert life.room.scene is None
    assert life.room.cause is not None
    assert (life.room.cause.why, life.room.cause.by) == (Why.TOUCHED, ("light.lamp",))


def test_rule_6_lights_put_out_at_the_wall_do_not_hold_against_the_next_welcome() -> None:
    life = Life()
    life.asked("focus")
    life.tell(LightsTouched, "light.lamp", on=False)
    assert life.seen() == WELCOMED


def test_rule_6_a_room_that_is_said_to_be_empty_welcomes_the_next() -> None:
    life = Life()
    life.seen()
    life.asked("focus")
    life.tell(RoomForced, "app", state=RoomState.EMPTY)
    assert life.seen() == WELCOMED


def test_rule_6_athena_can_say_why() -> None:
    life = Life()
    assert life.room.cause is None
    life.seen()
    assert life.room.cause is not None
    assert (life.room.cause.why, life.room.cause.at, life.room.cause.by) == (Why.CAME_IN, life.now, ("pir",))
    life.passes(minutes=3)
    life.asked("focus")
    assert (life.room.cause.why, life.room.cause.scene) == (Why.ASKED, "focus")
    life.passes(minutes=10)
    assert life.room.cause.why is Why.LEFT
    assert [one.what for one in life.room.decisions] == [
        "room.occupied",
        "lights.set_scene",
        "lights.set_scene",
        "room.empty",
        "lights.set_scene",
    ]


def test_the_last_twenty_decisions_are_kept() -> None:
    life = Life()
    for _ in range(12):
        life.asked("focus")
        life.asked("night")
    assert len(life.room.decisions) == 20


def test_an_unknown_scene_is_refused_and_changes_nothing() -> None:
    life = Life()
    before = life.house.as_dict()
    with pytest.raises(UnknownSceneError, match="disco"):
        life.asked("disco")
    assert life.house.as_dict() == before


def test_motion_costs_no_orders_once_the_room_waits() -> None:
    """A sensor that sees much must not keep the timers busy: one wait stands, and finds out when it elapses."""
    life = Life()
    life.house.handle(_motion(life))
    life.passes(seconds=30)
    assert life.house.handle(_motion(life)) == ()


def _motion(life: Life) -> MotionDetected:
    return MotionDetected(room="bedroom", at=life.now, source="pir")


def test_nothing_is_waited_for_in_a_room_that_has_nothing_to_expect() -> None:
    life = Life()
    first: tuple[Command, ...] = life.house.handle(_motion(life))
    assert isinstance(first[-1], WaitStart)
    gone = life.house.handle(SensorLost(room="bedroom", at=life.now, source="pir"))
    assert gone == (WaitCancel(room="bedroom", key="next"),)
