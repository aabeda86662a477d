"""What a question is about: the resolver's noun phrases, with nouns for sensors, too."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any, override

from ...home import Entity, Home, Situation
from ..language.vocabulary import Kind, Lexicon
from ..language.words import Phrases, Said, Words
from ..nouns.index import Index, Things
from ..nouns.targets import How, Reach, Target, Targets
from .conditions import classes_of


class Many(Enum):
    """How many of them a question is about."""

    ANY = auto()
    """Is it so of any?"""
    ALL = auto()
    """Is it so of all?"""
    THE = auto()
    """Of those that are meant: one, mostly."""
    NONE = auto()
    """Is it so of none?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(Kind):
    """A kind of things that goes by its classes."""

    sorts: frozenset[str]

    @override
    def fits(self, domain: str, device_class: str | None) -> bool:
        """Return whether a thing is of this kind."""
        return f"{domain}.{device_class or 'none'}" in self.sorts or domain in self.sorts


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The things that a question is about."""

    entities: tuple[Entity, ...]
    many: Many
    plural: bool = False
    """Whether several were said to be meant."""
    listed: bool = False
    """Whether they were named one by one."""
    noun: Words = ()
    """The noun that was said, if a kind of things was."""
    bare: bool = False
    """No thing was named, only a place, or nothing."""
    placed: bool = False
    """A place was named."""
    called: frozenset[str] = frozenset()
    """The ids of those whose own names say all that was said of them."""
    exact: bool = False
    """One thing was called by its whole name."""

    def asked(self, many: Many) -> Subject:
        """Return it with another number of its things that the question is about."""
        return replace(self, many=many)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """How a question says how many, and stands for things without naming them."""

    quantifiers: Phrases[Many]
    people: Phrases[Many]
    things: Phrases[Many]
    joins: Phrases[bool]
    join: str
    """The word that joins things elsewhere."""
    others: Phrases[bool]
    outside: Phrases[bool]
    outdoors: tuple[Words, ...]
    grounds: frozenset[Words]
    """What areas are called that are outside."""
    room_kinds: frozenset[str] = field(default=frozenset())


class Subjects:
    """Finds what questions about one home are about."""

    def __init__(self, home: Home, lexicon: Lexicon) -> None:
        table = lexicon.files["questions"]
        self.index = Index(_with_nouns(lexicon, lexicon.files["states"]["nouns"]), home)
        self._targets = Targets(self.index)
        self._words = _words(table, lexicon)
        self._people = self.can(lambda entity: entity.domain == "person")
        self._weather = self.can(lambda entity: entity.domain == "weather")
        self.grounds = self._of_grounds()

    def can(self, fits: Callable[[Entity], bool]) -> Things:
        """Return the set of the things that fit."""
        return sum(self.index.bits[entity.id] for entity in self.index.entities if fits(entity))

    def of(self, ids: Sequence[str]) -> Things:
        """Return the set of some things of this home."""
        return sum(self.index.bits[each] for each in dict.fromkeys(ids) if each in self.index.bits)

    def find(
        self, said: Said, situation: Situation, can: Things, *, anything: Things | None = None, many: Many = Many.THE
    ) -> Subject | None:
        """Return what of `can` is meant; None where a word of it stays unexplained, or nothing fits.

        `anything`: what counts where no thing is named ("is anything open"); `many`: what the question itself says.
        """
        if many is Many.THE and any((word,) in self._words.joins.meanings for word in said.words):
            many = Many.ANY  # "or"
        said = self._joined(said)
        content = self.index.content(said.words)
        if not content or self._is_nothing(content):
            return None
        for phrases, things in (
            (self._words.people, can & self._people),
            (self._words.things, can if anything is None else anything),
        ):
            if (found := phrases.at(said.words, 0)) is not None:
                subject = self._all(
                    said.part(found[0], len(said)), situation, things, found[1] if many is Many.THE else many
                )
                if subject is not None:
                    return subject
        if (found := self._words.quantifiers.at(said.words, 0)) is not None:
            many = found[1] if found[1] is not Many.THE else many
            said = said.part(found[0], len(said))
            if found[1] is not Many.THE:  # "any light" is any of that kind, though one is called just that
                said = Said(said.words, (*said.plural[:-1], True)) if len(said) else said
        return self._named(said, situation, can, many) if len(said) else None

    def _joined(self, said: Said) -> Said:
        """Join what a question joins by "or" as things are joined elsewhere."""
        joins = self._words.joins
        return Said(tuple(self._words.join if (word,) in joins.meanings else word for word in said.words), said.plural)

    def _is_nothing(self, content: Words) -> bool:
        """Return whether words name no thing, whatever things are called: "timers", or a sum, "two plus two"."""
        lexicon = self.index.lexicon
        is_sum = all(word.isdigit() or lexicon.joins.whole((word,)) for word in content)
        return is_sum or bool(lexicon.place_nouns.whole(content) or self._words.others.whole(content))

    def is_cut(self, said: Said) -> bool:
        """Return whether words begin or end in the middle of something: "in the fridge", "Anna from"."""
        prepositions = self.index.lexicon.prepositions
        return not len(said) or said.words[0] in prepositions or said.words[-1] in prepositions

    def all(self, can: Things) -> Subject | None:
        """Return all of `can`."""
        entities = tuple(self.index.of(can))
        return Subject(entities=entities, many=Many.ANY, plural=True, bare=True) if entities else None

    def here(self, situation: Situation, can: Things) -> Subject | None:
        """Return what of `can` is in the speaker's own area."""
        return self.all(can & self.index.by_area.get(situation.area, 0)) if situation.area is not None else None

    def people(self, can: Things) -> Subject | None:
        """Return the persons among `can`."""
        return self.all(can & self._people)

    def place(self, said: Said, situation: Situation, can: Things) -> Subject | None:
        """Return what of `can` is in a place; None where the words are no place."""
        return self._all(said, situation, can, Many.ANY)

    def _all(self, said: Said, situation: Situation, can: Things, many: Many) -> Subject | None:
        lexicon = self.index.lexicon
        words = tuple(word for word in said.words if word not in lexicon.articles and word not in lexicon.prepositions)
        is_home = not words or lexicon.everywhere.whole(said.words) or lexicon.everywhere.whole(words)
        if not len(said) or is_home or (situation.area is None and lexicon.here.whole(said.words)):
            entities = tuple(self.index.of(can))
            return Subject(entities=entities, many=many, plural=True, bare=True) if entities else None
        found = self._targets.find(said, situation, Reach(can=can, places=can))
        if not found and (outside := self.outdoors(said, can)) is not None:
            return replace(outside, many=many, plural=True, bare=True, placed=True)
        if not found or not all(target.how is How.GROUP and (target.areas or target.floors) for target in found):
            return None
        return self._subject(found, many, bare=not any(target.kinds for target in found), plural=True)

    def _named(self, said: Said, situation: Situation, can: Things, many: Many) -> Subject | None:
        found = self._targets.find(said, situation, Reach(can=can))
        if not found or not self._is_meant_here(found, said, many):
            # Not only of the speaker's own room.
            everywhere = Situation(states=situation.states, last=situation.last, about=situation.about)
            found = self._targets.find(said, everywhere, Reach(can=can)) or found
        if not found:
            return self._by_words(said, can, many)
        subject = self._subject(found, many, bare=False, plural=any(said.plural))
        called = self.index.named(self.index.content(said.words))
        return replace(subject, called=frozenset(entity.id for entity in self.index.of(called & self._ids(subject))))

    def _by_words(self, said: Said, can: Things, many: Many) -> Subject | None:
        """Return the things that have all the words in one of their names."""
        words = self.index.content(said.words)
        entities = tuple(self.index.of(can & self.index.named(words))) if words else ()
        called = frozenset(entity.id for entity in entities)
        return Subject(entities=entities, many=many, plural=said.plural[-1], called=called) if entities else None

    def _ids(self, subject: Subject) -> Things:
        return self.of([entity.id for entity in subject.entities])

    def _is_meant_here(self, found: Sequence[Target], said: Said, many: Many) -> bool:
        """Return whether what was found is all that is meant: "the lights" are those here, "the windows" are all."""
        if all(self._is_placed(target) or target.how is How.ABOUT for target in found):
            return True
        if many is not Many.THE:
            return False
        return not said.plural[-1] or all(
            kind.key in self._words.room_kinds for target in found for kind in target.kinds
        )

    @staticmethod
    def _is_placed(target: Target) -> bool:
        return bool(target.areas or target.floors or target.everywhere)

    def _subject(self, found: Sequence[Target], many: Many, *, bare: bool, plural: bool) -> Subject:
        ids = dict.fromkeys(each for target in found for each in target.entities)
        kinds = {kind.key: kind for target in found for kind in target.kinds}
        return Subject(
            entities=tuple(self.index.home.entities[each] for each in ids),
            many=many,
            plural=plural or len(found) > 1,
            listed=len(found) > 1,
            noun=tuple(kinds),
            bare=bare,
            placed=any(self._is_placed(target) for target in found),
            exact=len(found) == 1 and found[0].how is How.NAME,
        )

    def outdoors(self, said: Said, can: Things) -> Subject | None:
        """Return what of `can` is outside, where the outside was asked about: by its name, else by its area."""
        words = tuple(word for word in said.words if word not in self.index.lexicon.articles)
        if not self._words.outside.whole(words):
            return None
        things = 0
        for each in self._words.outdoors:
            things |= self.index.named(each)
        entities = tuple(self.index.of(things & can or self.grounds & can or self._weather & can))
        return Subject(entities=entities, many=Many.THE) if entities else None

    def _of_grounds(self) -> Things:
        """Return the things in areas that are outside."""
        things = 0
        for area in self.index.home.areas.values():
            if any(self.index.lexicon.words(name) in self._words.grounds for name in area.names):
                things |= self.index.by_area.get(area.id, 0)
        return things

    def same_kind(self, about: Sequence[Entity]) -> Things:
        """Return the things of the same classes."""
        classes = {classes_of(entity)[0] for entity in about}
        return self.can(lambda entity: classes_of(entity)[0] in classes)


def _with_nouns(lexicon: Lexicon, nouns: Mapping[str, Sequence[str]]) -> Lexicon:
    """Return a lexicon that knows what sensors are called, too."""
    larger = copy(lexicon)
    larger.kinds = dict(lexicon.kinds)
    meanings = dict(lexicon.kind_nouns.meanings)
    for noun, classes in nouns.items():
        words = lexicon.words(noun)
        kind = larger.kinds[f"asked {noun}"] = Sort(
            key=f"asked {noun}", plural=_plural(noun, lexicon), domains=frozenset(), sorts=frozenset(classes)
        )
        meanings[words] = (*meanings.get(words, ()), kind)
    larger.kind_nouns = Phrases(meanings)
    return larger


def _plural(noun: str, lexicon: Lexicon) -> str:
    """Return the first way to write the plural that is read as the noun again."""
    candidates = (
        noun.removesuffix(one) + many for many, one in lexicon.speech.endings if one != many and noun.endswith(one)
    )
    return next((each for each in candidates if lexicon.words(each) == lexicon.words(noun)), noun)


def _words(table: Mapping[str, Any], lexicon: Lexicon) -> _Words:
    kinds = {"any": Many.ANY, "all": Many.ALL, "some": Many.THE, "none": Many.NONE}

    def phrases(name: str) -> Phrases[Many]:
        return Phrases({lexicon.words(said): kinds[key] for key, entries in table[name].items() for said in entries})

    return _Words(
        quantifiers=phrases("quantifiers"),
        people=phrases("people"),
        things=phrases("things"),
        joins=lexicon.phrases(table["joins"]),
        join=next(phrase[0] for phrase in lexicon.joins.meanings),
        others=lexicon.phrases(table["others"]),
        outside=lexicon.phrases(table["outside"]),
        outdoors=tuple(lexicon.words(word) for word in table["outdoors"]),
        grounds=frozenset(lexicon.words(said) for said in table["grounds"]),
        room_kinds=frozenset(table["of_rooms"]),
    )
