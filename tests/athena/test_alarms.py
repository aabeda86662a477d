"""Alarms as forms, services and the voice make them."""

from datetime import UTC, datetime, time, timedelta

from custom_components.athena.alarms import alarms_of, days_of, new_alarm
from custom_components.athena.brain.events import AlarmDeleted, AlarmSet, WaitElapsed
from custom_components.athena.brain.room import Room
from custom_components.athena.brain.settings import RoomSettings, Weekday

EVENING = datetime(2026, 1, 5, 21, tzinfo=UTC)
MORNING = datetime(2026, 1, 6, 7, tzinfo=UTC)


def test_an_alarm_is_called_as_it_is_named_else_as_its_time() -> None:
    room = Room(RoomSettings(room="bedroom"))
    assert new_alarm(room, time=time(7), name=" Early Shift! ").id == "early_shift"
    assert new_alarm(room, time=time(7), name=" Early Shift! ").name == "Early Shift!"
    assert new_alarm(room, time=time(7, 5)).id == "at_0705"


def test_an_alarm_that_is_deleted_while_it_rings_keeps_its_id_until_it_stops() -> None:
    room = Room(RoomSettings(room="bedroom"))
    first = new_alarm(room, time=time(7), weekdays=Weekday, app_stop=True)
    room.handle(AlarmSet(room="bedroom", at=EVENING, source="test", alarm=first))
    assert alarms_of(room).keys() == {"at_0700"}
    for minute in range(-20, 1):
        at = MORNING + timedelta(minutes=minute)
        room.handle(WaitElapsed(room="bedroom", at=at, source="clock", key="next"))
    assert room.ringing == ("at_0700",)
    room.handle(AlarmDeleted(room="bedroom", at=MORNING, source="test", alarm="at_0700"))
    assert alarms_of(room) == {}
    assert new_alarm(room, time=time(7)).id == "at_0700_2"


def test_days_are_written_monday_first() -> None:
    assert days_of({Weekday.SUN, Weekday.MON, Weekday.WED}) == ["mon", "wed", "sun"]
