"""The home's names: from Home Assistant's `athena/vocabulary` command, or from a file."""

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ..errors import VocabularyError

VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A room."""

    name: str
    aliases: tuple[str, ...] = ()
    floor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that people name."""

    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a home is called, and the sentences that belong to no single thing of it."""

    language: str
    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    entities: tuple[Entity, ...] = ()
    sentences: tuple[str, ...] = ()

    def names(self) -> Iterator[str]:
        """Yield each name once: things, rooms, floors, then what else they are called."""
        named: tuple[Entity | Area | Floor, ...] = (*self.entities, *self.areas, *self.floors)
        yield from dict.fromkeys((*(each.name for each in named), *(name for each in named for name in each.aliases)))


class Home(Protocol):
    """Where a home's words come from."""

    @property
    def trouble(self) -> str | None:
        """Why they do not come now, or not as they are; None where nothing is known to be wrong."""

    def vocabularies(self) -> AsyncGenerator[Vocabulary]:
        """Yield the home's vocabulary, now and after every change, for ever."""


def language_of(tag: str) -> str:
    """Return the language of a tag: "en" for "en-GB"."""
    return tag.replace("_", "-").partition("-")[0].lower()


def parse(result: object) -> Vocabulary:
    """Read a command's result; raise VocabularyError for one this version does not read."""
    if not isinstance(result, dict):
        raise VocabularyError("the vocabulary is not a JSON object")
    version = result.get("version")
    if version != VERSION:
        raise VocabularyError(
            f"the vocabulary has version {version!r}, this server reads {VERSION}: update athena-voice"
        )
    return Vocabulary(
        language=_text(result, "language"),
        floors=_each(result, "floors", _floor),
        areas=_each(result, "areas", _area),
        entities=_each(result, "entities", _entity),
        sentences=_texts(result, "sentences"),
    )


def _floor(raw: Mapping[str, Any]) -> Floor:
    return Floor(name=_text(raw, "name"), aliases=_texts(raw, "aliases"))


def _area(raw: Mapping[str, Any]) -> Area:
    return Area(name=_text(raw, "name"), aliases=_texts(raw, "aliases"), floor=_text_or_none(raw, "floor"))


def _entity(raw: Mapping[str, Any]) -> Entity:
    return Entity(
        name=_text(raw, "name"),
        domain=_text(raw, "domain"),
        aliases=_texts(raw, "aliases"),
        area=_text_or_none(raw, "area"),
    )


def _each[T](raw: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    items = raw.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise VocabularyError(f"{key} is not a list of JSON objects")
    return tuple(read(item) for item in items)


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    items = raw.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise VocabularyError(f"{key} is not a list of texts")
    return tuple(items)


def _text_or_none(raw: Mapping[str, Any], key: str) -> str | None:
    return None if raw.get(key) is None else _text(raw, key)


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str):
        raise VocabularyError(f"{key} is not a text: {value!r}")
    return value
