"""Design §3, rules 8 and 10: the button, the app, and what does not end an alarm."""

import pytest

from custom_components.athena.brain.errors import (
    DebugWitnessError,
    NothingRingsError,
)
from custom_components.athena.brain.events import (
    AlarmDeleted,
    AlarmTrigger,
    BedExitReported,
    PersonAway,
    QuietSet,
)
from custom_components.athena.brain.room_state import Why

from .life import Life, alarm, lines, ringing, stop, told


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


def test_rule_8_a_debug_person_who_leaves_silences_no_alarm() -> None:
    life = Life()
    life.sets()
    life.tell(PersonAway, "debug")
    assert "alarm.start" in told(life.till("07:00"))


def test_an_alarm_that_is_put_off_while_it_rings_does_not_begin_twice() -> None:
    life = ringing()
    life.sets(alarm("07:01"))
    assert "alarm.start" not in told(life.passes(minutes=2))
    assert life.room.waking == ("morning",)


def test_rule_8_a_debug_trigger_does_not_use_up_the_real_ring() -> None:
    life = Life()
    life.sets()
    life.till("06:59")
    life.tell(AlarmTrigger, "debug", alarm="morning")
    life.dismissed()
    assert "alarm.start" in told(life.till("07:00"))
