"""How answers are put: short, true, and in the persona's words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from ...home import Area, Entity, with_area
from ..nouns.index import Index
from .quantities import DEGREES, Value, rounded

MOST_NAMES: Final = 4
"""Nobody listens to more; of more, three are named and the others counted."""


class Lines(Protocol):
    """What the agent says in one language."""

    def say(self, key: str, /, **values: object) -> str:
        """Return a line."""

    def part(self, key: str, /, **values: object) -> str:
        """Return what stands within a line."""

    def listed(self, names: Sequence[str]) -> str:
        """Return "a, b and c"."""

    def either(self, names: Sequence[str]) -> str:
        """Return "a, b or c"."""


class Wording:
    """Puts answers about one home."""

    def __init__(self, index: Index, lines: Lines, table: Mapping[str, Any]) -> None:
        self._index = index
        self._shared = index.home.shared_names()
        self._lines = lines
        self._units: Mapping[str, Sequence[str]] = table["units"]
        persons = {
            word
            for entity in index.entities
            if entity.domain == "person"
            for name in index.names_of(entity)
            for word in name.words
        }
        places = {
            word for area in index.home.areas.values() for name in area.names for word in index.lexicon.words(name)
        }
        self._common = (frozenset(table["common"]) | places) - persons
        self._numbers = {number: word for word, number in index.lexicon.speech.numbers.items()}
        self.say = lines.say
        self.part = lines.part
        self.either = lines.either

    def name(self, entity: Entity) -> str:
        """Return a thing as one speaks of it: "the kitchen lamp", but "Joseph" and "LG TV"."""
        named = self._placed(entity)
        head = self._index.names_of(entity)[0].head
        if head is None or self._index.lexicon.words(entity.names[0].split()[-1]) != (head,):
            return named
        said = " ".join(self._small(word) for word in named.split())
        return said if "'" in said.split()[0] or "’" in said.split()[0] else self._lines.part("the", name=said)

    def _placed(self, entity: Entity) -> str:
        """Return a thing's name, with its area where things in other areas have the same."""
        name = entity.names[0]
        area = self._index.home.areas.get(entity.area) if entity.area is not None else None
        return with_area(area, name) if area is not None and name.casefold() in self._shared else name

    def place(self, area: Area) -> str:
        """Return an area as one speaks of it: "the kitchen"."""
        said = " ".join(self._small(word) for word in area.names[0].split())
        return self._lines.part("the", name=said) if said.islower() and "'" not in said else said

    def names(self, entities: Iterable[Entity]) -> str:
        """Return what several things are called together; of more than four, the first three."""
        return self.joined([self.name(entity) for entity in entities])

    def joined(self, parts: Sequence[str]) -> str:
        """Return "a", "a and b", "a, b and c", or "a, b, c and 2 more"."""
        parts = list(dict.fromkeys(parts))
        if len(parts) <= MOST_NAMES:
            return self._lines.listed(parts)
        first, *shown = parts[: MOST_NAMES - 1]
        for part in shown:
            first = self._lines.part("comma", first=first, more=part)
        return self._lines.part("and_more", first=first, count=len(parts) - len(shown) - 1)

    def number(self, number: int) -> str:
        """Return a number as a word where it is small."""
        return self._numbers.get(number, str(number)) if number <= 12 else str(number)

    def value(self, value: Value) -> str:
        """Return a value as it is spoken: "21.5 degrees", "18 to 21 degrees", "Blue in Green"."""
        if value.text is not None or value.number is None:
            return value.text or ""
        number = self._spoken(value.number)
        unit = self._unit(value, one=rounded(abs(value.number)) == "1" and value.to is None)
        if value.to is not None:
            return self._lines.part("from_to", low=number, high=self._spoken(value.to), unit=unit).strip()
        return self._lines.part("amount", number=number, unit=unit).strip()

    def _unit(self, value: Value, *, one: bool) -> str:
        unit = "°" if value.unit in DEGREES else value.unit
        if unit is None:
            return ""
        spoken = self._units.get(unit)
        return (spoken[0] if one else spoken[1]) if spoken is not None else unit

    def _spoken(self, number: float) -> str:
        said = rounded(abs(number))
        return self._lines.part("minus", number=said) if number < 0 and said != "0" else said

    def _small(self, word: str) -> str:
        """Return a common word in small letters; a proper name, and letters like TV, stay as they are."""
        if "'" in word or "’" in word:
            return word
        single = self._index.lexicon.words(word)
        is_common = len(single) == 1 and (
            single[0] in self._common or single in self._index.lexicon.kind_nouns.meanings
        )
        return word.lower() if is_common and word[1:].islower() else word
