"""The shapes of a language's sentences, from its YAML, and how its people wrap, spell and place what they say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml
from hassil.intents import SlotList, TextSlotList

from ...errors import VocabularyError

COMMAND: Final = "command"
PIN: Final = "pin"

type Texts = Mapping[str, tuple[str, ...]]
type Lists = Mapping[str, SlotList]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One thing a person may say."""

    said: str
    """What is said, in lower case; numbers in figures, "7 :30" for half past seven."""
    text: str
    """What Home Assistant is told: the same, or a form of it that it understands."""
    kind: str = COMMAND
    """Which of the language's kinds of sentences it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A number that is said digit by digit: a PIN, which is in no list."""

    digits: Mapping[str, tuple[str, ...]]
    """The words that the model may write for each."""
    shortest: int
    longest: int
    kind: str = PIN


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
class Kind:
    """Shapes of one kind, by the domain that a home must have for them."""

    entities: Texts
    areas: Texts
    floors: Texts
    home: Texts
    always: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """How a floor is spoken of."""

    where: frozenset[str]
    on: frozenset[str]
    besides: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """All of a language."""

    manners: Manners
    kinds: Mapping[str, Kind]
    floors: Floors
    spelling: Spelling
    spelt_for: frozenset[str]
    numbers: Lists


@cache
def load_shapes(language: str) -> Shapes:
    """Read a language's file; raise VocabularyError for one without shapes. Blocking."""
    path = resources.files(__name__) / f"{language}.yaml"
    if not path.is_file():
        raise VocabularyError(f"the home speaks {language!r}, and this engine knows English only")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    pins, floors = raw["pins"], raw["floors"]
    return Shapes(
        manners=Manners(
            before=tuple(raw["before"]),
            after=tuple(raw["after"]),
            opposites={word: "/".join(words) for words in raw["opposites"] for word in words}
            | dict.fromkeys(raw["negations"], ""),
            same=raw["same"],
        ),
        kinds={kind: _kind(shapes) for kind, shapes in {COMMAND: raw["commands"], **raw["more"]}.items()},
        floors=Floors(where=frozenset(floors["where"]), on=frozenset(floors["on"]), besides=tuple(floors["besides"])),
        spelling=Spelling(
            digits={digit: tuple(words) for digit, words in pins["digits"].items()},
            shortest=pins["shortest"],
            longest=pins["longest"],
        ),
        spelt_for=frozenset(pins["domains"]),
        numbers={name: text_list(map(str, values)) for name, values in raw["numbers"].items()},
    )


def _kind(raw: Mapping[str, Any]) -> Kind:
    def texts(key: str) -> Texts:
        return {domain: tuple(values) for domain, values in raw.get(key, {}).items()}

    return Kind(
        entities=texts("entities"),
        areas=texts("areas"),
        floors=texts("floors"),
        home=texts("home"),
        always=tuple(raw.get("always", ())),
    )


def text_list(values: Iterable[str]) -> SlotList:
    """Return what may stand in a place, in lower case."""
    return TextSlotList.from_strings([value.lower() for value in values], allow_template=False)
