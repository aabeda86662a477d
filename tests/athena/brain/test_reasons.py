"""Rule 6: Athena can say why she did a thing."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from custom_components.athena.brain.decisions import Decision
from custom_components.athena.brain.events import AlarmSet
from custom_components.athena.brain.reasons import because
from custom_components.athena.brain.room import Room
from custom_components.athena.brain.room_state import Why
from custom_components.athena.brain.scene import Look, Scene
from custom_components.athena.brain.settings import Alarm, RoomSettings

NIGHT = datetime(2026, 1, 6, 2, 10, tzinfo=UTC)
MOVIE = Scene(key="movie_night", name="Movie Night", look=Look(brightness=10, fade=1), line="")


def _decision(why: Why, at: datetime = NIGHT, *, what: str = "lights.set_scene", scene: str | None = None) -> Decision:
    return Decision(at=at, what=what, why=why, scene=scene)


@pytest.fixture
def room() -> Room:
    """Return a bedroom with an alarm at 7 AM."""
    room = Room(RoomSettings(room="bedroom", scenes=(MOVIE,)))
    alarm = Alarm(id="morning", time=time(7), app_stop=True)
    room.handle(AlarmSet(room="bedroom", at=NIGHT - timedelta(hours=4), source="agent", alarm=alarm))
    return room


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("what", ["lights.set_scene", "lights", "alarm.stop", "room.sleep", "notify"])
def test_every_reason_is_one_short_sentence(room: Room, why: Why, what: str) -> None:
    said = because(_decision(why, what=what), room)
    assert said.endswith(".")
    assert said.count(".") == 1
    assert said[0].isupper()
    assert len(said.split()) <= 11
    assert not set("{}_") & set(said)


def test_no_two_reasons_but_getting_up_sound_alike(room: Room) -> None:
    said = {why: because(_decision(why), room) for why in Why}
    assert said[Why.NIGHT_VISIT] == said[Why.GOT_UP]
    assert len(set(said.values())) == len(Why) - 1


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (_decision(Why.NIGHT_VISIT), "You got up at 2:10 AM."),
        (_decision(Why.FELL_ASLEEP), "You lay still for 10 minutes."),
        (_decision(Why.FELL_ASLEEP, NIGHT + timedelta(hours=12)), "You lay still for 25 minutes."),
        (_decision(Why.TOUCHED, NIGHT + timedelta(hours=18, minutes=50)), "Somebody changed them by hand at 9 PM."),
        (_decision(Why.LEFT), "Nobody had been there for 10 minutes."),
        (_decision(Why.ASKED, scene="focus"), "You asked for focus mode at 2:10 AM."),
        (_decision(Why.ASKED, scene="movie_night"), "You asked for Movie Night mode at 2:10 AM."),
        (_decision(Why.ASKED, scene="gone"), "You asked for gone mode at 2:10 AM."),
        (_decision(Why.ASKED, what="lights"), "You asked for it at 2:10 AM."),
        (_decision(Why.CAP), "It had rung for 30 minutes."),
    ],
)
def test_the_reason_names_what_is_worth_knowing(room: Room, decision: Decision, said: str) -> None:
    assert because(decision, room) == said


@pytest.mark.parametrize(
    ("begins", "alarm"),
    [(time(6, 48), "7 AM"), (time(6, 55), "7 AM"), (time(5, 48), "6 AM")],
    ids=["in time", "late, since it was set but then", "of an alarm that is gone"],
)
def test_the_light_of_a_sunrise_belongs_to_its_alarm(room: Room, begins: time, alarm: str) -> None:
    decision = _decision(Why.SUNRISE, datetime.combine(NIGHT, begins, UTC))
    assert because(decision, room) == f"Your {alarm} alarm begins with light."


def test_durations_are_those_of_the_room(room: Room) -> None:
    settings = replace(room.settings, empty_after=timedelta(seconds=30), alarm_cap=timedelta(minutes=1))
    own = Room(settings)
    assert because(_decision(Why.LEFT), own) == "Nobody had been there for 30 seconds."
    assert because(_decision(Why.CAP), own) == "It had rung for 1 minute."
