"""The home's words from a YAML file, read again whenever it changes."""

import asyncio
import difflib
import logging
from collections.abc import AsyncGenerator, Callable, Collection, Hashable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import SettingsError
from .vocabulary import Area, Entity, Floor, Vocabulary

_LOGGER = logging.getLogger(__name__)

POLL_SECONDS: Final = 2.0
_LARGEST: Final = 1024 * 1024

DOMAINS: Final = (
    *("alarm_control_panel", "automation", "binary_sensor", "button", "calendar", "camera", "climate", "counter"),
    *("cover", "device_tracker", "fan", "humidifier", "input_boolean", "input_button", "input_number", "input_select"),
    *("lawn_mower", "light", "lock", "media_player", "number", "person", "remote", "scene", "script", "select"),
    *("sensor", "siren", "switch", "timer", "todo", "vacuum", "valve", "water_heater", "weather"),
)
"""Home Assistant's kinds of things that people name."""


class HomeFile:
    """One file, as long as it takes."""

    def __init__(self, path: Path) -> None:
        """Read it; raise SettingsError, with the place in it, for what is no home. Blocking."""
        self.trouble: str | None = None
        self._path = path
        self._seen = _state(path)
        self._vocabulary = read(path)

    async def vocabularies(self) -> AsyncGenerator[Vocabulary]:
        """Yield the vocabulary, now and after every change; a broken version is said once, and the last one stays."""
        yield self._vocabulary
        while True:
            await asyncio.sleep(POLL_SECONDS)
            vocabulary = await asyncio.to_thread(self._changed)
            if vocabulary is not None:
                yield vocabulary

    def _changed(self) -> Vocabulary | None:
        """Return the new vocabulary where there is one."""
        state = _state(self._path)  # before it is read: what changes meanwhile is seen next time
        if state == self._seen:
            return None
        self._seen = state
        try:
            vocabulary = read(self._path)
        except SettingsError as err:
            self.trouble = str(err)
            _LOGGER.error("the home's words stay as they were: %s", err)
            return None
        self.trouble = None
        _LOGGER.info("%s has changed and is read again", self._path)
        self._vocabulary = vocabulary
        return vocabulary


def read(path: Path) -> Vocabulary:
    """Return the home that a file describes; raise SettingsError, which says what is wrong and where. Blocking."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as err:
        raise SettingsError(f"the home file {path} cannot be read: {err.strerror or err}") from err
    if len(raw) > _LARGEST:
        raise SettingsError(f"the home file {path} is larger than {_LARGEST} bytes")
    try:
        content = yaml.load(raw, _Loader)  # noqa: S506 (a SafeLoader that takes no key twice)
    except (yaml.YAMLError, ValueError, RecursionError) as err:  # ValueError: a date that there is not
        raise SettingsError(f"the home file {path} is no YAML: {_what_is_wrong(err, raw)}") from err
    try:
        return _home(content)
    except SettingsError as err:
        raise SettingsError(f"the home file {path}: {err}") from err


def _what_is_wrong(err: Exception, raw: bytes) -> str:
    """Return what YAML says, and the line and column, counted from 1."""
    match err:
        case yaml.MarkedYAMLError(problem=str(problem), problem_mark=yaml.Mark(line=line, column=column)):
            return f"{problem} (line {line + 1}, column {column + 1})"
        case yaml.reader.ReaderError(reason=reason, position=position):
            # it counts bytes where it cannot decode them, else characters
            text = (
                raw.decode(errors="replace")[:position]
                if err.encoding == "unicode"
                else raw[:position].decode(errors="replace")
            )
            line, column = text.count("\n"), len(text) - text.rfind("\n")
            return f"a character that may not be there, {reason} (line {line + 1}, column {column})"
        case RecursionError():
            return "its brackets are nested too deeply"
    return " ".join(str(err).split())


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: the second list of entities would silently be all there is."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        """Return the mapping."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} stands there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _home(content: object) -> Vocabulary:
    home = _mapping(content, "", ("language", "floors", "areas", "entities", "sentences"))
    areas = tuple(_each(home, "areas", _area))
    names = tuple(area.name for area in areas)
    for number, name in enumerate(names):
        if name in names[:number]:
            raise SettingsError(f"areas[{number}].name: {name!r} is there already")
    return Vocabulary(
        language=_text(home, "language", ""),
        floors=_floors(tuple(_each(home, "floors", _floor)), areas),
        areas=areas,
        entities=tuple(_each(home, "entities", lambda raw, place: _entity(raw, place, names))),
        sentences=_texts(home, "sentences", ""),
    )


def _floors(listed: tuple[Floor, ...], areas: Collection[Area]) -> tuple[Floor, ...]:
    """Return the floors that are listed, and those that rooms name without that."""
    known = {floor.name: floor for floor in listed}
    for area in areas:
        if area.floor is not None:
            known.setdefault(area.floor, Floor(name=area.floor))
    return tuple(known.values())


def _floor(raw: object, place: str) -> Floor:
    floor = _mapping(raw, place, ("name", "aliases"))
    return Floor(name=_text(floor, "name", place), aliases=_texts(floor, "aliases", place))


def _area(raw: object, place: str) -> Area:
    area = _mapping(raw, place, ("name", "aliases", "floor"))
    floor = None if area.get("floor") is None else _text(area, "floor", place)
    return Area(name=_text(area, "name", place), aliases=_texts(area, "aliases", place), floor=floor)


def _entity(raw: object, place: str, areas: Collection[str]) -> Entity:
    entity = _mapping(raw, place, ("name", "domain", "area", "aliases"))
    domain = _text(entity, "domain", place)
    if domain not in DOMAINS:
        raise SettingsError(f"{place}.domain: {_unknown(domain, 'domain', DOMAINS)}")
    area = None if entity.get("area") is None else _text(entity, "area", place)
    if area is not None and area not in areas:
        raise SettingsError(f"{place}.area: {_unknown(area, 'area', areas)}")
    return Entity(name=_text(entity, "name", place), domain=domain, area=area, aliases=_texts(entity, "aliases", place))


def _mapping(raw: object, place: str, known: Collection[str]) -> dict[Any, Any]:
    where = f"{place}: " if place else ""
    if not isinstance(raw, dict):
        raise SettingsError(f"{where}there must be keys and values, with the keys {', '.join(known)}")
    for key in raw:
        if key not in known:
            raise SettingsError(f"{where}{_unknown(str(key), 'key', known)}")
    return raw


def _each[T](raw: dict[Any, Any], key: str, read_one: Callable[[object, str], T]) -> Iterator[T]:
    for number, item in enumerate(_list(raw, key, "")):
        yield read_one(item, f"{key}[{number}]")


def _texts(raw: dict[Any, Any], key: str, place: str) -> tuple[str, ...]:
    where = f"{place}.{key}" if place else key
    return tuple(_is_text(item, f"{where}[{number}]") for number, item in enumerate(_list(raw, key, place)))


def _list(raw: dict[Any, Any], key: str, place: str) -> list[Any]:
    items = raw.get(key)
    if items is None:  # `areas:` with nothing below it
        return []
    if not isinstance(items, list):
        raise SettingsError(f"{place}.{key}: ".removeprefix(".") + "there must be a list, each item after a “- ”")
    return items


def _text(raw: dict[Any, Any], key: str, place: str) -> str:
    where = f"{place}.{key}" if place else key
    if raw.get(key) is None:
        raise SettingsError(f"{where} is missing")
    return _is_text(raw[key], where)


def _is_text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{place}: YAML reads {value!r} there, which is no text; put it in quotes")
    if not value.strip():
        raise SettingsError(f"{place} is empty")
    return value.strip()


def _unknown(word: str, what: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown {what} {word!r}; {hint}known are {', '.join(known) or 'none'}"
