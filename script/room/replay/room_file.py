"""Reading `--room FILE`: rooms, their settings and their alarms, in YAML."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from custom_components.athena.brain.errors import MalformedEventError
from custom_components.athena.brain.fields import listed, read_flag, read_name, read_one_of, read_text, read_wall, shown
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Alarm, RoomSettings
from custom_components.athena.brain.wire import alarm_from_dict

from .errors import RoomFileError

ANY: Final = ""
"""The room of a file that names none: whichever is heard of first."""

NAME: Final = "Arman"
"""Whom a room addresses unless its file says otherwise: the PRD's."""

LONGEST: Final = timedelta(days=7)

_UNITS: Final[Mapping[str, timedelta]] = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
}
_QUANTITY: Final = re.compile(r"(\d+(?:\.\d+)?) ?(s|min|h)", re.ASCII)
_QUANTITIES: Final = re.compile(rf"{_QUANTITY.pattern}(?: {_QUANTITY.pattern})*", re.ASCII)
_HOURS: Final = re.compile(r"(\d+):([0-5]\d):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFile:
    """What a file says about one room."""

    settings: RoomSettings
    alarms: tuple[Alarm, ...] = field(default=())
    """Each as if somebody had understood that, without witnesses, only the app ends it."""


def default(room: str) -> RoomFile:
    """Return a room of which nobody has said anything."""
    return RoomFile(settings=RoomSettings(room=room, name=NAME))


def read(path: Path) -> dict[str, RoomFile]:
    """Return the rooms of a file, under their ids; raise RoomFileError, which names the file and the key."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe one, see below
    except OSError as err:
        raise RoomFileError(f"{path}: {err.strerror}") from err
    except (yaml.YAMLError, UnicodeDecodeError) as err:
        raise RoomFileError(f"{path}: is not YAML: {' '.join(str(err).split())}") from err
    try:
        return _rooms({} if data is None else data)
    except (ValueError, MalformedEventError) as err:
        raise RoomFileError(f"{path}: {err}") from err


def _rooms(data: object) -> dict[str, RoomFile]:
    data = _mapping(data)
    if "rooms" not in data:
        room = _room(data, room=None)
        return {room.settings.room: room}
    shared = {key: value for key, value in data.items() if key != "rooms"}
    if stray := [key for key in ("room", "alarms", "sensors") if key in shared]:
        raise ValueError(f"{listed(stray)} beside rooms: say it of one of the rooms")
    rooms = {}
    for room, said in _of("rooms", _mapping, data["rooms"]).items():
        own = _of(f"rooms: {room}", _mapping, {} if said is None else said)
        rooms[str(room)] = _of(f"rooms: {room}", partial(_room, room=_of("rooms", read_name, room)), {**shared, **own})
    return rooms


def _room(data: Mapping[Any, object], room: str | None) -> RoomFile:
    """Return a room; `room` is its id where that is not one of the keys."""
    readers = KEYS if room is None else {key: reader for key, reader in KEYS.items() if key != "room"}
    for key in data:
        if key not in readers:
            raise ValueError(f"{shown(key)} is no setting; these are: {listed(sorted(readers))}")
    values = {key: _of(key, readers[key], value) for key, value in data.items()}
    alarms = values.pop("alarms", ())
    if "time_zone" in values:
        values["zone"] = values.pop("time_zone")
    return RoomFile(settings=RoomSettings(**{"room": room or ANY, "name": NAME} | values), alarms=alarms)


def _of[T](key: str, read_value: Callable[[Any], T], value: object) -> T:
    """Return a value as it is read; raise ValueError that begins with the key."""
    try:
        return read_value(value)
    except (ValueError, MalformedEventError) as err:
        raise ValueError(f"{key} {err}" if str(err).startswith("is ") else f"{key}: {err}") from None


def _mapping(value: object) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"is {shown(value)}, not a mapping")  # noqa: TRY004  one kind of refusal for all readers
    return value


def _alarms(value: object) -> tuple[Alarm, ...]:
    if not isinstance(value, list):
        raise ValueError(f"is {shown(value)}, not a list")  # noqa: TRY004
    alarms = tuple(
        replace(_of(f"alarm {number}", alarm_from_dict, one), app_stop=True) for number, one in enumerate(value, 1)
    )
    ids = [alarm.id for alarm in alarms]
    if twice := [one for one in dict.fromkeys(ids) if ids.count(one) > 1]:
        raise ValueError(f"two have the id {listed(twice)}")
    return alarms


def _sensors(value: object) -> dict[str, SensorKind]:
    return {
        _of("source", read_name, source): _of(str(source), lambda kind: read_one_of(SensorKind, kind), kind)
        for source, kind in _mapping(value).items()
    }


def _zone(value: object) -> tzinfo:
    try:
        return ZoneInfo(read_name(value))
    except ValueError, OSError, LookupError:  # "Europe" is a folder, "../x" no key, "Mars" not there
        raise ValueError(f"is {shown(value)}, not a time zone like Europe/Berlin") from None


def _window(value: object) -> tuple[time, time]:
    ends = re.split(" ?[-–] ?", value) if isinstance(value, str) else value
    if not isinstance(ends, list) or len(ends) != 2:
        raise ValueError(f"is {shown(value)}, not two times like 20:00–09:00")
    return read_wall(ends[0]), read_wall(ends[1])


def _duration(value: object) -> timedelta:
    """Return a duration: "10 min", "1 h 30 min", "00:10:00", or seconds."""
    duration = None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST.total_seconds():
        duration = timedelta(seconds=value)
    elif isinstance(value, str) and len(value) <= 40 and _QUANTITIES.fullmatch(value):
        duration = sum((float(count) * _UNITS[unit] for count, unit in _QUANTITY.findall(value)), timedelta())
    elif isinstance(value, str) and len(value) <= 40 and (parts := _HOURS.fullmatch(value)):
        hours, minutes, seconds = map(int, parts.groups())
        duration = timedelta(seconds=(hours * 60 + minutes) * 60 + seconds) if hours <= 168 else None
    if duration is None or duration > LONGEST:
        raise ValueError(
            f'is {shown(value)}, not a duration of up to a week like "10 min", "30 s", "2 h", "00:10:00" or seconds'
        )
    return duration


KEYS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "room": read_name,
    "name": lambda value: read_text(value) or None,
    "time_zone": _zone,
    "sleep_window": _window,
    "shared_bed": read_flag,
    "sensors": _sensors,
    "alarms": _alarms,
    **{kept.name: _duration for kept in fields(RoomSettings) if isinstance(kept.default, timedelta)},
}
"""What reads the value of each key."""


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core: `20:00`, `2026-01-09` and `on` are texts, which for YAML 1.1 are something else."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), _first)
