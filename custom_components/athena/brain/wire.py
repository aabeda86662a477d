"""Facts, orders and alarms as JSON: the keys of the payload lie flat beside `type`, `room`, `at`, `source` and `seq`.

The forms are append-only: a field may be added, with a default; all of tests/athena/brain/wire.jsonl stays readable.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from enum import Enum, StrEnum
from functools import partial
from types import ModuleType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from . import commands, events
from .commands import Command
from .errors import MalformedEventError
from .events import Event
from .fields import (
    listed,
    read_count,
    read_date,
    read_flag,
    read_moment,
    read_name,
    read_number,
    read_one_of,
    read_share,
    read_text,
    read_texts,
    read_wall,
    read_weekdays,
    shown,
)
from .settings import Alarm, Music, Weekday

type _Reader = Callable[[object], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """The fields of one type."""

    makes: Callable[..., Any]
    readers: Mapping[str, _Reader]
    required: Collection[str]

    def read(self, name: str, data: object) -> Any:
        """Return what the object's fields make; `name` says in an error what they are of."""
        if not isinstance(data, Mapping):
            raise MalformedEventError(f"{name}: {shown(data)} is not an object")
        for key in data:
            if key not in self.readers:
                raise MalformedEventError(f"{name}: {shown(key)} is none of its fields: {listed(self.readers)}")
        if missing := [key for key in self.required if key not in data]:
            raise MalformedEventError(f"{name}: {listed(missing)} missing")
        values = {}
        for key, value in data.items():
            try:
                values[key] = self.readers[key](value)
            except ValueError as err:
                raise MalformedEventError(f"{name}: {key} {err}") from None
        return self.makes(**values)


def event_from_dict(data: object) -> Event:
    """Return the fact that JSON stands for; raise MalformedEventError, which says which field, for what is none."""
    event: Event = _read(_EVENTS, data)
    return event


def command_from_dict(data: object) -> Command:
    """Return the order that JSON stands for; raise MalformedEventError, which says which field, for what is none."""
    command: Command = _read(_COMMANDS, data)
    return command


def as_dict(said: Event | Command) -> dict[str, Any]:
    """Return a fact or an order as JSON, without the fields that are None."""
    return {"type": said.type} | _plain_fields(said)


def alarm_from_dict(data: object) -> Alarm:
    """Return the alarm that JSON stands for; raise MalformedEventError, which says which field, for what is none.

    `time` is like "07:00"; `weekdays` a list of `mon` to `sun`, or `weekdays`, `weekend` or `daily`; `date` like
    "2026-01-09"; `music` has `player`, `media` and perhaps `kind`.
    """
    alarm: Alarm = _ALARM.read("alarm", data)
    return alarm


def alarm_as_dict(alarm: Alarm) -> dict[str, Any]:
    """Return the alarm as JSON, without the fields that are None."""
    return _plain_fields(alarm)


def _plain_fields(made: Any) -> dict[str, Any]:
    values = ((field.name, getattr(made, field.name)) for field in fields(made))
    return {name: _plain(value) for name, value in values if value is not None}


def _plain(value: Any) -> Any:
    match value:
        case Alarm() | Music():
            plain: Any = _plain_fields(value)
        case tuple() | frozenset():
            plain = [_plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
        case Weekday():
            plain = value.name.lower()
        case Enum():
            plain = value.value
        case date():  # a datetime, too
            plain = value.isoformat()
        case time():
            plain = value.isoformat("auto" if value.second or value.microsecond else "minutes")
        case _:
            plain = value
    return plain


def _read(forms: Mapping[str, _Form], data: object) -> Any:
    if not isinstance(data, Mapping):
        raise MalformedEventError(f"{shown(data)} is not an object")
    if "type" not in data:
        raise MalformedEventError("type missing")
    if not isinstance(kind := data["type"], str) or kind not in forms:
        raise MalformedEventError(f"type is {shown(kind)}, not one of {listed(forms)}")
    return forms[kind].read(kind, {key: value for key, value in data.items() if key != "type"})


def _music(value: object) -> Music:
    music: Music = _MUSIC.read("music", value)
    return music


_READERS: Final[Mapping[Any, _Reader]] = {
    str: read_text,
    bool: read_flag,
    int: read_count,
    float: read_number,
    datetime: read_moment,
    date: read_date,
    time: read_wall,
    tuple[str, ...]: read_texts,
    frozenset[Weekday]: read_weekdays,
    Music: _music,
    Alarm: alarm_from_dict,
}
"""By a field's type."""

_CLOSER: Final[Mapping[str, _Reader]] = {
    "room": read_name,
    "source": read_name,
    "id": read_name,
    "confidence": read_share,
    "motion": read_share,
    "score": read_share,
    "volume": read_share,
}
"""By the name of a field whose type says too little."""


def _reader(name: str, annotation: Any) -> _Reader:
    if get_origin(annotation) is UnionType:
        inner = _reader(name, next(kind for kind in get_args(annotation) if kind is not type(None)))
        return lambda value: None if value is None else inner(value)
    if name in _CLOSER:
        return _CLOSER[name]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return partial(read_one_of, annotation)
    return _READERS[annotation]


def _form(kind: Any) -> _Form:
    hints = get_type_hints(kind)
    return _Form(
        makes=kind,
        readers={field.name: _reader(field.name, hints[field.name]) for field in fields(kind)},
        required=[field.name for field in fields(kind) if field.default is field.default_factory is MISSING],
    )


def _forms(module: ModuleType, root: type) -> dict[str, _Form]:
    """Return the forms of the classes of a module that have a wire name."""
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, root)]
    return {kind.type: _form(kind) for kind in kinds if hasattr(kind, "type")}


_MUSIC: Final = _form(Music)
_ALARM: Final = _form(Alarm)
_EVENTS: Final = _forms(events, Event)
_COMMANDS: Final = _forms(commands, Command)
