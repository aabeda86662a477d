"""Sentences of a home: the shapes of a language, filled with a home's names. Add a language: add its YAML."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml
from hassil.intents import SlotList, TextSlotList
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence

from ...errors import VocabularyError
from ..vocabulary import Area, Entity, Vocabulary, language_of

_ANY_NAME: Final = "{the_any_name}"

type _Texts = Mapping[str, tuple[str, ...]]
type _Lists = Mapping[str, SlotList]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One thing a person may say."""

    said: str
    """What is said, in lower case; numbers in figures, "7 :30" for half past seven."""
    text: str
    """What Home Assistant is told: the same, or a form of it that it understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How people wrap a sentence, and which of its words turn it into its opposite."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    opposites: Mapping[str, str]
    """For a word the name that it shares with its opposite; nothing for one that makes an opposite by being there."""
    same: Mapping[str, str]
    """For a word another of the same meaning; nothing for one that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shapes:
    manners: Manners
    entities: _Texts
    areas: _Texts
    home: _Texts
    always: tuple[str, ...]
    numbers: _Lists


def expand(vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """Return all sentences of a home, each once; raise VocabularyError for a language without shapes. Blocking."""
    sentences: dict[str, Sentence] = {}
    for sentence in _sentences(vocabulary, _shapes(language_of(vocabulary.language))):
        sentences.setdefault(sentence.said, sentence)
    return tuple(sentences.values())


def manners(language: str) -> Manners:
    """Return how people of a language say things; raise VocabularyError for a language without shapes. Blocking."""
    return _shapes(language_of(language)).manners


@cache
def _shapes(language: str) -> _Shapes:
    path = resources.files(__name__) / f"{language}.yaml"
    if not path.is_file():
        raise VocabularyError(f"the home speaks {language!r}, and this engine knows English only")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))

    def texts(key: str) -> _Texts:
        return {name: tuple(map(str, values)) for name, values in raw[key].items()}

    return _Shapes(
        manners=Manners(
            before=tuple(raw["before"]),
            after=tuple(raw["after"]),
            opposites={word: "/".join(words) for words in raw["opposites"] for word in words}
            | dict.fromkeys(raw["negations"], ""),
            same=raw["same"],
        ),
        entities=texts("entities"),
        areas=texts("areas"),
        home=texts("home"),
        always=tuple(raw["always"]),
        numbers={name: _list(values) for name, values in texts("numbers").items()},
    )


def _sentences(vocabulary: Vocabulary, shapes: _Shapes) -> Iterator[Sentence]:
    areas = {area.name: area for area in vocabulary.areas}
    names = Counter(name for entity in vocabulary.entities for name in {each.lower() for each in _names(entity)})
    for entity in vocabulary.entities:
        templates = shapes.entities.get(entity.domain, ())
        for name in _names(entity):
            unique = names[name.lower()] == 1
            yield from _of_name(name, _area_names(entity, areas), templates, shapes.numbers, unique=unique)
    yield from map(_as_said, _texts(vocabulary, shapes))


def _of_name(
    name: str, areas: tuple[str, ...], templates: Iterable[str], numbers: _Lists, *, unique: bool
) -> Iterator[Sentence]:
    """Yield what is said of a thing by one of its names, with and without its area."""
    own = _with_article(name)
    full = tuple(_full_names(name, areas))
    for template in templates:
        if _ANY_NAME not in template:
            yield from map(_as_said, _fill(template, numbers, the_name=(own, *full), the_own_name=(own,)))
            continue
        for said in (own, *full):
            meant = _fill(template, numbers, the_any_name=(own if unique else said,))
            for spoken, text in zip(_fill(template, numbers, the_any_name=(said,)), meant, strict=True):
                yield Sentence(said=spoken, text=text)


def _full_names(name: str, areas: tuple[str, ...]) -> Iterator[str]:
    """Yield "the living room lamp" and "the lamp in the living room", but no "living room living room lamp"."""
    for area in areas:
        if area.lower() not in name.lower():
            yield _with_article(f"{area} {name}")
            yield f"{_with_article(name)} in {_with_article(area)}"


def _texts(vocabulary: Vocabulary, shapes: _Shapes) -> Iterator[str]:
    for area in vocabulary.areas:
        names = (area.name, *area.aliases)
        for domain in sorted({entity.domain for entity in vocabulary.entities if entity.area == area.name}):
            for template in shapes.areas.get(domain, ()):
                yield from _fill(template, shapes.numbers, area=names, the_area=tuple(map(_with_article, names)))
    for domain in sorted({entity.domain for entity in vocabulary.entities}):
        for template in shapes.home.get(domain, ()):
            yield from _fill(template, shapes.numbers)
    for template in shapes.always:
        yield from _fill(template, shapes.numbers)
    yield from vocabulary.sentences


def _as_said(text: str) -> Sentence:
    return Sentence(said=text, text=text.replace(" :", " "))


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _area_names(entity: Entity, areas: Mapping[str, Area]) -> tuple[str, ...]:
    area = areas.get(entity.area or "")
    return (area.name, *area.aliases) if area else ()


def _with_article(name: str) -> str:
    """Return "the lamp", but "Arman's lamp"."""
    first = name.lower().replace("’", "'").split()[:1]
    if first and (first[0] in ("the", "my", "our", "your") or first[0].endswith("'s")):
        return name
    return f"the {name}"


def _fill(template: str, numbers: _Lists, **names: Iterable[str]) -> Iterator[str]:
    lists = {**numbers, **{key: _list(values) for key, values in names.items()}}
    for text in sample_sentence(_parsed(template), lists):
        yield " ".join(text.split())  # an optional word that is not there leaves a space


def _list(values: Iterable[str]) -> SlotList:
    return TextSlotList.from_strings([value.lower() for value in values], allow_template=False)


_parsed: Final = cache(parse_sentence)
