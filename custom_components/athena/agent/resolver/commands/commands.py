"""A clause that tells to do one thing.

Its verb, its values, and the things it is said of. Every word must be explained.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...home import Situation
from ..acts.meanings import EVERYTHING, Meaning, Value, domains_of, unsaid_domains
from ..language.vocabulary import Kind, Verb
from ..language.words import Said, Words
from ..nouns.index import Index, Things
from ..nouns.noun_phrase import readings
from ..nouns.targets import How, Reach, Target, Targets
from .clause_values import ClauseValues
from .unsaid import Unsaid
from .values import values_in

A_BIT: Final = Value(number=20, unit="percent", by=True)
"""How far "open it a bit" is."""
RELATIVE: Final = frozenset({"more", "less"})
ON_OFF: Final = frozenset({"on", "off", "toggle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One command: what, and on what."""

    meaning: Meaning
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A verb and the places of its words; no verb where only values or names are said."""

    verb: Verb | None
    used: frozenset[int]


class Commands:
    """Reads clauses about one home."""

    def __init__(self, index: Index, targets: Targets) -> None:
        self.index = index
        self.lexicon = index.lexicon
        self.targets = targets
        self.values = ClauseValues(index.lexicon)
        self._at_hand = Unsaid(index)

    def clauses(self, said: Said, situation: Situation) -> Iterator[Clause]:
        """Yield what a clause may mean, the likeliest first; nothing where a word of it is not explained."""
        for match in self._matches(said):
            rest = said.without(match.used)
            if len(rest) and (self._dangles(rest) or (match.verb is None and rest.words[0] in self.lexicon.ones)):
                continue  # "can I get a kettle" wants none turned on
            for meaning, noun in self._meanings(match.verb, rest):
                if (targets := self.find(meaning, noun, situation, match.verb)) is not None:
                    yield Clause(meaning=meaning, targets=targets)

    def find(
        self, meaning: Meaning, noun: Said, situation: Situation, verb: Verb | None = None
    ) -> tuple[Target, ...] | None:
        """Return the things that a noun phrase means where this is to be done to them."""
        index = self.index
        kind = self.lexicon.kinds[meaning.kind] if meaning.kind is not None else None
        can = index.domains(domains_of(meaning)) & self._of_kind(kind)
        unsaid = can & index.domains(unsaid_domains(meaning))
        is_it = self.lexicon.dummy.whole(noun.words) is not None and not situation.about
        if meaning.sense in RELATIVE and meaning.prop is None and is_it:
            unsaid |= self._at_hand.that_play(can, situation)
        length = len(noun)
        noun = self._without_dummy(noun, unsaid)
        if unsaid and self.lexicon.playing.whole(index.content(noun.words)) is not None:
            return self._at_hand.at_hand(unsaid, meaning, situation)
        if not index.content(noun.words) and not self.lexicon.them.whole(noun.words):
            if not self._may_be_unsaid(meaning, verb, is_dummy=len(noun) < length, situation=situation):
                return None
            return self._at_hand.at_hand(can if kind is not None else unsaid, meaning, situation)
        if (cleaned := self._cleaned(meaning, noun, situation, can)) is not None:
            return (cleaned,)
        reach = Reach(
            can=can,
            kind=kind,
            places=unsaid,
            everything=can & index.domains(EVERYTHING) if meaning.sense in ON_OFF else can,
        )
        found = self.targets.find(noun, situation, reach)
        if found is None or not all(_is_said_well(target, meaning, verb) for target in found):
            return None
        return tuple(self._at_hand.playing(target, meaning, situation) for target in found)

    def _of_kind(self, kind: Kind | None) -> Things:
        """Return the things of the kind that a verb says; everything where it says none."""
        if kind is None:
            return self.index.everything
        if not kind.named:
            return self.index.kind(kind)
        said = (words for words, kinds in self.lexicon.kind_nouns.meanings.items() if kind in kinds)
        things = 0
        for words in said:
            things |= self.index.named(words)
        return things

    def _cleaned(self, meaning: Meaning, noun: Said, situation: Situation, can: int) -> Target | None:
        """Return the vacuum that is to clean an area: the one that was named, the only one, or the one on its floor."""
        vacuums = can & self.index.by_domain.get("vacuum", 0)
        if meaning.sense not in ("clean", "start", "on") or not vacuums:
            return None
        for said in readings(self.index, noun, situation):
            names = (*said.names, *said.kind_words) if meaning.sense == "clean" else said.names
            named = vacuums & self.index.named(said.names) if said.names else vacuums
            is_one = (
                said.names
                or (meaning.sense == "clean" and not said.kinds)
                or any("vacuum" in kind.domains for kind in said.kinds)
            )
            if not said.areas or not is_one or not named:
                continue
            near = named & self.index.by_floor.get(self.index.home.areas[min(said.areas)].floor or "", 0)
            found = near if named.bit_count() > 1 and near else named
            if found.bit_count() == 1 and (not names or said.names or said.kinds):
                return Target(entities=self.index.ids(found), how=How.NAME, many=False, areas=said.areas)
        return None

    def _may_be_unsaid(self, meaning: Meaning, verb: Verb | None, *, is_dummy: bool, situation: Situation) -> bool:
        """Return whether a command may leave out what it is said of."""
        if situation.about or meaning.prop is not None:
            return verb is None or verb.alone or is_dummy
        if verb is None or not verb.alone:
            return False
        # "Set it to 50 percent" could be anything.
        return meaning.value is None or meaning.value.unit not in ("percent", None)

    def _without_dummy(self, noun: Said, unsaid: int) -> Said:
        """Return a noun phrase without an "it" that stands for nothing ("make it warmer in here", "pause this")."""
        found = self.lexicon.dummy.at(noun.words, 0) if len(noun) and unsaid else None
        if found is None:
            return noun
        rest = noun.part(found[0], len(noun))
        stands_alone = not len(rest) or rest.words[0] in self.lexicon.prepositions
        return rest if stands_alone or self.lexicon.here.at(rest.words, 0) is not None else noun

    # ---- verbs

    def _matches(self, said: Said) -> Iterator[_Match]:
        words = said.words
        for place in range(len(words)):
            if place and not self._may_follow(words, place):
                yield from (match for match in self._at(words, place) if match.verb is not None and match.verb.loose)
            else:
                yield from self._at(words, place)
        yield _Match(None, frozenset())

    def _may_follow(self, words: Words, place: int) -> bool:
        """Return whether a verb may stand there, behind others: "in the kitchen turn ...", "vacuum, start"."""
        if words[0] in self.lexicon.prepositions or words[place - 1] == ",":
            return True
        return self.index.content(words[:place]) in self.index.by_name

    def _at(self, words: Words, place: int) -> Iterator[_Match]:
        closed: set[Words] = set()
        for verb in self.lexicon.verbs.get(words[place], ()):
            first = verb.parts[0]
            if words[place : place + len(first)] != first:
                continue
            if verb.loose:
                if self._is_loose(words, place, len(first), verb):
                    yield _Match(verb, _places(place, len(first)))
            elif len(verb.parts) == 1:
                yield _Match(verb, self._with_comma(words, place, _places(place, len(first))))
            else:
                yield from self._parted(verb, words, place, closed)

    def _with_comma(self, words: Words, place: int, used: frozenset[int]) -> frozenset[int]:
        return used | {place - 1} if place and words[place - 1] == "," else used

    def _parted(self, verb: Verb, words: Words, place: int, closed: set[Words]) -> Iterator[_Match]:
        """Match a verb in two parts. Where the second follows the first at once, it is not sought further off."""
        first, second = verb.parts[0], verb.parts[1]
        used = self._with_comma(words, place, _places(place, len(first)))
        after = place + len(first)
        if words[after : after + len(second)] == second:
            closed.add(first)
            yield _Match(verb, used | _places(after, len(second)))
            return
        if first in closed:
            return
        for at in range(len(words) - len(second), after, -1):
            if words[at : at + len(second)] == second:
                yield _Match(verb, used | _places(at, len(second)))

    def _is_loose(self, words: Words, place: int, length: int, verb: Verb) -> bool:
        """Return whether a verb that stands by itself may end there.

        "lamp on", "lights on in the kitchen", "lamp on full".
        """
        after = place + length
        if place == 0 and verb.prop is None:
            return False
        if place == 1 and any(
            other.parts[1:] == verb.parts and other.parts[0] == words[:1]
            for other in self.lexicon.verbs.get(words[0], ())
        ):
            return False
        if after == len(words) or words[after] in self.lexicon.prepositions:
            return True
        return self._ends_a_clause(words[after:], verb)

    def _ends_a_clause(self, rest: Words, verb: Verb) -> bool:
        """Return whether what follows a verb is a place, a value, or an exception."""
        lexicon, index = self.lexicon, self.index
        if verb.sense in RELATIVE and index.name_phrases.at(rest, 0) is not None:
            return True
        follows = (
            lexicon.excepts,
            lexicon.here,
            lexicon.everywhere,
            lexicon.floors,
            lexicon.to,
            lexicon.by,
            lexicon.little,
        )
        if any(phrases.at(rest, 0) is not None for phrases in follows) or index.floors.at(rest, 0) is not None:
            return True
        area = index.areas.at(rest, 0)
        is_area = area is not None and area[0] == len(rest)
        return is_area or any(found.start == 0 for found in values_in(lexicon, rest))

    def _dangles(self, rest: Said) -> bool:
        """Return whether a noun phrase breaks off ("the lamp in the")."""
        if self.lexicon.them.whole(rest.words):
            return False
        if any(self.lexicon.excepts.at(rest.words, place) is not None for place in range(1, len(rest) - 2)):
            return False  # "... but leave the lamp on"
        return rest.words[-1] in self.lexicon.articles or rest.words[-1] in self.lexicon.prepositions

    # ---- values and properties

    def _nouns(self, verb: Verb | None, sense: str, rest: Said) -> Iterator[Said]:
        """Yield what may be the noun of a clause whose property is a part of a name."""
        own = verb.prop if verb is not None else None
        if own is None and sense == "set":
            yield from (left for _, left in self.values.values(sense, rest))

    def _meanings(self, verb: Verb | None, rest: Said) -> Iterator[tuple[Meaning, Said]]:
        sense = verb.sense if verb is not None else "set"
        little, rest = self.values.little(rest) if sense in (*RELATIVE, "open", "close") else (False, rest)
        if little and sense in ("open", "close"):
            yield Meaning(sense="more" if sense == "open" else "less", values=(A_BIT,)), rest
            return
        props = list(self.values.properties(verb, sense, rest))
        if any(
            self.index.by_name.get(self.index.content(noun.words)) for noun in self._nouns(verb, sense, props[-1][1])
        ):
            props.reverse()  # "set the heat pump mode to boost", where that is the name of something
        for prop, noun in props:
            for values, left in self.values.values(sense, noun):
                if not _makes_sense(verb, sense, prop, values):
                    continue
                yield (
                    Meaning(
                        sense=sense,
                        prop=prop,
                        values=values,
                        little=little,
                        kind=verb.kind if verb is not None else None,
                    ),
                    left,
                )
        if verb is None and len(rest):
            yield Meaning(sense="activate"), rest
            yield Meaning(sense="on"), rest


def _makes_sense(verb: Verb | None, sense: str, prop: str | None, values: tuple[Value, ...]) -> bool:
    """Return whether a verb goes with such values."""
    if sense == "set" and not values:
        return False
    if sense not in ("set", "more", "less") and prop is not None and not values:
        return False
    if sense not in ("on", "set", "open", "close", *RELATIVE) and values:
        return False
    # "Dim it 30 percent": to 30, or by 30?
    unclear = verb is not None and verb.prop == "brightness" and len(verb.parts) == 1 and not verb.loose
    return not (unclear and any(value.number is not None and not value.to and not value.by for value in values))


def _is_said_well(target: Target, meaning: Meaning, verb: Verb | None) -> bool:
    """Return whether a thing was named as it must be: wholly, where hardly anything else is said."""
    if verb is None and not meaning.values:
        return target.how is How.NAME
    return meaning.sense != "activate" or target.how is How.NAME or bool(target.kinds)


def _places(start: int, length: int) -> frozenset[int]:
    return frozenset(range(start, start + length))
