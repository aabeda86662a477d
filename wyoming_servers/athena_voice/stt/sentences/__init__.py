"""Sentences of a home: the shapes of a language, filled with a home's names. Add a language: add its YAML."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence

from ..vocabulary import Area, Entity, Floor, Vocabulary, language_of
from .shapes import (
    COMMAND,
    PIN,
    Floors,
    Kind,
    Lists,
    Manners,
    Sentence,
    Shapes,
    Spelling,
    Texts,
    load_shapes,
    text_list,
)

__all__ = ["COMMAND", "PIN", "Manners", "Sentence", "Spelling", "expand", "manners", "spelling"]

_ANY_NAME: Final = "{the_any_name}"
_ANYTHING: Final = "*"
"""Said of every room, and of every floor."""


def expand(vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """Return all sentences of a home, each once; raise VocabularyError for a language without shapes. Blocking."""
    sentences: dict[str, Sentence] = {}
    for sentence in _sentences(vocabulary, load_shapes(language_of(vocabulary.language))):
        sentences.setdefault(sentence.said, sentence)
    return tuple(sentences.values())


def spelling(vocabulary: Vocabulary) -> Spelling | None:
    """Return how a PIN is said, where one may be asked for; raise VocabularyError as `expand`. Blocking."""
    shapes = load_shapes(language_of(vocabulary.language))
    return shapes.spelling if any(one.domain in shapes.spelt_for for one in vocabulary.entities) else None


def manners(language: str) -> Manners:
    """Return how people of a language say things; raise VocabularyError for a language without shapes. Blocking."""
    return load_shapes(language_of(language)).manners


def _sentences(vocabulary: Vocabulary, shapes: Shapes) -> Iterator[Sentence]:
    areas = {area.name: area for area in vocabulary.areas}
    names = Counter(name for entity in vocabulary.entities for name in {each.lower() for each in _names(entity)})
    for kind, its in shapes.kinds.items():
        for entity in vocabulary.entities:
            templates = its.entities.get(entity.domain, ())
            for name in _names(entity):
                unique = names[name.lower()] == 1
                of_name = _of_name(name, _area_names(entity, areas), templates, shapes.numbers, unique=unique)
                yield from (replace(sentence, kind=kind) for sentence in of_name)
        yield from (_as_said(text, kind) for text in _texts(vocabulary, its, shapes))
        if kind == COMMAND:
            yield from (_as_said(text, kind) for text in vocabulary.sentences)


def _of_name(
    name: str, areas: tuple[str, ...], templates: Iterable[str], numbers: Lists, *, unique: bool
) -> Iterator[Sentence]:
    """Yield what is said of a thing by one of its names, with and without its area."""
    own = _with_article(name)
    full = tuple(_full_names(name, areas))
    for template in templates:
        if _ANY_NAME not in template:
            texts = _fill(template, numbers, the_name=(own, *full), the_own_name=(own,))
            yield from (_as_said(text, COMMAND) for text in texts)
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


def _texts(vocabulary: Vocabulary, kind: Kind, shapes: Shapes) -> Iterator[str]:
    for area in vocabulary.areas:
        names = (area.name, *area.aliases)
        lists = {"area": names, "the_area": tuple(map(_with_article, names))}
        yield from _of_place(kind.areas, _domains(vocabulary, [area]), shapes.numbers, lists)
    for floor in _floors(vocabulary, shapes.floors):
        names = (floor.name, *floor.aliases)
        lists = {"floor": names, "on_floor": tuple(_on(name, shapes.floors) for name in names)}
        areas = [area for area in vocabulary.areas if area.floor == floor.name]
        yield from _of_place(kind.floors, _domains(vocabulary, areas or vocabulary.areas), shapes.numbers, lists)
    for domain in sorted({entity.domain for entity in vocabulary.entities}):
        for template in kind.home.get(domain, ()):
            yield from _fill(template, shapes.numbers)
    for template in kind.always:
        yield from _fill(template, shapes.numbers)


def _of_place(
    shapes: Texts, domains: Iterable[str], numbers: Lists, lists: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    for domain in domains:
        for template in shapes.get(domain, ()):
            yield from _fill(template, numbers, **lists)


def _domains(vocabulary: Vocabulary, areas: Iterable[Area]) -> tuple[str, ...]:
    """Return what there is in some areas, and what stands for anything where there is something."""
    names = {area.name for area in areas}
    domains = sorted({entity.domain for entity in vocabulary.entities if entity.area in names})
    return (*domains, _ANYTHING) if domains else ()


def _floors(vocabulary: Vocabulary, floors: Floors) -> Iterator[Floor]:
    yield from vocabulary.floors
    known = {name.lower() for floor in vocabulary.floors for name in (floor.name, *floor.aliases)}
    if len(vocabulary.floors) > 1:
        yield from (Floor(name=name) for name in floors.besides if name not in known)


def _on(name: str, floors: Floors) -> str:
    """Return "upstairs", "on the ground floor", "in the basement"."""
    if name.lower() in floors.where:
        return name
    preposition = "on" if floors.on.intersection(name.lower().split()[-1:]) else "in"
    return f"{preposition} {_with_article(name)}"


def _as_said(text: str, kind: str) -> Sentence:
    return Sentence(said=text, text=text.replace(" :", " "), kind=kind)


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


def _fill(template: str, numbers: Lists, **names: Iterable[str]) -> Iterator[str]:
    lists = {**numbers, **{key: text_list(values) for key, values in names.items()}}
    for text in sample_sentence(_parsed(template), lists):
        yield " ".join(text.split())  # an optional word that is not there leaves a space


_parsed: Final = cache(parse_sentence)
