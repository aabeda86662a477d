"""What things a noun phrase means.

"the lamp", "all the lights upstairs", "the kitchen and bedroom blinds except the left one".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ...home import Situation
from ..language.vocabulary import Kind
from ..language.words import Said
from .index import Index, Things
from .naming import Naming
from .noun_phrase import Noun, readings

MOST_BY_NAME = 3
"""So many things that a part of a name says are meant together wherever they are ("the chandeliers")."""


class How(StrEnum):
    """How things were meant."""

    NAME = "name"
    """By the whole name of each."""
    PART = "part"
    """By a part of it."""
    GROUP = "group"
    """By their kind and their place alone."""
    ABOUT = "about"
    """As what was last spoken of ("them")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The things that a noun phrase fits.

    Where `many` is not so, one thing is meant: with more than one entity the speaker is to be asked which.
    """

    entities: tuple[str, ...]
    how: How
    many: bool
    kinds: tuple[Kind, ...] = ()
    areas: frozenset[str] = frozenset()
    """Ids of the areas that were named, the speaker's own among them where "here" was said."""
    floors: frozenset[str] = frozenset()
    everywhere: bool = False
    """The whole home was named, or "all" with no place."""
    unplaced: bool = False
    """Many are meant, of a room that nobody knows: the speaker is to be asked which room."""

    @property
    def ambiguous(self) -> bool:
        """Whether the speaker is to be asked which is meant."""
        return self.unplaced or (not self.many and len(self.entities) > 1)

    @property
    def kind(self) -> str | None:
        """What the things are called together, where a kind was said."""
        return self.kinds[0].plural if self.kinds else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be meant at all."""

    can: Things
    """The things that the verb can act on, or that the question can be about."""
    kind: Kind | None = None
    """The kind that the verb itself says, for where no noun is said ("mow", "light up the kitchen")."""
    places: Things = 0
    """What a place without a noun means ("dim the kitchen")."""
    everything: Things = -1
    """What "everything" means."""


class Targets:
    """Finds the things of one home."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lexicon = index.lexicon
        self._naming = Naming(index)

    def find(self, said: Said, situation: Situation, reach: Reach) -> tuple[Target, ...] | None:
        """Return what a noun phrase means, a target for each thing or group that it joins; None where it means nothing.

        Every word must be explained; joined ("and") and excepted things are understood.
        """
        kept, excepted = self._split_except(said)
        found = self._joined(kept, situation, reach)
        if found is None or excepted is None:
            return found
        return self._except(found, excepted, situation, reach)

    def one(self, said: Said, situation: Situation, reach: Reach, like: Noun | None = None) -> Target | None:
        """Return what a noun phrase without joins and exceptions means.

        `like` lends its kind and its place to a phrase that has none.
        """
        for noun in readings(self.index, said, situation):
            if noun.is_empty and like is None:
                continue
            if (target := self._fitting(noun if like is None else noun.completed(like), situation, reach)) is not None:
                return target
        return None

    def _fitting(self, noun: Noun, situation: Situation, reach: Reach) -> Target | None:
        if noun.them:
            return self._about(noun, situation, reach)
        if (named := self._by_whole_name(noun, situation, reach)) is not None:
            return named
        if not noun.kinds and not noun.names and not noun.everything:
            if reach.kind is not None:
                noun = replace(noun, kinds=(reach.kind,), kind_words=())
            elif not reach.places or not noun.has_place:
                return None
            else:
                reach = replace(reach, can=reach.places)
        elif noun.everything:
            reach = replace(reach, can=reach.can & reach.everything)
        return self._by_description(noun, situation, reach)

    def _split_except(self, said: Said) -> tuple[Said, Said | None]:
        for place in range(1, len(said) - 1):
            if (found := self.lexicon.excepts.at(said.words, place)) is not None and place + found[0] < len(said):
                return said.part(0, place), self._kept(said.part(place + found[0], len(said)))
        return said, None

    def _kept(self, excepted: Said) -> Said:
        """Return what is excepted without how it is to stay ("but leave the lamp on")."""
        is_said = len(excepted) > 1 and excepted.words[-1:] in self.lexicon.particles
        return excepted.part(0, len(excepted) - 1) if is_said else excepted

    def _except(
        self, found: tuple[Target, ...], excepted: Said, situation: Situation, reach: Reach
    ) -> tuple[Target, ...] | None:
        if not all(target.many for target in found):
            return None
        among = 0
        for target in found:
            for entity in target.entities:
                among |= self.index.bits[entity]
        outs: set[str] = set()
        # "All the lights except the kitchen": the place alone means those of its things that are among them.
        narrowed = replace(reach, can=among, places=among, kind=None)
        out = self._joined(excepted, situation, narrowed)
        if out is None:
            return None
        for target in out:
            if target.ambiguous:
                return None
            outs.update(target.entities)
        left = tuple(
            replace(target, entities=kept)
            for target in found
            if (kept := tuple(entity for entity in target.entities if entity not in outs))
        )
        return left or None

    def _joined(self, said: Said, situation: Situation, reach: Reach) -> tuple[Target, ...] | None:
        if (whole := self.one(said, situation, reach)) is not None:
            return (whole,)
        parts = self._numbered(self._parts(said))
        if len(parts) < 2:
            return None
        nouns = [next(readings(self.index, part, situation), None) for part in parts]
        if any(noun is None for noun in nouns):
            return None
        targets: list[Target] = []
        for place, part in enumerate(parts):
            if (shared := self._sharing(place, parts, nouns, situation, reach)) is not None:
                targets.append(shared)
                continue
            target = self.one(part, situation, reach)
            if target is None or self._is_at_large(target):
                target = self._lent(place, parts, nouns, situation, reach) or target
            if target is None:
                return None
            targets.append(target)
        return tuple(targets)

    def _lent(
        self, place: int, parts: Sequence[Said], nouns: Sequence[Noun | None], situation: Situation, reach: Reach
    ) -> Target | None:
        """Read a joined part with the noun or the place of another.

        "the kitchen and bedroom lights", "the lamp and fan in here".
        """
        for other in (*nouns[place + 1 :], *reversed(nouns[:place])):
            if other is not None and (target := self.one(parts[place], situation, reach, other)) is not None:
                return target
        return None

    def _sharing(
        self, place: int, parts: Sequence[Said], nouns: Sequence[Noun | None], situation: Situation, reach: Reach
    ) -> Target | None:
        """Return what stands behind a join without an article of its own: it is where the thing before it is."""
        before = nouns[place - 1] if place else None
        if before is None or not before.has_place or parts[place].words[0] in self.lexicon.articles:
            return None
        target = self.one(parts[place], situation, reach, before)
        return target if target is not None and not target.ambiguous else None

    def _is_at_large(self, target: Target) -> bool:
        """Return whether a joined thing may take its place from the others: "the blinds and the curtains upstairs"."""
        return target.how is How.GROUP and not target.areas and not target.floors and len(target.entities) > 1

    def _parts(self, said: Said) -> list[Said]:
        parts: list[Said] = []
        start = place = 0
        while place < len(said):
            if (found := self.lexicon.joins.at(said.words, place)) is not None:
                parts.append(said.part(start, place))
                place += found[0]
                start = place
            else:
                place += 1
        parts.append(said.part(start, len(said)))
        return [part for part in parts if len(part)]

    def _numbered(self, parts: list[Said]) -> list[Said]:
        """Give numbers that stand alone the name before them: "spots 1, 2 and 3"."""
        result: list[Said] = []
        for part in parts:
            start = len(part)
            while start and part.words[start - 1].isdigit():
                start -= 1
            if start == len(part) or part.words in self.index.by_name:
                result.append(part)
                continue
            like = part.part(0, start) if start else result[-1].part(0, len(result[-1]) - 1) if result else part
            result += [like.join(part.part(place, place + 1)) for place in range(start, len(part))]
        return result

    def _about(self, noun: Noun, situation: Situation, reach: Reach) -> Target | None:
        last = situation.last
        about = situation.about
        if last is not None and last.goes_on and not noun.many:
            about = tuple(dict.fromkeys(each for deed in last.deeds for each in deed.entities))
        entities = tuple(each for each in about if self.index.bits.get(each, 0) & reach.can)
        if noun.kinds:
            fitting = 0
            for kind in noun.kinds:
                fitting |= self.index.kind(kind)
            entities = tuple(each for each in entities if self.index.bits[each] & fitting)
        if not entities or noun.names or noun.has_place or (noun.both and len(entities) != 2):
            return None
        return Target(entities=entities, how=How.ABOUT, many=True, kinds=noun.kinds)

    def _by_whole_name(self, noun: Noun, situation: Situation, reach: Reach) -> Target | None:
        """Return the thing whose whole name was said, and nothing else."""
        if (things := self.index.by_name.get(noun.content, 0) & reach.can) == 0:
            return None
        if noun.placed or (noun.has_place and not noun.place_words):
            things &= noun.place
        group = self._group(noun, reach) if noun.kinds else 0
        if not things:
            return None
        if group.bit_count() > 1 and group & things:
            if not noun.names and not noun.has_place:
                things = self._called_by_its_noun(things, group, noun, situation)
            elif noun.many and not self._with_number(things, noun, plural=True):
                return None
        return self._settle(things, noun, situation, How.NAME, many=noun.many) if things else None

    def _called_by_its_noun(self, things: Things, group: Things, noun: Noun, situation: Situation) -> Things:
        """Return those of several of a kind whose whole name is the noun that was said ("the lamp", and one is "Lamp").

        None where that only happens to be so: "the lights" are more than the one called "Light", and in a room with
        a lamp of its own "the lamp" is that one; but what is called so there is, a plug for one, whatever lamps are.
        """
        around = self.index.by_area.get(situation.area, 0) if situation.area is not None else 0
        here, general = around & group, any(kind.general for kind in noun.kinds)
        if around & things & ~group and not (noun.many or general or here & things):
            return self._with_number(around & things, noun, plural=False)
        if noun.many or (here and (general or not here & things)):
            return 0
        return self._with_number(here & things or things, noun, plural=False)

    def _with_number(self, things: Things, noun: Noun, *, plural: bool) -> Things:
        """Return those whose whole name that was said is a plural, or a singular."""
        result = 0
        for entity in self.index.of(things):
            if any(name.plural is plural and name.words == noun.content for name in self.index.names_of(entity)):
                result |= self.index.bits[entity.id]
        return result

    def _by_description(self, noun: Noun, situation: Situation, reach: Reach) -> Target | None:
        group = self._group(noun, reach)
        whole, part = self._naming.named(noun, reach.can)
        if noun.many and group:
            return self._settle(self._narrowed(group, noun), noun, situation, How.GROUP, many=True)
        if whole and (noun.names or noun.has_place or not group):
            return self._settle(whole, noun, situation, How.NAME, many=noun.many)
        if group:
            narrowed = self._narrowed(group, noun)
            general = narrowed == group and any(kind.general for kind in noun.kinds)
            # Without a noun, one thing is meant or all that the verb can act on: "dim the kitchen", "pause".
            unsaid = (
                not noun.kinds and noun.has_place and all(entity.domain == "light" for entity in self.index.of(group))
            )
            return self._settle(
                narrowed, noun, situation, How.GROUP, many=unsaid or (general and noun.has_place), general=general
            )
        if part and not self._is_one_of_others(part, noun):
            return self._settle(part, noun, situation, How.PART, many=noun.many)
        return None

    def _is_one_of_others(self, things: Things, noun: Noun) -> bool:
        """Return whether a bare noun is in the names of more things than those that can do it.

        "open the door", but the garage's.
        """
        if noun.names or noun.has_place or not noun.kind_words:
            return False
        others = self.index.named(noun.kind_words) & self.index.by_head.get(noun.kind_words[-1], 0) & ~things
        return others & ~self.index.by_domain.get("sensor", 0) != 0

    def _group(self, noun: Noun, reach: Reach) -> Things:
        """Return the things that kind and place alone describe; none where a name was said, too."""
        if noun.names:
            return 0
        things = reach.can & noun.place
        if noun.kinds:
            fitting = 0
            for kind in noun.kinds:
                fitting |= self.index.named(noun.kind_words) if kind.named else self.index.kind(kind)
            things &= fitting
        return things

    def _narrowed(self, things: Things, noun: Noun) -> Things:
        """Return those of them whose own name or class says the noun, where some do and the noun asks for it."""
        if not any(kind.narrow for kind in noun.kinds) or not noun.kind_words:
            return things
        said = self.index.named(noun.kind_words)
        for word in noun.kind_words:
            said |= self.index.by_class.get(word, 0)
        return things & said or things

    def _main(self, things: Things) -> Things:
        """Return the thing itself among several of one device: the others' names go on from its own."""
        found = tuple(self.index.of(things))
        if found[0].device is None or len({entity.device for entity in found}) > 1:
            return things
        names = {entity.id: self.index.names_of(entity)[0].words for entity in found if self.index.names_of(entity)}
        shortest = min(names.values(), key=len, default=())
        heads = [each for each, words in names.items() if words == shortest]
        if len(heads) != 1 or any(words[: len(shortest)] != shortest for words in names.values()):
            return things
        return self.index.bits[heads[0]]

    def _settle(
        self, things: Things, noun: Noun, situation: Situation, how: How, *, many: bool, general: bool = False
    ) -> Target | None:
        """Choose by the place of the speaker where nothing else was said."""
        everywhere = noun.everywhere or ((noun.every or noun.everything) and not noun.has_place)
        unplaced = False
        here = self.index.by_area.get(situation.area, 0) & things if situation.area is not None else 0
        if not noun.has_place and not everywhere:
            if here and noun.both and here.bit_count() != 2:
                here = 0
            if here and (many or things.bit_count() > 1):
                things = here
                many = many or (general and things.bit_count() > 1)
            elif many and how is not How.NAME and not noun.everything and not noun.both:
                said_by_name = how is How.PART or any(kind.named for kind in noun.kinds)
                most = MOST_BY_NAME if said_by_name else 0
                unplaced = things.bit_count() > most and len({entity.area for entity in self.index.of(things)}) > 1
        if how is How.PART and not many and things.bit_count() > 1:
            things = self._main(things)
        if (noun.both and things.bit_count() != 2) or (noun.count and things.bit_count() != noun.count):
            return None
        entities = tuple(entity.id for entity in self.index.of(things))
        if not entities:
            return None
        return Target(
            entities=entities,
            how=how,
            many=many or noun.both,
            kinds=noun.kinds,
            areas=noun.areas,
            floors=noun.floors,
            everywhere=everywhere,
            unplaced=unplaced,
        )
