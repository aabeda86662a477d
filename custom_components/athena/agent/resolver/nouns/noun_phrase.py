"""The parts of a noun phrase: how many, what kind, whose name, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ...home import Situation
from ..language.vocabulary import Kind
from ..language.words import Phrases, Said, Words
from .index import Index, Things


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What a noun phrase says, before it is known what it fits."""

    content: Words = ()
    """Its words without articles, prepositions and quantifiers."""
    names: Words = ()
    """Those that only a name can explain."""
    kinds: tuple[Kind, ...] = ()
    kind_words: Words = ()
    place: Things
    """What is where the phrase says; everything where it says nothing."""
    has_place: bool = False
    place_words: Words = ()
    """The words of the areas and floors that were named; none of "here"."""
    placed: bool = False
    """The place was said as one ("in the kitchen"): it cannot be a part of a name."""
    areas: frozenset[str] = frozenset()
    floors: frozenset[str] = frozenset()
    everywhere: bool = False
    every: bool = False
    both: bool = False
    count: int = 0
    """How many are meant ("all six spots"); 0 where nothing says that."""
    many: bool = False
    them: bool = False
    """What was last spoken of; all of it where `many` are meant ("them"), else only what the last turn named ("it")."""
    everything: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said of what or where."""
        return not (self.content or self.kinds or self.has_place or self.them or self.everything or self.everywhere)

    def completed(self, like: Noun) -> Noun:
        """Return it with the noun and the place of another, where it has none of its own."""
        noun = self
        if not noun.kinds:
            noun = replace(
                noun, kinds=like.kinds, kind_words=like.kind_words, content=(*noun.content, *like.kind_words)
            )
            noun = replace(noun, many=noun.many or like.many)
        if not noun.has_place and not noun.everywhere:
            noun = replace(noun, place=like.place, has_place=like.has_place, areas=like.areas, floors=like.floors)
            noun = replace(noun, placed=like.has_place, everywhere=like.everywhere)
        return noun


@dataclass(slots=True)
class _Reader:
    """Walks over the words of a noun phrase."""

    index: Index
    said: Said
    situation: Situation
    first: str
    """Which of two meanings of a word is taken: of "the garage door" the "places" or the "kinds".

    "soft" leaves out words that may stand for nothing ("my", "one").
    """
    content: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: tuple[Kind, ...] = ()
    kind_words: Words = ()
    kind_plural: bool = False
    name_plural: bool = False
    playing: bool = False
    place: Things = -1
    place_words: list[str] = field(default_factory=list)
    areas: frozenset[str] = frozenset()
    floors: frozenset[str] = frozenset()
    flags: set[str] = field(default_factory=set)
    count: int = 0
    after_preposition: bool = False
    after_place: bool = False

    def read(self) -> Noun | None:
        words = self.said.words
        lexicon = self.index.lexicon
        if lexicon.them.whole(words):
            both = any(lexicon.both.whole((word,)) for word in words)
            return Noun(place=self.index.everything, them=True, both=both, many=lexicon.dummy.whole(words) is None)
        place = 0
        while place < len(words):
            length = self._step(place)
            if length == 0:
                return None
            place += length
        return self._noun()

    def _noun(self) -> Noun:
        if self.playing and not self.kinds:
            self.kinds = (self.index.lexicon.kinds["media"],)
        flags = self.flags
        has_place = "place" in flags
        return Noun(
            content=tuple(self.content),
            names=tuple(self.names),
            kinds=self.kinds,
            kind_words=self.kind_words,
            place=self.place & self.index.everything,
            has_place=has_place,
            place_words=tuple(self.place_words),
            placed="placed" in flags,
            areas=self.areas,
            floors=self.floors,
            everywhere="everywhere" in flags,
            every="every" in flags,
            both="both" in flags,
            count=self.count,
            many=bool(flags & {"every", "both", "everything", "everywhere"})
            or (self.kind_plural if self.kinds else self.name_plural),
            everything="everything" in flags,
        )

    def _step(self, place: int) -> int:
        """Read what stands at a place; return how many words it was, 0 where nothing explains it."""
        named = self.index.name_phrases.at(self.said.words, place)
        return (
            self._function(place, named[0] if named is not None else 0)
            or self._area(place)
            or self._kind(place)
            or self._word(place)
        )

    def _function(self, place: int, named: int) -> int:
        lexicon, words = self.index.lexicon, self.said.words
        areas = self.index.areas.at(words, place)
        longest = max(named, areas[0] if areas is not None else 0)
        flagged: tuple[tuple[str, Phrases[bool]], ...] = (
            ("everything", lexicon.everything),
            ("everywhere", lexicon.everywhere),
            ("here", lexicon.here),
            ("both", lexicon.both),
            ("every", lexicon.every),
        )
        for flag, phrases in flagged:
            if (
                (found := phrases.at(words, place)) is not None
                and found[0] > longest
                and not self._area_inside(place, found[0])
            ):
                if flag == "here" and not self._here():
                    return 0
                self.flags.add(flag)
                return found[0] + (self._counted(place + found[0]) if flag == "every" else 0)
        return self._small_word(place, longest)

    def _counted(self, place: int) -> int:
        """Read how many are meant ("all six spots")."""
        said = self.said
        if place + 1 >= len(said) or not said.words[place].isdigit() or not said.plural[place + 1]:
            return 0
        self.count = int(said.words[place])
        return 1

    def _area_inside(self, place: int, length: int) -> bool:
        """Return whether an area or a floor begins within a phrase and reaches beyond it ("the home office")."""
        for inner in range(place, place + length):
            for places in (self.index.areas, self.index.floors):
                if (found := places.at(self.said.words, inner)) is not None and inner + found[0] > place + length:
                    return True
        return False

    def _here(self) -> bool:
        area = self.situation.area
        if area is None:
            return False
        self.flags |= {"place", "placed"}
        self.place &= self.index.by_area.get(area, 0)
        self.areas |= {area}
        self.after_place = True
        return True

    def _small_word(self, place: int, longest: int) -> int:
        lexicon, word = self.index.lexicon, self.said.words[place]
        if (found := lexicon.floors.at(self.said.words, place)) is not None and self._relative_floor(found, place):
            return found[0]
        if longest > 0:
            return 0
        if word in lexicon.prepositions:
            self.after_preposition = word in lexicon.locatives
            return 1 if self._leads_on(place) else 0
        if word in lexicon.articles or self._stands_for_nothing(place):
            return 1
        noun = lexicon.place_nouns.at(self.said.words, place) if self.after_place else None
        return noun[0] if noun is not None else 0

    def _stands_for_nothing(self, place: int) -> bool:
        lexicon, word = self.index.lexicon, self.said.words[place]
        if word in lexicon.possessives:
            return self.first == "soft" or word not in self.index.known
        after = self.said.words[place + 1 : place + 2]
        if self.first != "soft" or lexicon.substitute.whole((word,)) is None:
            return False
        return not after or after[0] not in lexicon.part_of

    def _leads_on(self, place: int) -> bool:
        """Return whether something follows a preposition."""
        after = self.said.words[place + 1 :]
        return bool(after) and self.index.lexicon.joins.at(after, 0) is None

    def _relative_floor(self, found: tuple[int, str], place: int) -> bool:
        own = self.index.floors.at(self.said.words, place)
        if own is not None and own[0] >= found[0]:
            return False
        floors = floors_lying(self.index, found[1], self.situation)
        if not floors:
            return False
        self._set_floors(floors)
        return True

    def _set_floors(self, floors: frozenset[str]) -> None:
        things = 0
        for floor in floors:
            things |= self.index.by_floor.get(floor, 0)
        self.place &= things
        self.floors |= floors
        self.flags.add("place")
        self.after_place = True

    def _area(self, place: int) -> int:
        words = self.said.words
        area = self.index.areas.at(words, place)
        floor = self.index.floors.at(words, place)
        if area is None and floor is None:
            return 0
        kind = self.index.lexicon.kind_nouns.at(words, place)
        longest = max(area[0] if area else 0, floor[0] if floor else 0)
        if kind is not None and self.first == "kinds" and not self.after_preposition:
            return 0
        if kind is not None and kind[0] > longest and self.first != "places":
            return 0
        if self.after_preposition:
            self.flags.add("placed")
        if area is not None and area[0] == longest:
            things = 0
            for each in area[1]:
                things |= self.index.by_area.get(each, 0)
            self.place &= things
            self.areas |= area[1]
            self.flags.add("place")
            self.after_place = True
        elif floor is not None:
            self._set_floors(floor[1])
        said = words[place : place + longest]
        self.place_words += said
        self.content += said
        self.after_preposition = False
        return longest

    def _kind(self, place: int) -> int:
        lexicon, words = self.index.lexicon, self.said.words
        if (playing := lexicon.playing.at(words, place)) is not None and words[place] not in self.index.by_word:
            self.playing = True
            return playing[0]
        if (found := lexicon.kind_nouns.at(words, place)) is None:
            return 0
        length, kinds = found
        # Only the last noun says the kind: the lamp of the "fan lamp" is no fan.
        self.names += self.kind_words
        self.kinds, self.kind_words = kinds, words[place : place + length]
        self.kind_plural = self.said.plural[place + length - 1]
        self.content += self.kind_words
        self.after_place = self.after_preposition = False
        return length

    def _word(self, place: int) -> int:
        word = self.said.words[place]
        if self.names and self.names[-1] in self.index.by_place_word and self.index.lexicon.place_nouns.whole((word,)):
            return 1
        if word not in self.index.known:
            if self.index.lexicon.thing.at(self.said.words, place) is not None and (
                self.names or self.kinds or self.place_words
            ):
                return 1
            return 0
        self.names.append(word)
        self.content.append(word)
        self.name_plural = self.said.plural[place]
        self.after_place = self.after_preposition = False
        return 1


def readings(index: Index, said: Said, situation: Situation) -> Iterator[Noun]:
    """Yield what a noun phrase may say, the likeliest first; nothing where a word of it means nothing in this home."""
    found: list[Noun] = []
    for first in ("", "places", "kinds", "soft"):
        noun = _Reader(index, said, situation, first).read()
        if noun is not None and noun not in found:
            found.append(noun)
            yield noun


def floors_lying(index: Index, which: str, situation: Situation) -> frozenset[str]:
    """Return the floors that lie so ("above", "below", "top", "ground"): from the speaker's own where that is known."""
    levels = {floor.id: floor.level for floor in index.home.floors.values() if floor.level is not None}
    if not levels:
        return frozenset()
    area = index.home.areas.get(situation.area) if situation.area is not None else None
    own = levels.get(area.floor) if area is not None and area.floor is not None else None
    lowest, highest = min(levels.values()), max(levels.values())
    match which:
        case "ground":
            wanted = {0}
        case "top":
            wanted = {highest}
        case "above":
            wanted = {
                level
                for level in levels.values()
                if level > (own if own is not None and own < highest else max(lowest, 0))
            }
        case _:
            wanted = (
                {level for level in levels.values() if level < own}
                if own is not None and own > lowest
                else {max(lowest, 0)}
            )
    return frozenset(floor for floor, level in levels.items() if level in wanted)
