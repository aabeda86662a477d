"""What a sentence asks for, so that two ways to say it are the same: "switch the lamp on" and "turn on the lamp"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final

import yaml
from hassil.numbers import get_rbnf_engine

from athena_voice.stt.sentences import Sentence
from athena_voice.stt.vocabulary import Area, Entity, Vocabulary

_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)*'?|[#@][\d+]+|[#@]")
_SAME: Final = {
    "switch": "turn",
    "shut": "close",
    "lower": "close",
    "raise": "open",
    "yeah": "yes",
    "yep": "yes",
    "sure": "yes",
    "okay": "yes",
    "nope": "no",
}
_NEEDLESS: Final = frozenset(("the", "a", "in", "of", "to"))

type Deed = tuple[str, ...]


class Deeds:
    """The deeds of one home."""

    def __init__(self, vocabulary: Vocabulary, sentences: Iterable[Sentence], opposites: Mapping[str, str]) -> None:
        self._opposites = opposites
        self._names = _names(vocabulary)
        self._domains = [entity.domain for entity in vocabulary.entities]
        self._any_name = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(self._names, key=len, reverse=True)))})\b")
        self._sentences: dict[Deed, str] = {}
        for sentence in sentences:
            self._sentences.setdefault(self.of(sentence.said), sentence.text)
            self._sentences.setdefault(self.of(sentence.text), sentence.text)

    def of(self, text: str) -> Deed:
        """Return what a text asks for: its first word, and its other words in any order."""
        words = self._any_name.sub(lambda match: self._names[match[0]], " ".join(words_of(text)))
        first, *rest = [word for word in _WORD.findall(words) if word not in _NEEDLESS] or [""]
        return (_SAME.get(first, first), *sorted(rest))

    def sentence(self, text: str) -> str:
        """Return a sentence of the home that asks for what a text asks for, or nothing."""
        return self._sentences.get(self.of(text), "")

    def opposed(self, one: str, other: str) -> bool:
        """Whether two texts ask for opposite deeds."""
        deeds = self.of(one), self.of(other)
        common = [sorted(self._opposites.get(word, word) for word in deed) for deed in deeds]
        return deeds[0] != deeds[1] and common[0] == common[1]

    def shape(self, text: str) -> str:
        """Return a sentence without its names, numbers and colours."""
        words = " ".join(words_of(text, numbers=False))
        shape = self._any_name.sub(lambda match: self._kind(self._names[match[0]]), words)
        return " ".join("#" if word in _values() else word for word in shape.split())

    def _kind(self, name: str) -> str:
        return "<room>" if name.startswith("@") else f"<{self._domains[int(name[1:].partition('+')[0])]}>"


def words_of(text: str, *, numbers: bool = True) -> list[str]:
    """Return the words of a text: lower case, no punctuation; with `numbers`, those in words."""
    plain = text.lower().replace("’", "'").replace("%", " percent").replace("°", " degrees").replace("-", " ")
    if numbers:
        plain = re.sub(r"\d+", lambda match: f" {_in_words(int(match[0]))} ", plain)
    return _WORD.findall(re.sub(r"\bwhat's\b", "what is", plain))


@cache
def _values() -> frozenset[str]:
    """Return what the lists of the language hold: numbers, colours."""
    raw = yaml.safe_load(resources.files("athena_voice.stt.sentences").joinpath("en.yaml").read_text(encoding="utf-8"))
    return frozenset(str(value) for values in raw["numbers"].values() for value in values)


def _in_words(number: int) -> str:
    return get_rbnf_engine("en").format_number(number).text.replace("-", " ")


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    """Return what stands for each name of a thing (#) or a room (@)."""
    areas = {area.name: area for area in vocabulary.areas}
    things: dict[str, list[str]] = {}
    for number, entity in enumerate(vocabulary.entities):
        for name in _names_of(entity, areas.get(entity.area or "")):
            things.setdefault(name, []).append(str(number))
    names = {_plain(name): f"@{number}" for number, area in enumerate(vocabulary.areas) for name in _each(area)}
    return names | {name: "#" + "+".join(dict.fromkeys(numbers)) for name, numbers in things.items()}


def _names_of(entity: Entity, area: Area | None) -> Iterator[str]:
    for name in map(_plain, _each(entity)):
        yield name
        for place in map(_plain, _each(area) if area else ()):
            yield from (f"{place} {name}", f"{name} in the {place}", f"{name} in {place}")


def _each(named: Entity | Area) -> tuple[str, ...]:
    return (named.name, *named.aliases)


def _plain(name: str) -> str:
    return " ".join(words_of(name))
