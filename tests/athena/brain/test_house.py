"""The house: which room, which facts are news, and what it remembers."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.athena.brain.commands import AlarmStart, Command, LightsAnimate, RoomSetState, WaitStart
from custom_components.athena.brain.errors import BrainError, UnknownRoomError, UnreadableStateError
from custom_components.athena.brain.events import LightsTouched, MotionDetected, PresenceCleared, QuietSet, WaitElapsed
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.sensors import SensorKind, kind_by_name
from custom_components.athena.brain.settings import Music, RoomSettings

from .life import EVENING, Life, alarm, lights, told


def test_a_fact_about_a_room_that_is_not_there_is_refused() -> None:
    house = House([RoomSettings(room="bedroom")])
    with pytest.raises(UnknownRoomError, match="attic"):
        house.handle(MotionDetected(room="attic", at=EVENING, source="pir"))


def test_rooms_do_not_know_of_each_other() -> None:
    house = House([RoomSettings(room="bedroom"), RoomSettings(room="kitchen")])
    house.handle(MotionDetected(room="kitchen", at=EVENING, source="pir"))
    assert house.rooms["kitchen"].state is RoomState.OCCUPIED
    assert house.rooms["bedroom"].state is RoomState.EMPTY
    assert house.latest == EVENING


# ---- which facts are news


def test_a_fact_told_twice_is_taken_in_once() -> None:
    life = Life()
    assert life.seen(seq=7) != ()
    before = life.house.as_dict()
    assert life.seen(seq=7) == ()
    assert life.house.as_dict() == before


def test_facts_of_one_source_that_come_out_of_order_are_left_out() -> None:
    life = Life()
    life.passes(minutes=5)
    life.seen(held=True)
    late = PresenceCleared(room="bedroom", at=life.now - timedelta(seconds=1), source="pir")
    assert life.house.handle(late) == ()
    assert life.room.occupancy(life.now).evidence[0].until is None


def test_a_fact_from_the_past_is_history() -> None:
    life = Life()
    life.passes(minutes=5)
    life.cleared("door")
    past = MotionDetected(room="bedroom", at=life.now - timedelta(minutes=2), source="pir")
    assert life.house.handle(past) == ()
    assert life.room.state is RoomState.EMPTY


def test_a_fact_from_the_future_waits_for_nobody_but_the_shell_keeps_it_out() -> None:
    """The brain has no clock: a later fact is the newest. What is from the future is left out in runtime.py."""
    life = Life()
    future = MotionDetected(room="bedroom", at=life.now + timedelta(hours=1), source="pir")
    assert "room.set_state" in told(life.house.handle(future))
    life.house.resume(life.now)  # the clock was put right
    assert life.seen("mmwave") == ()
    assert life.room.state is RoomState.OCCUPIED


def test_a_sensor_that_flaps_fifty_times_a_second_orders_nothing_but_one_welcome() -> None:
    life = Life()
    life.seen(held=True)
    orders: list[Command] = []
    for _ in range(250):
        life.now += timedelta(milliseconds=20)
        orders += life.cleared()
        life.now += timedelta(milliseconds=20)
        orders += life.seen(held=True)
    assert orders == []


def test_a_mat_that_flaps_fifty_times_a_second_is_no_witness_until_it_is_calm() -> None:
    life = Life()
    life.rings()
    life.unseen()
    life.seen("pir")
    for _ in range(50):
        life.now += timedelta(milliseconds=20)
        life.let_go()
        life.now += timedelta(milliseconds=20)
        life.felt()
    life.let_go()
    life.seen("door")
    assert "alarm.stop" not in told(life.passes(seconds=29))
    assert "alarm.stop" in told(life.passes(seconds=61))


def test_a_floor_sensor_that_flaps_is_no_witness() -> None:
    life = Life()
    life.rings()
    life.unseen()
    for _ in range(50):
        life.now += timedelta(milliseconds=20)
        life.seen("pir")
    life.let_go()
    assert "alarm.stop" not in told(life.passes(seconds=29))


def test_a_wait_of_another_key_or_too_early_does_no_harm() -> None:
    life = Life()
    life.seen()
    for key in ("next", "tea"):
        commands = life.house.handle(WaitElapsed(room="bedroom", at=life.now, source="clock", key=key))
        assert told(commands) == ["wait.start"]


# ---- what it remembers


def _full() -> Life:
    """Return a life in which everything that can be remembered is to be."""
    life = Life()
    life.sets(alarm(music=Music(player="media_player.desk", media="playlist")))
    life.sets(alarm("08:00", id="once", weekdays=frozenset(), name="Dentist", side="left"))
    life.falls_asleep()
    life.passes(hours=1)
    life.let_go()
    life.passes(seconds=9)
    life.felt()
    life.passes(minutes=10)
    life.seen("pir")
    life.awake()
    life.tell(QuietSet, "app", on=True)
    life.till("07:00")
    return life


def test_what_it_knew_survives_a_restart() -> None:
    life = _full()
    stored = json.loads(json.dumps(life.house.as_dict()))
    house = House([life.settings])
    house.restore(stored)
    assert house.as_dict() == stored
    assert [clock.alarm for clock in house.rooms["bedroom"].clocks] == [clock.alarm for clock in life.room.clocks]
    resumed = house.resume(life.now)
    assert any(isinstance(command, AlarmStart) for command in resumed)
    assert isinstance(resumed[-1], WaitStart)


def test_a_room_added_since_starts_empty_and_one_removed_is_forgotten() -> None:
    life = Life()
    life.seen()
    house = House([RoomSettings(room="kitchen")])
    house.restore(life.house.as_dict())
    assert set(house.rooms) == {"kitchen"}
    assert house.rooms["kitchen"].state is RoomState.EMPTY


def test_nobody_is_left_in_the_dark_because_sensors_come_late_after_a_restart() -> None:
    life = Life()
    life.comes_home()
    life.restarts(away=timedelta(minutes=30))
    assert life.passes(seconds=59) == ()
    assert life.seen(found=True) == ()
    assert life.passes(minutes=5) == ()


def test_a_room_that_nobody_is_seen_in_after_a_restart_empties() -> None:
    life = Life()
    life.comes_home()
    life.restarts(away=timedelta(minutes=30))
    life.cleared()
    assert RoomState.EMPTY in [o.state for o in life.passes(minutes=1) if isinstance(o, RoomSetState)]


def _stored(**changes: Any) -> dict[str, Any]:
    stored = json.loads(json.dumps(_full().house.as_dict()))
    stored["rooms"]["bedroom"] |= changes
    return dict(stored)


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"version": 1, "rooms": {}},
        {"version": 2},
        {"version": 2, "rooms": []},
        {"version": 2, "rooms": {"bedroom": {}}},
        {"version": 2, "rooms": {"bedroom": None}},
        _stored(state="ON FIRE"),
        _stored(held_until="2026-01-01T00:00:00"),
        _stored(out_since="yesterday"),
        _stored(alarms=[{}]),
        _stored(alarms=[{"alarm": {"id": "x"}, "after": "2026-01-01T00:00:00+00:00"}]),
        _stored(rings=[{"alarm": None}]),
        _stored(bed={"let_go": 3}),
        _stored(people=["Arman"]),
        _stored(decisions=[{"at": "2026-01-01T00:00:00", "what": "x", "why": "left", "scene": None, "by": []}]),
    ],
)
def test_what_is_not_a_house_is_refused_and_changes_nothing(stored: dict[str, Any]) -> None:
    life = Life()
    life.seen()
    before = life.house.as_dict()
    with pytest.raises(UnreadableStateError):
        life.house.restore(stored)
    assert life.house.as_dict() == before


STUCK = timedelta(hours=6)  # a PIR that has seen somebody for so long is broken

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["seen", "cleared", "lost", "asked", "restarts"]),
        st.sampled_from(["pir", "mmwave", "door"]),
        st.sampled_from([0, 1, 5, 9.99, 10, 130]),
    ),
    max_size=40,
)


@given(STEPS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_happens_the_room_is_never_stuck(steps: list[tuple[str, str, float]]) -> None:
    """An occupied room is seen by somebody, waits to be empty, or has nobody who could tell."""
    life = Life()
    seeing: dict[str, bool | None] = {}
    since: dict[str, datetime] = {}
    for step, source, minutes in steps:
        life.passes(minutes=minutes)
        match step:
            case "seen":
                life.seen(source, held=True)
                seeing[source], since[source] = True, life.now
            case "cleared":
                life.cleared(source)
                seeing[source] = False
            case "lost":
                life.lost(source)
                seeing[source] = None
            case "asked":
                life.asked("focus")
            case _:  # the sources then tell again what they see
                life.restarts()
                for sensor, sees in seeing.items():
                    if sees:
                        life.seen(sensor, held=True)
                    else:
                        (life.lost if sees is None else life.cleared)(sensor)
        if life.room.state is RoomState.OCCUPIED:
            tells = any(sees is not None for sensor, sees in seeing.items() if sensor != "door")
            assert life.due is not None or not tells
        else:
            assert not any(sees and life.now - since[sensor] < STUCK for sensor, sees in seeing.items())


# ---- what told it


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("pir", SensorKind.PIR),
        ("binary_sensor.bedroom_motion", SensorKind.PIR),
        ("binary_sensor.bedroom_mmwave", SensorKind.MMWAVE),
        ("binary_sensor.hall_door", SensorKind.DOOR),
        ("mat", SensorKind.MAT),
        ("binary_sensor.bed_pad", SensorKind.PAD),
        ("camera", SensorKind.CAMERA),
        ("sensor.co2", SensorKind.AIR),
        ("sound", SensorKind.SOUND),
        ("event.bedside_button", SensorKind.BUTTON),
    ],
)
def test_a_source_that_nobody_described_is_known_by_its_name(source: str, kind: SensorKind) -> None:
    assert kind_by_name(source) is kind


def test_every_refusal_is_a_brain_error() -> None:
    assert issubclass(UnknownRoomError, BrainError)


def test_a_scene_that_was_under_way_before_a_restart_is_brought_to_its_end() -> None:
    life = Life()
    life.till("22:00")
    life.posture("lying")
    life.passes(minutes=10)
    assert life.room.sleeping
    assert lights("sleep") in life.restarts(away=timedelta(seconds=5))
    assert lights("sleep") not in life.restarts(away=timedelta(minutes=5))


def test_a_sunrise_that_was_under_way_before_a_restart_begins_again_with_what_is_left() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:50")
    life.restarts(away=timedelta(minutes=1))
    orders = life.passes(seconds=0)
    assert LightsAnimate(room="bedroom", animation="sunrise", duration=540.0) in orders


def test_a_sunrise_that_a_person_has_ended_does_not_begin_again_after_a_restart() -> None:
    life = Life()
    life.sets()
    life.falls_asleep()
    life.till("06:50")
    life.tell(LightsTouched, "light.lamp", on=False)
    life.passes(minutes=2)
    life.restarts(away=timedelta(minutes=1))
    assert [order for order in life.passes(minutes=2) if isinstance(order, LightsAnimate)] == []


def test_lights_that_a_person_has_just_changed_are_left_alone_after_a_restart() -> None:
    life = Life()
    life.seen()
    life.tell(LightsTouched, "light.lamp")
    assert life.restarts(away=timedelta(seconds=5)) == ()


def test_light_is_not_shown_anew_after_a_restart() -> None:
    life = Life()
    life.seen()
    assert life.restarts(away=timedelta(seconds=5)) == ()
