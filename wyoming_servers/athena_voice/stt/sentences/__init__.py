"""Sentences of a home: the shapes of a language, filled with a home's names. Add a language: add its YAML."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml
from hassil.intents import SlotList, TextSlotList
from hassil.numbers import get_rbnf_engine
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence

from ...errors import VocabularyError
from ..vocabulary import Area, Entity, Vocabulary

_NUMBER: Final = re.compile(r"\d+")
_NOT_SPOKEN: Final = re.compile(r"[^a-z' ]+")

type _Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One thing a person may say."""

    text: str
    """As Home Assistant reads it."""
    words: tuple[str, ...]
    """As it is spoken: lower case, no punctuation, numbers in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How people wrap a sentence, and which of its words turn it into its opposite."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    opposites: Mapping[str, str]
    """For a word the name that it shares with its opposite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shapes:
    manners: Manners
    entities: _Texts
    areas: _Texts
    home: _Texts
    always: tuple[str, ...]
    numbers: _Texts


def expand(vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """Return all sentences of a home, each once; raise VocabularyError for a language without shapes. Blocking."""
    language = vocabulary.language.partition("-")[0].lower()
    sentences: dict[tuple[str, ...], Sentence] = {}
    for text in _texts(vocabulary, _shapes(language)):
        words = spoken(text, language)
        if words:
            sentences.setdefault(words, Sentence(text=text, words=words))
    return tuple(sentences.values())


def manners(language: str) -> Manners:
    """Return how people of a language say things; raise VocabularyError for a language without shapes. Blocking."""
    return _shapes(language.partition("-")[0].lower()).manners


def spoken(text: str, language: str) -> tuple[str, ...]:
    """Return the words that a person says for a text."""
    text = _NUMBER.sub(lambda match: f" {_number(int(match.group()), language)} ", text)
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return tuple(word for raw in _NOT_SPOKEN.sub(" ", plain).split() if (word := raw.strip("'")))


def _number(number: int, language: str) -> str:
    return get_rbnf_engine(language).format_number(number).text


@cache
def _shapes(language: str) -> _Shapes:
    path = resources.files(__name__) / f"{language}.yaml"
    if not path.is_file():
        raise VocabularyError(f"there are no sentence shapes for the language {language!r}")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))

    def texts(key: str) -> _Texts:
        return {name: tuple(map(str, values)) for name, values in raw[key].items()}

    return _Shapes(
        manners=Manners(
            before=tuple(raw["before"]),
            after=tuple(raw["after"]),
            opposites={word: "/".join(words) for words in raw["opposites"] for word in words},
        ),
        entities=texts("entities"),
        areas=texts("areas"),
        home=texts("home"),
        always=tuple(raw["always"]),
        numbers=texts("numbers"),
    )


def _texts(vocabulary: Vocabulary, shapes: _Shapes) -> Iterator[str]:
    areas = {area.name: area for area in vocabulary.areas}
    for entity in vocabulary.entities:
        yield from _fill(
            shapes.entities.get(entity.domain, ()),
            shapes.numbers,
            the_name=_the_names(entity, areas),
            the_own_name=map(_with_article, (entity.name, *entity.aliases)),
        )
    for area in vocabulary.areas:
        names = (area.name, *area.aliases)
        for domain in sorted({entity.domain for entity in vocabulary.entities if entity.area == area.name}):
            yield from _fill(
                shapes.areas.get(domain, ()), shapes.numbers, area=names, the_area=map(_with_article, names)
            )
    for domain in sorted({entity.domain for entity in vocabulary.entities}):
        yield from _fill(shapes.home.get(domain, ()), shapes.numbers)
    yield from _fill(shapes.always, shapes.numbers)
    yield from vocabulary.sentences


def _entity_names(entity: Entity, areas: Mapping[str, Area]) -> Iterator[str]:
    """Yield "lamp" and "living room lamp", but no "living room living room lamp"."""
    for name in (entity.name, *entity.aliases):
        yield name
        for area in _area_names(entity, areas):
            if area.lower() not in name.lower():
                yield f"{area} {name}"


def _the_names(entity: Entity, areas: Mapping[str, Area]) -> Iterator[str]:
    yield from map(_with_article, _entity_names(entity, areas))
    for name in (entity.name, *entity.aliases):
        for area in _area_names(entity, areas):
            if area.lower() not in name.lower():
                yield f"{_with_article(name)} in {_with_article(area)}"


def _area_names(entity: Entity, areas: Mapping[str, Area]) -> tuple[str, ...]:
    area = areas.get(entity.area or "")
    return (area.name, *area.aliases) if area else ()


def _with_article(name: str) -> str:
    """Return "the lamp", but "Arman's lamp"."""
    first = name.lower().replace("’", "'").split()[:1]
    if first and (first[0] in ("the", "my") or first[0].endswith("'s")):
        return name
    return f"the {name}"


def _fill(templates: Iterable[str], numbers: _Texts, **names: Iterable[str]) -> Iterator[str]:
    lists: dict[str, SlotList] = {
        key: TextSlotList.from_strings([value.lower() for value in values], allow_template=False)
        for key, values in {**numbers, **names}.items()
    }
    for template in templates:
        yield from sample_sentence(parse_sentence(template), lists)
