"""Which things of a home a word may mean. Sets of things are numbers, a bit each.

So that finding them takes no loop over the home.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...home import Area, Entity, Floor, Home
from ..language.vocabulary import Kind, Lexicon
from ..language.words import Phrases, Said, Words

type Things = int
"""A set of things: bit n is the nth entity of the home."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a thing, without its articles."""

    words: Words
    plural: bool
    head: str | None
    """The last of its words that is a noun for a kind of things ("lamp" in "desk lamp left")."""


class Index:
    """A home's names, areas, floors and kinds, by word; built anew when the home changes."""

    def __init__(self, lexicon: Lexicon, home: Home) -> None:
        self.lexicon = lexicon
        self.home = home
        self.entities: tuple[Entity, ...] = tuple(home.entities.values())
        self.bits: Mapping[str, Things] = {entity.id: 1 << place for place, entity in enumerate(self.entities)}
        self.everything: Things = (1 << len(self.entities)) - 1
        self.names: list[tuple[Name, ...]] = []
        self.by_word: dict[str, Things] = {}
        """By a word of their names."""
        self.by_name: dict[Words, Things] = {}
        """By a whole name."""
        self.by_head: dict[str, Things] = {}
        """Those one of whose names has this noun for its last."""
        self.headless: Things = 0
        """Those one of whose names says no kind of things."""
        self.by_domain: dict[str, Things] = {}
        self.by_kind: dict[str, Things] = dict.fromkeys(lexicon.kinds, 0)
        self.by_class: dict[str, Things] = {}
        self.by_area: dict[str, Things] = {}
        self.by_floor: dict[str, Things] = {}
        self.by_place_word: dict[str, Things] = {}
        """By a word of the name of their area or floor."""
        for place, entity in enumerate(self.entities):
            self._add(entity, 1 << place)
        self.areas = self._places(home.areas)
        self.floors = self._places(home.floors)
        self.known = frozenset(self.by_word) | frozenset(self.by_place_word)
        self.name_phrases = Phrases(self.by_name)

    def of(self, things: Things) -> Iterator[Entity]:
        """Yield the things of a set, in the home's order."""
        while things:
            bit = things & -things
            yield self.entities[bit.bit_length() - 1]
            things ^= bit

    def ids(self, things: Things) -> tuple[str, ...]:
        """Return the ids of a set, in the home's order."""
        return tuple(entity.id for entity in self.of(things))

    def names_of(self, entity: Entity) -> tuple[Name, ...]:
        """Return the names of a thing, as words; also of one that cannot be named, being a meter of what can."""
        bit = self.bits.get(entity.id)
        return self._names(entity) if bit is None else self.names[bit.bit_length() - 1]

    def named(self, words: Words) -> Things:
        """Return the things that have all these words in their names."""
        things = self.everything
        for word in words:
            things &= self.by_word.get(word, 0)
        return things

    def kind(self, kind: Kind) -> Things:
        """Return the things of a kind."""
        return self.by_kind[kind.key]

    def domains(self, domains: frozenset[str]) -> Things:
        """Return the things of some domains."""
        things = 0
        for domain in domains:
            things |= self.by_domain.get(domain, 0)
        return things

    def content(self, words: Words) -> Words:
        """Return words without articles and prepositions."""
        lexicon = self.lexicon
        return tuple(word for word in words if word not in lexicon.articles and word not in lexicon.prepositions)

    def _names(self, entity: Entity) -> tuple[Name, ...]:
        return tuple(name for each in entity.names for name in self._spelled(each) if name.words)

    def _add(self, entity: Entity, bit: Things) -> None:
        names = self._names(entity)
        self.names.append(names)
        for name in names:
            for word in name.words:
                self.by_word[word] = self.by_word.get(word, 0) | bit
            if name.words:
                self.by_name[name.words] = self.by_name.get(name.words, 0) | bit
            if name.head is None:
                self.headless |= bit
            else:
                self.by_head[name.head] = self.by_head.get(name.head, 0) | bit
        domain = entity.domain
        self.by_domain[domain] = self.by_domain.get(domain, 0) | bit
        for kind in self.lexicon.kinds.values():
            if kind.fits(domain, entity.device_class):
                self.by_kind[kind.key] |= bit
        if entity.device_class is not None:
            self.by_class[entity.device_class] = self.by_class.get(entity.device_class, 0) | bit
        self._add_place(entity, bit)

    def _add_place(self, entity: Entity, bit: Things) -> None:
        area = self.home.areas.get(entity.area) if entity.area is not None else None
        if area is None:
            return
        self.by_area[area.id] = self.by_area.get(area.id, 0) | bit
        names = area.names
        if (floor := self.home.floors.get(area.floor) if area.floor is not None else None) is not None:
            self.by_floor[floor.id] = self.by_floor.get(floor.id, 0) | bit
            names += floor.names
        for each in names:
            for word in self.content(self.lexicon.words(each)):
                if self.lexicon.place_nouns.whole((word,)):
                    continue
                self.by_place_word[word] = self.by_place_word.get(word, 0) | bit

    def _spelled(self, name: str) -> Iterator[Name]:
        """Yield a name as it is written, and with its abbreviations in full ("MBR Fan", "Play L")."""
        said = self.lexicon.speech.read(name)
        yield self._name(said)
        for place, word in enumerate(said.words):
            for full in self.lexicon.abbreviations.get(word, ()):
                plain = tuple(False for _ in full)
                yield self._name(
                    Said(
                        (*said.words[:place], *full, *said.words[place + 1 :]),
                        (*said.plural[:place], *plain[1:], said.plural[place], *said.plural[place + 1 :]),
                    )
                )

    def _name(self, said: Said) -> Name:
        words = self.content(said.words)
        head: str | None = None
        place = 0
        while place < len(words):
            found = self.lexicon.kind_nouns.at(words, place)
            if found is not None:
                head = words[place + found[0] - 1]
            place += found[0] if found is not None else 1
        return Name(words, bool(said.plural) and said.plural[-1], head)

    def _places(self, places: Mapping[str, Area] | Mapping[str, Floor]) -> Phrases[frozenset[str]]:
        found: dict[Words, frozenset[str]] = {}
        for place in places.values():
            for each in place.names:
                words = self.lexicon.words(each)
                bare = words[1:] if words and words[0] in self.lexicon.articles else words
                if bare:
                    found[bare] = found.get(bare, frozenset()) | {place.id}
        return Phrases({**self._also_called(found), **found})

    def _also_called(self, places: Mapping[Words, frozenset[str]]) -> dict[Words, frozenset[str]]:
        """Return what a "dining area" is called, too: "dining room"."""
        nouns = self.lexicon.place_nouns
        return {
            (*words[:-1], *noun): ids
            for words, ids in places.items()
            if len(words) > 1 and nouns.whole(words[-1:])
            for noun in nouns.meanings
        }
