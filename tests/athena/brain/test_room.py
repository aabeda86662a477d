"""Rules 1, 2 and 6 of design §3, each by name."""

from datetime import timedelta

import pytest

from custom_components.athena.brain import phrases
from custom_components.athena.brain.commands import (
    AudioSay,
    LightsSetScene,
    RoomSetState,
    RoomState,
    WaitCancel,
    WaitStart,
)
from custom_components.athena.brain.errors import UnknownSceneError
from custom_components.athena.brain.room import RoomSettings, Why
from custom_components.athena.brain.colors import GOLD
from custom_components.athena.brain.scenes import ENTRY, EXIT, FOCUS, NIGHT

from .evening import Evening

OCCUPIED = RoomSetState(room="bedroom", state=RoomState.OCCUPIED)
EMPTY = RoomSetState(room="bedroom", state=RoomState.EMPTY)
ENTRY_LIGHTS = LightsSetScene(room="bedroom", scene="entry")
EXIT_LIGHTS = LightsSetScene(room="bedroom", scene="exit")
WELCOME = AudioSay(room="bedroom", text="Welcome back, Arman.")
GOODBYE = AudioSay(room="bedroom", text="Goodbye.")


def test_rule_1_entry_presence_while_empty_runs_the_entry_scene() -> None:
    evening = Evening()
    assert evening.seen() == (OCCUPIED, ENTRY_LIGHTS, WELCOME)


def test_rule_1_entry_at_any_hour() -> None:
    evening = Evening()
    assert evening.seen(minutes=6 * 60) == (OCCUPIED, ENTRY_LIGHTS, WELCOME)


def test_rule_1_entry_plays_once_while_occupied() -> None:
    evening = Evening()
    evening.seen()
    assert evening.seen() == ()
    assert evening.seen(by="mmwave") == ()


def test_rule_1_somebody_found_there_at_start_has_not_just_come_in() -> None:
    evening = Evening()
    assert evening.seen(found=True) == (OCCUPIED,)


def test_without_a_name_nobody_is_addressed() -> None:
    evening = Evening(RoomSettings(room="bedroom"))
    assert evening.seen()[-1] == AudioSay(room="bedroom", text="Welcome back.")


def test_rule_2_exit_after_ten_minutes_without_evidence() -> None:
    evening = Evening()
    evening.seen()
    assert evening.cleared(minutes=1) == (
        WaitStart(room="bedroom", key="empty", due=evening.now + timedelta(minutes=10)),
    )
    assert evening.elapsed(minutes=10) == (EMPTY, EXIT_LIGHTS, GOODBYE)


def test_rule_2_empty_after_is_a_setting() -> None:
    evening = Evening(RoomSettings(room="bedroom", empty_after=timedelta(minutes=3)))
    evening.seen()
    evening.cleared()
    assert evening.waits["empty"] == evening.now + timedelta(minutes=3)


def test_rule_2_motion_in_the_meantime_takes_the_exit_back() -> None:
    evening = Evening()
    evening.seen()
    evening.cleared()
    assert evening.seen(minutes=9) == (WaitCancel(room="bedroom", key="empty"),)
    assert evening.elapsed(minutes=1) == ()
    assert evening.room.state is RoomState.OCCUPIED


def test_rule_2_any_sensor_that_still_sees_somebody_holds_the_room() -> None:
    evening = Evening()
    evening.seen(by="pir")
    evening.seen(by="mmwave")
    assert evening.cleared(by="pir") == ()
    assert evening.cleared(by="mmwave", minutes=5) != ()


def test_rule_2_a_second_sensor_that_clears_does_not_put_the_exit_off() -> None:
    evening = Evening()
    evening.seen(by="pir")
    evening.cleared(by="pir")
    assert evening.cleared(by="door", minutes=5) == ()
    assert evening.elapsed(minutes=5)[0] == EMPTY


def test_rule_2_a_wait_that_comes_too_early_empties_nothing() -> None:
    evening = Evening()
    evening.seen()
    evening.cleared()
    assert evening.elapsed(minutes=9) == ()


def test_an_empty_room_stays_empty_when_a_sensor_clears() -> None:
    assert Evening().cleared() == ()


def test_a_wait_of_another_rule_is_none_of_the_rooms() -> None:
    assert Evening().elapsed(key="tea") == ()


def test_rule_6_a_scene_asked_for_is_run_in_any_state() -> None:
    evening = Evening()
    assert evening.asked("focus") == (LightsSetScene(room="bedroom", scene="focus"),)
    evening.seen()
    assert evening.asked("night") == (LightsSetScene(room="bedroom", scene="night"),)


def test_rule_6_a_scene_set_by_a_person_holds_against_the_entry_scene() -> None:
    evening = Evening()
    evening.asked("night")
    assert evening.seen(minutes=5) == (OCCUPIED, WELCOME)


def test_rule_6_darkness_asked_for_does_not_hold_against_the_welcome() -> None:
    evening = Evening()
    evening.asked("exit")
    assert evening.seen(minutes=60) == (OCCUPIED, ENTRY_LIGHTS, WELCOME)


def test_rule_6_the_hold_ends_after_scene_hold() -> None:
    evening = Evening()
    evening.asked("night")
    assert evening.seen(minutes=120) == (OCCUPIED, ENTRY_LIGHTS, WELCOME)


def test_rule_6_the_hold_ends_when_the_room_empties() -> None:
    evening = Evening()
    evening.seen()
    evening.asked("focus")
    evening.cleared()
    assert evening.elapsed(minutes=10) == (EMPTY, EXIT_LIGHTS, GOODBYE)
    assert evening.seen(minutes=1) == (OCCUPIED, ENTRY_LIGHTS, WELCOME)


def test_rule_6_athena_can_say_why() -> None:
    evening = Evening()
    assert evening.room.cause is None
    evening.seen()
    assert evening.room.cause is not None
    assert (evening.room.cause.why, evening.room.cause.at) == (Why.CAME_IN, evening.now)
    evening.asked("focus", minutes=3)
    assert (evening.room.cause.why, evening.room.cause.scene) == (Why.ASKED, "focus")
    evening.cleared()
    evening.elapsed(minutes=10)
    assert evening.room.cause.why is Why.LEFT


def test_an_unknown_scene_is_refused_and_changes_nothing() -> None:
    evening = Evening()
    before = evening.house.as_dict()
    with pytest.raises(UnknownSceneError, match="disco"):
        evening.asked("disco")
    assert evening.house.as_dict() == before


def test_the_scenes_look_as_prd_9_says() -> None:
    assert (ENTRY.look.rgb, ENTRY.look.brightness) == (GOLD, 70)
    assert 2 <= ENTRY.look.fade <= 3
    assert EXIT.look.brightness == 0
    assert 3 <= EXIT.look.fade <= 5
    assert FOCUS.look.brightness == 100
    assert FOCUS.look.kelvin is not None
    assert FOCUS.look.kelvin >= 5000
    assert NIGHT.look.brightness == 30
    assert NIGHT.look.rgb is not None


def test_the_persona_speaks_as_prd_8_says() -> None:
    assert phrases.addressed(ENTRY.line, "Arman") == "Welcome back, Arman."
    assert EXIT.line == "Goodbye."
    assert FOCUS.line == "Focus mode."
    assert NIGHT.line == "Night mode."
    assert phrases.UNDERSTOOD == "Understood."
    assert phrases.DID_NOT_CATCH == "I didn't catch that."
    assert phrases.CANNOT_DO == "I can't do that."
    assert phrases.WENT_WRONG == "Something went wrong."
    assert phrases.device_is("lights", "on") == "Lights on."


@pytest.mark.parametrize(
    ("hour", "minute", "spoken"),
    [(0, 0, "12 AM"), (7, 0, "7 AM"), (12, 0, "12 PM"), (19, 5, "7:05 PM"), (23, 43, "11:43 PM")],
)
def test_times_are_said_as_people_say_them(hour: int, minute: int, spoken: str) -> None:
    at = Evening().now.replace(hour=hour, minute=minute)
    assert phrases.you_came_in(at) == f"You came in at {spoken}."


def test_one_minute_is_one_minute() -> None:
    assert phrases.nobody_was_there(timedelta(seconds=30)) == "Nobody had been there for 30 seconds."
    assert phrases.nobody_was_there(timedelta(minutes=1)) == "Nobody had been there for 1 minute."
    assert phrases.nobody_was_there(timedelta(minutes=10)) == "Nobody had been there for 10 minutes."
