"""Facts, orders and alarms as JSON.

wire.jsonl is append-only: what was once said must always be understood, and a new type or field is a line more.
"""

import inspect
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.athena.brain import commands, events
from custom_components.athena.brain.commands import Command, LightsSetScene
from custom_components.athena.brain.errors import BrainError, MalformedEventError
from custom_components.athena.brain.events import AlarmSet, Event, MotionDetected, WakeWord
from custom_components.athena.brain.settings import Alarm, Music, Weekday
from custom_components.athena.brain.wire import (
    alarm_as_dict,
    alarm_from_dict,
    as_dict,
    command_from_dict,
    event_from_dict,
)

GOLDEN: Final = [json.loads(line) for line in Path(__file__).with_name("wire.jsonl").read_text().splitlines()]
AT: Final = datetime(2026, 1, 6, 0, 58, tzinfo=UTC)
MOTION: Final[dict[str, Any]] = {
    "type": "presence.motion_detected",
    "room": "bedroom",
    "at": "2026-01-06T00:58:00+00:00",
    "source": "pir",
    "seq": 1,
}
POSTURE: Final[dict[str, Any]] = MOTION | {"type": "vision.posture_update", "posture": "lying", "zone": "bed"}
ALARM: Final[dict[str, Any]] = {"id": "work", "time": "07:00"}


def _kinds(module: ModuleType, root: type) -> Iterator[Any]:
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if issubclass(kind, root) and kind.__module__ == module.__name__ and hasattr(kind, "type"):
            yield kind


EVENTS: Final = {kind.type: kind for kind in _kinds(events, Event)}
COMMANDS: Final = {kind.type: kind for kind in _kinds(commands, Command)}
KINDS: Final = EVENTS | COMMANDS


def _read(data: dict[str, Any]) -> Event | Command:
    return event_from_dict(data) if data["type"] in EVENTS else command_from_dict(data)


# ---- every type there is


def test_no_two_types_have_the_same_name() -> None:
    assert len(KINDS) == len(list(_kinds(events, Event))) + len(list(_kinds(commands, Command)))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["type"])
def test_what_was_once_said_is_understood_and_said_again(golden: dict[str, Any]) -> None:
    said = _read(golden)
    assert type(said) is KINDS[golden["type"]]
    again = as_dict(said)
    assert json.loads(json.dumps(again)) == again
    assert again | golden == again
    assert _read(again) == said


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_every_type_is_in_a_golden_line(kind: Any) -> None:
    lines = [golden for golden in GOLDEN if golden["type"] == kind.type]
    assert {key for line in lines for key in line} == {"type", *(field.name for field in fields(kind))}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_has_a_default_may_be_left_out_and_nothing_else(kind: Any) -> None:
    golden = next(golden for golden in GOLDEN if golden["type"] == kind.type)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    least = {key: value for key, value in golden.items() if key == "type" or key in needed}
    assert _read(as_dict(_read(least))) == _read(least)
    for key in needed:
        with pytest.raises(MalformedEventError, match=f"{kind.type}: {key} missing"):
            _read({name: value for name, value in least.items() if name != key})


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["type"])
def test_nonsense_in_any_field_is_refused_by_its_name(golden: dict[str, Any]) -> None:
    for key in golden.keys() - {"type"}:
        with pytest.raises(MalformedEventError, match=key):
            _read(golden | {key: object()})


# ---- how it looks


def test_a_fact_as_the_design_writes_it() -> None:
    event = event_from_dict(MOTION)
    assert event == MotionDetected(room="bedroom", at=AT, source="pir", seq=1)
    assert as_dict(event) == MOTION | {"found": False, "held": False}


def test_an_order_as_the_requirements_write_it() -> None:
    order = LightsSetScene(room="bedroom", scene="entry")
    assert as_dict(order) == {"type": "lights.set_scene", "room": "bedroom", "scene": "entry"}


@pytest.mark.parametrize("at", ["2026-01-06T00:58:00Z", "2026-01-06T01:58:00+01:00", "2026-01-05T19:58:00-05:00"])
def test_a_moment_of_any_zone_becomes_utc(at: str) -> None:
    event = event_from_dict(MOTION | {"at": at})
    assert event.at == AT
    assert event.at.tzinfo is UTC


def test_null_is_nothing_where_nothing_may_be() -> None:
    assert event_from_dict(MOTION | {"type": "bed.occupied", "side": None}) == event_from_dict(
        MOTION | {"type": "bed.occupied"}
    )


def test_a_whole_number_is_a_number() -> None:
    event = event_from_dict(POSTURE | {"confidence": 1})
    assert as_dict(event)["confidence"] == 1.0


# ---- what is refused


@pytest.mark.parametrize("data", [None, 7, "text", [], [MOTION]])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(MalformedEventError, match="is not an object"):
        event_from_dict(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "presence.smelled"}, "type is 'presence.smelled', not one of presence.motion_detected, "),
        ({"type": ["presence.cleared"]}, "type is "),
        ({"type": "lights.set_scene", "scene": "entry"}, "type is 'lights.set_scene'"),
        ({"smell": 1}, "presence.motion_detected: 'smell' is none of its fields: room, at, source, seq"),
        ({7: 1}, "presence.motion_detected: 7 is none of its fields"),
        ({"room": ""}, "room is empty"),
        ({"room": 7}, "room is 7, not a text"),
        ({"room": "x" * 4001}, "room is longer than 4000 characters"),
        ({"source": None}, "source is None, not a text"),
        ({"source": "\ud83d"}, "source holds half a character"),
        ({"at": "2026-01-06T00:58:00"}, "at is '2026-01-06T00:58:00', which has no time zone"),
        ({"at": "yesterday"}, "at is 'yesterday', not a moment like 2026-01-06T00:58:00+00:00"),
        ({"at": 1767661080}, "at is 1767661080, not a moment"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "not of the years 1970 to 2199"),
        ({"at": "9999-12-31T23:59:59-14:00"}, "not of the years 1970 to 2199"),
        ({"seq": -1}, "seq is -1, not a whole number from 0"),
        ({"seq": 1.5}, "seq is 1.5, not a whole number"),
        ({"seq": True}, "seq is True, not a whole number"),
        ({"seq": 2**53}, "not a whole number from 0"),
        ({"found": "yes"}, "found is 'yes', not true or false"),
        ({"found": 1}, "found is 1, not true or false"),
    ],
)
def test_a_bad_fact_is_refused_by_the_field(change: dict[Any, Any], says: str) -> None:
    with pytest.raises(MalformedEventError) as refused:
        event_from_dict(MOTION | change)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"posture": "flying"}, "posture is 'flying', not one of lying, sitting, standing"),
        ({"posture": 7}, "posture is 7, not one of lying, sitting, standing"),
        ({"confidence": float("nan")}, "confidence is nan, not a number"),
        ({"confidence": float("inf")}, "confidence is inf, not a number"),
        ({"confidence": 10**400}, "not a number"),
        ({"confidence": "high"}, "confidence is 'high', not a number"),
        ({"confidence": True}, "confidence is True, not a number"),
        ({"confidence": 1.1}, "confidence is 1.1, not from 0 to 1"),
        ({"motion": -0.1}, "motion is -0.1, not from 0 to 1"),
    ],
)
def test_a_bad_posture_is_refused_by_the_field(change: dict[str, Any], says: str) -> None:
    with pytest.raises(MalformedEventError) as refused:
        event_from_dict(POSTURE | change)
    assert says in str(refused.value)


def test_a_fact_without_a_type_is_refused() -> None:
    with pytest.raises(MalformedEventError, match="type missing"):
        event_from_dict({key: value for key, value in MOTION.items() if key != "type"})


def test_a_list_of_sources_is_a_list_of_texts() -> None:
    order = {"type": "room.bed_exit", "room": "bedroom", "by": ["mat", "camera"]}
    assert as_dict(command_from_dict(order)) == order
    for by in ("mat", [7]):
        with pytest.raises(MalformedEventError, match=r"room\.bed_exit: by is"):
            command_from_dict(order | {"by": by})


def test_a_malformed_fact_is_a_refusal_of_the_brain_that_says_why() -> None:
    assert issubclass(MalformedEventError, BrainError)
    with pytest.raises(MalformedEventError) as refused:
        event_from_dict(MOTION | {"seq": -1})
    assert refused.value.placeholders == {"reason": str(refused.value)}


# ---- alarms


def test_the_least_alarm() -> None:
    assert alarm_from_dict(ALARM) == Alarm(id="work", time=time(7))
    assert alarm_as_dict(Alarm(id="work", time=time(7))) == ALARM | {
        "weekdays": [],
        "profile": "morning_default",
        "name": "",
        "enabled": True,
        "app_stop": False,
    }


def test_a_whole_alarm() -> None:
    alarm = Alarm(
        id="work",
        time=time(7, 0, 30),
        weekdays=frozenset({Weekday.FRI, Weekday.MON}),
        date=date(2026, 1, 9),
        profile="gentle",
        name="Work",
        enabled=False,
        side="left",
        music=Music(player="media_player.desk", media="playlist"),
        app_stop=True,
    )
    written = alarm_as_dict(alarm)
    assert written == {
        "id": "work",
        "time": "07:00:30",
        "weekdays": ["mon", "fri"],
        "date": "2026-01-09",
        "profile": "gentle",
        "name": "Work",
        "enabled": False,
        "side": "left",
        "music": {"player": "media_player.desk", "media": "playlist"},
        "app_stop": True,
    }
    assert alarm_from_dict(written) == alarm
    event = AlarmSet(room="bedroom", at=AT, source="app", alarm=alarm)
    assert as_dict(event)["alarm"] == written
    assert event_from_dict(as_dict(event)) == event


@pytest.mark.parametrize(
    ("said", "days"),
    [("weekdays", range(5)), ("weekend", [5, 6]), ("daily", range(7)), (["sun", "mon"], [0, 6]), ([], [])],
)
def test_the_days_of_an_alarm(said: object, days: Any) -> None:
    assert alarm_from_dict(ALARM | {"weekdays": said}).weekdays == set(days)


def test_an_hour_of_one_digit() -> None:
    assert alarm_from_dict(ALARM | {"time": "7:05"}).time == time(7, 5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"time": "24:00"}, "alarm: time is '24:00', not a time like 07:00"),
        ({"time": "7"}, "alarm: time is '7', not a time like 07:00"),
        ({"time": "07:00+01:00"}, "not a time like 07:00"),
        ({"time": 420}, "alarm: time is 420, not a time like 07:00"),
        ({"weekdays": "often"}, "alarm: weekdays is 'often', neither weekdays, weekend, daily nor a list of mon, tue"),
        ({"weekdays": ["mon", "someday"]}, "nor a list of mon, tue"),
        ({"weekdays": [0]}, "nor a list of mon, tue"),
        ({"date": "tomorrow"}, "alarm: date is 'tomorrow', not a date like 2026-01-09"),
        ({"date": "9999-12-31"}, "not of the years 1970 to 2199"),
        ({"id": " "}, "alarm: id is empty"),
        ({"enabled": "on"}, "alarm: enabled is 'on', not true or false"),
        ({"music": "loud"}, "music: 'loud' is not an object"),
        ({"music": {"player": "p"}}, "music: media missing"),
        ({"snooze": 5}, "alarm: 'snooze' is none of its fields"),
    ],
)
def test_a_bad_alarm_is_refused_by_the_field(change: dict[str, Any], says: str) -> None:
    with pytest.raises(MalformedEventError) as refused:
        alarm_from_dict(ALARM | change)
    assert says in str(refused.value)


# ---- whatever it is

JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MOMENTS: Final = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001
    datetime(2198, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=9, minutes=30))]),
)
bounded = settings(derandomize=True, max_examples=200, deadline=None)


@bounded
@given(st.sampled_from(GOLDEN), st.data())
def test_any_value_in_any_field_is_read_or_refused(golden: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(golden)))
    changed = golden | {key: data.draw(JSON)}
    try:
        said = event_from_dict(changed) if golden["type"] in EVENTS else command_from_dict(changed)
    except MalformedEventError as refused:
        assert key in str(refused) or "type" in str(refused)  # noqa: PT017  it need not be refused
    else:
        assert _read(as_dict(said)) == said


@bounded
@given(JSON)
def test_any_json_is_read_or_refused(data: object) -> None:
    for read in (event_from_dict, command_from_dict, alarm_from_dict):
        with pytest.raises(MalformedEventError):
            read(data)


@bounded
@given(
    st.builds(
        Alarm,
        id=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
        time=st.times(),
        weekdays=st.frozensets(st.sampled_from(Weekday)),
        date=st.none() | st.dates(date(1970, 1, 1), date(2199, 12, 31)),
        name=st.text(st.characters(codec="utf-8")),
        side=st.none() | st.sampled_from(["left", "right"]),
    )
)
def test_every_alarm_comes_back(alarm: Alarm) -> None:
    assert alarm_from_dict(json.loads(json.dumps(alarm_as_dict(alarm)))) == alarm


@bounded
@given(MOMENTS, st.floats(-1e6, 1e6))
def test_every_moment_and_number_comes_back(at: datetime, loudness: float) -> None:
    event = WakeWord(room="bedroom", at=at, source="satellite", loudness=loudness)
    assert event_from_dict(json.loads(json.dumps(as_dict(event)))) == event
