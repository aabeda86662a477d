"""The house: which room, and what it remembers."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.brain.commands import LightsSetScene, RoomSetState, RoomState, WaitCancel, WaitStart
from custom_components.athena.brain.errors import BrainError, UnknownRoomError, UnreadableStateError
from custom_components.athena.brain.events import MotionDetected
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room import RoomSettings

from .evening import SEVEN, Evening


def test_a_fact_about_a_room_that_is_not_there_is_refused() -> None:
    house = House([RoomSettings(room="bedroom")])
    with pytest.raises(UnknownRoomError, match="attic"):
        house.handle(MotionDetected(room="attic", at=SEVEN, source="pir"))


def test_rooms_do_not_know_of_each_other() -> None:
    house = House([RoomSettings(room="bedroom"), RoomSettings(room="kitchen")])
    house.handle(MotionDetected(room="kitchen", at=SEVEN, source="pir"))
    assert house.rooms["kitchen"].state is RoomState.OCCUPIED
    assert house.rooms["bedroom"].state is RoomState.EMPTY


def _after_a_restart(evening: Evening) -> House:
    house = House([evening.settings])
    house.restore(json.loads(json.dumps(evening.house.as_dict())))
    return house


def test_what_it_knew_survives_a_restart() -> None:
    evening = Evening()
    evening.seen()
    evening.asked("focus")
    evening.cleared()
    house = _after_a_restart(evening)
    assert house.as_dict() == evening.house.as_dict()
    assert house.waits() == (WaitStart(room="bedroom", key="empty", due=evening.waits["empty"]),)


def test_a_room_added_since_starts_empty_and_one_removed_is_forgotten() -> None:
    evening = Evening()
    evening.seen()
    house = House([RoomSettings(room="kitchen")])
    house.restore(evening.house.as_dict())
    assert set(house.rooms) == {"kitchen"}
    assert house.rooms["kitchen"].state is RoomState.EMPTY


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"version": 2, "rooms": {}},
        {"version": 1},
        {"version": 1, "rooms": []},
        {"version": 1, "rooms": {"bedroom": {}}},
        {"version": 1, "rooms": {"bedroom": None}},
        {"version": 1, "rooms": {"bedroom": {"state": "ON FIRE", "empty_at": None, "held_until": None, "cause": None}}},
        {
            "version": 1,
            "rooms": {
                "bedroom": {"state": "EMPTY", "empty_at": "2026-01-01T00:00:00", "held_until": None, "cause": None}
            },
        },
    ],
)
def test_what_is_not_a_house_is_refused_and_changes_nothing(stored: dict[str, Any]) -> None:
    evening = Evening()
    evening.seen()
    before = evening.house.as_dict()
    with pytest.raises(UnreadableStateError):
        evening.house.restore(stored)
    assert evening.house.as_dict() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["seen", "cleared", "asked", "elapsed", "restart"]),
        st.sampled_from(["pir", "mmwave", "door"]),
        st.sampled_from([0, 1, 5, 9.99, 10, 130]),
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_the_room_is_never_stuck(steps: list[tuple[str, str, float]]) -> None:
    """An occupied room is seen by somebody or waits to be empty; lights change only as the rules say."""
    evening = Evening()
    seeing: set[str] = set()
    for step, source, minutes in steps:
        before = evening.room.state
        match step:
            case "seen":
                commands = evening.seen(source, minutes=minutes)
                seeing.add(source)
            case "cleared":
                commands = evening.cleared(source, minutes=minutes)
                seeing.discard(source)
            case "asked":
                commands = evening.asked("focus", minutes=minutes)
            case "elapsed":
                commands = evening.elapsed(minutes=minutes)
            case _:  # a restart; the sources then tell again what they see
                evening.house = _after_a_restart(evening)
                commands = ()
                for sensor in ("pir", "mmwave", "door"):
                    tell = evening.seen if sensor in seeing else evening.cleared
                    commands += tell(sensor)
        room = evening.room
        assert room.evidence == seeing
        if room.state is RoomState.OCCUPIED:
            assert seeing or room.empty_at is not None
        else:
            assert not seeing
            assert room.empty_at is None
        changed = [command for command in commands if isinstance(command, RoomSetState)]
        assert bool(changed) is (room.state is not before)
        lights = [command for command in commands if isinstance(command, LightsSetScene)]
        assert len(lights) <= 1
        if any(isinstance(command, WaitCancel) for command in commands):
            assert room.empty_at is None
        if room.empty_at is not None:
            assert room.empty_at - evening.now <= timedelta(minutes=10)


def test_every_refusal_is_a_brain_error() -> None:
    assert issubclass(UnknownRoomError, BrainError)
