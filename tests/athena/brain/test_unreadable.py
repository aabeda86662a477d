"""A stored house in which anything has become anything else: it can be read and lived in, or it is refused whole."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import pytest

from custom_components.athena.brain.errors import UnreadableStateError
from custom_components.athena.brain.events import AlarmSet, AlarmTrigger, BedOccupied, MotionDetected, PersonHome
from custom_components.athena.brain.house import House
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Alarm, RoomSettings, Weekday

AT: Final = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
INSTEAD: Final[tuple[object, ...]] = (
    None, True, 7, -1.5, 10**30, "", "x", [], [None], {}, {"x": 1},
    "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-01-05T07:00:00", "2026-01-05T07:00:00+23:59",
)  # fmt: skip

type Path = tuple[str | int, ...]


def _house() -> House:
    return House([RoomSettings(room="bedroom")])


def _stored() -> dict[str, Any]:
    """Return a house with something of everything, as JSON."""
    house = _house()
    alarm = Alarm(id="work", time=time(7), weekdays=frozenset(Weekday), app_stop=True)
    house.resume(AT)
    for event in (
        PersonHome(room="bedroom", at=AT, source="person.one"),
        MotionDetected(room="bedroom", at=AT, source="radar", kind=SensorKind.MMWAVE),
        BedOccupied(room="bedroom", at=AT, source="mat", kind=SensorKind.MAT),
        AlarmSet(room="bedroom", at=AT, source="test", alarm=alarm),
        AlarmTrigger(room="bedroom", at=AT, source="test", alarm="nap"),
    ):
        house.handle(event)
    stored: dict[str, Any] = json.loads(json.dumps(house.as_dict()))
    return stored


def _paths(stored: object, path: Path = ()) -> Iterator[Path]:
    """Yield the way to every value, however deep."""
    yield path
    match stored:
        case dict():
            for key, value in stored.items():
                yield from _paths(value, (*path, key))
        case list():
            for number, value in enumerate(stored):
                yield from _paths(value, (*path, number))


def _changed(stored: dict[str, Any], path: Path, value: object) -> Any:
    """Return the same house with another value there; `...`: with none."""
    if not path:
        return value
    changed = deepcopy(stored)
    parent: Any = changed
    for key in path[:-1]:
        parent = parent[key]
    if value is ...:
        del parent[path[-1]]
    else:
        parent[path[-1]] = deepcopy(value)
    return changed


PATHS: Final = tuple(_paths(_stored()))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_whatever_one_value_has_become_the_house_is_refused_or_lived_in(path: Path) -> None:
    stored = _stored()
    for value in (*INSTEAD, ...):
        house = _house()
        empty = house.as_dict()
        try:
            house.restore(_changed(stored, path, value))
        except UnreadableStateError:
            assert house.as_dict() == empty, "what is refused has changed nothing"
            continue
        house.resume(AT + timedelta(minutes=1))
        house.handle(MotionDetected(room="bedroom", at=AT + timedelta(minutes=2), source="pir"))
        json.dumps(house.as_dict())


def test_the_house_itself_is_read() -> None:
    house = _house()
    house.restore(_stored())
    assert [clock.alarm.id for clock in house.rooms["bedroom"].clocks] == ["work"]
    assert house.rooms["bedroom"].ringing == ("nap",)


@pytest.mark.parametrize("stored", [None, 7, "house", [], {}], ids=repr)
def test_what_is_no_house_is_refused(stored: object) -> None:
    with pytest.raises(UnreadableStateError):
        _house().restore(stored)
