"""Setting, changing, skipping and deleting alarms; an alarm needs a witness (design §3.8)."""

from datetime import date, timedelta

import pytest

from custom_components.athena.brain.commands import (
    LightsRestore,
    LightsSetScene,
    Notice,
)
from custom_components.athena.brain.errors import (
    NoWitnessError,
    PastAlarmError,
    UnknownAlarmError,
)
from custom_components.athena.brain.events import (
    AlarmDeleted,
    AlarmSkipped,
    AlarmTrigger,
)
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings, Weekday

from .life import SEVEN, Life, alarm, lines, notices, told


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
    assert life.room.clocks[0].next is None
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


def test_a_trigger_long_before_the_hour_is_a_ring_of_its_own() -> None:
    life = Life()
    life.sets()
    life.till("06:20")
    assert "alarm.start" in told(life.tell(AlarmTrigger, "scheduler", alarm="morning"))
    life.dismissed()
    assert "alarm.start" in told(life.till("07:00"))


@pytest.mark.parametrize("how", ["skipped", "disabled", "over"])
def test_a_trigger_rings_nothing_that_is_not_to_ring(how: str) -> None:
    life = Life()
    life.sets()
    life.till("06:59:30")
    match how:
        case "skipped":
            life.tell(AlarmSkipped, "app", alarm="morning")
        case "disabled":
            life.sets(alarm(enabled=False))
        case _:
            life.till("07:00")
            life.dismissed()
    assert "alarm.start" not in told(life.tell(AlarmTrigger, "scheduler", alarm="morning"))


def test_a_skipped_alarm_that_is_put_off_is_skipped_at_its_new_hour() -> None:
    life = Life()
    life.sets()
    life.tell(AlarmSkipped, "app", alarm="morning")
    life.sets(alarm("08:00"))
    assert life.room.clocks[0].skipped == SEVEN + timedelta(hours=1)
    assert "alarm.start" not in told(life.till("09:00"))


def test_a_one_shot_that_is_skipped_is_forgotten_at_its_hour_by_itself() -> None:
    life = Life()
    life.sets(alarm(weekdays=frozenset()))
    life.tell(AlarmSkipped, "agent", alarm="morning")
    life.till("07:00")
    assert life.room.clocks == ()


def test_rule_8_a_witness_that_dies_in_the_night_is_told_of_once() -> None:
    life = Life()
    life.falls_asleep()
    life.sets()
    life.lost("camera")
    life.lost("mat")
    life.lost("pir")
    orders = life.till("06:30")
    assert notices(orders) == [Notice.WITNESS_MISSING]
    assert lines(orders) == []


def test_rule_8_a_camera_that_sees_nobody_in_the_evening_is_a_witness_all_the_same() -> None:
    life = Life()
    life.sets()
    life.posture("sitting", "desk")
    life.unseen()
    assert notices(life.till("20:00")) == []


def test_rule_8_an_alarm_in_the_afternoon_is_looked_at_the_evening_before() -> None:
    life = Life()
    life.sets(alarm("13:00"))
    assert notices(life.till("20:00")) == [Notice.WITNESS_MISSING]


def test_a_button_that_was_pressed_once_is_known_as_one() -> None:
    life = Life()
    assert not life.room.witnesses().button
    life.pressed("bedside")
    assert life.room.witnesses().button
    life.sets(alarm(app_stop=False))
