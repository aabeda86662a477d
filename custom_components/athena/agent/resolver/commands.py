"""A clause that tells to do one thing: its verb, its values, and the things it is said of. Every word must be explained."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..home import Situation
from .index import Index
from .meanings import EVERYTHING, Meaning, Value, domains_of, unsaid_domains
from .noun_phrase import readings
from .targets import How, Reach, Target, Targets
from .values import Found, values_in
from .vocabulary import Verb
from .words import Said, Words

PLAYS: Final = frozenset({"pause", "next", "previous", "mute", "unmute", "more", "less", "set", "stop"})
"""Of several players, those that play are meant."""
A_BIT: Final = Value(number=20, unit="percent", by=True)
"""How far "open it a bit" is."""
STOPS: Final = frozenset({"pause", "next", "previous", "stop"})
"""What is done only to what plays."""
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

    def clauses(self, said: Said, situation: Situation) -> Iterator[Clause]:
        """Yield what a clause may mean, the likeliest first; nothing where a word of it is not explained."""
        for match in self._matches(said):
            rest = said.without(match.used)
            if len(rest) and self._dangles(rest):
                continue
            for meaning, noun in self._meanings(match.verb, rest):
                if (targets := self.find(meaning, noun, situation, match.verb)) is not None:
                    yield Clause(meaning=meaning, targets=targets)

    def find(
        self, meaning: Meaning, noun: Said, situation: Situation, verb: Verb | None = None
    ) -> tuple[Target, ...] | None:
        """Return the things that a noun phrase means where this is to be done to them."""
        index = self.index
        can = index.domains(domains_of(meaning))
        kind = self.lexicon.kinds[meaning.kind] if meaning.kind is not None else None
        if kind is not None:
            can &= index.named(kind.words[-1:]) if kind.named else index.kind(kind)
        unsaid = can & index.domains(unsaid_domains(meaning))
        if (
            meaning.sense in RELATIVE
            and meaning.prop is None
            and self.lexicon.dummy.whole(noun.words)
            and not situation.about
        ):
            unsaid |= self._that_play(can, situation)
        length = len(noun)
        noun = self._without_dummy(noun, unsaid)
        if not index.content(noun.words) and not self.lexicon.them.whole(noun.words):
            if not self._may_be_unsaid(meaning, verb, is_dummy=len(noun) < length, situation=situation):
                return None
            return self._unsaid(can if kind is not None else unsaid, meaning, situation)
        if (cleaned := self._cleaned(meaning, noun, situation, can)) is not None:
            return (cleaned,)
        reach = Reach(
            can=can,
            kind=kind,
            places=unsaid,
            everything=can & index.domains(EVERYTHING) if meaning.sense in ON_OFF else can,
        )
        found = self.targets.find(noun, situation, reach)
        if found is None:
            return None
        if verb is None and not meaning.values and any(target.how is not How.NAME for target in found):
            return None
        if meaning.sense == "activate" and any(target.how is not How.NAME and not target.kinds for target in found):
            return None
        return tuple(self._playing(target, meaning, situation) for target in found)

    def _that_play(self, can: int, situation: Situation) -> int:
        """Return the players that play: to turn "it" up is to make them louder."""
        players = can & self.index.by_domain.get("media_player", 0)
        playing = 0
        for entity in self.index.of(players):
            if (state := situation.states(entity.id)) is not None and state.state == "playing":
                playing |= self.index.bits[entity.id]
        return playing

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
                return Target(entities=_ids(self.index, found), how=How.NAME, many=False, areas=said.areas)
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
        found = self.lexicon.dummy.at(noun.words, 0) if len(noun) else None
        if (
            found is None
            or not unsaid
            or (found[0] < len(noun) and noun.words[found[0]] not in self.lexicon.prepositions)
        ):
            if found is None or not unsaid or self.lexicon.here.at(noun.words, found[0]) is None:
                return noun
        return noun.part(found[0], len(noun))

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
        """Return whether a verb that stands by itself may end there: "lamp on", "lights on in the kitchen", "lamp on full"."""
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
        rest = words[after:]
        lexicon = self.lexicon
        if verb.sense in RELATIVE and self.index.name_phrases.at(rest, 0) is not None:
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
        if any(phrases.at(rest, 0) is not None for phrases in follows) or self.index.floors.at(rest, 0) is not None:
            return True
        return any(found.start == 0 for found in values_in(lexicon, rest))

    def _dangles(self, rest: Said) -> bool:
        """Return whether a noun phrase breaks off ("the lamp in the")."""
        if self.lexicon.them.whole(rest.words):
            return False
        return rest.words[-1] in self.lexicon.articles or rest.words[-1] in self.lexicon.prepositions

    # ---- values and properties

    def _meanings(self, verb: Verb | None, rest: Said) -> Iterator[tuple[Meaning, Said]]:
        sense = verb.sense if verb is not None else "set"
        little, rest = self._little(rest) if sense in (*RELATIVE, "open", "close") else (False, rest)
        if little and sense in ("open", "close"):
            yield Meaning(sense="more" if sense == "open" else "less", values=(A_BIT,)), rest
            return
        for prop, noun in self._properties(verb, sense, rest):
            for values, left in self.values(sense, noun):
                if not self._makes_sense(verb, sense, prop, values, rest):
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
        if verb is None and self.lexicon.mode_words and not rest.words[-1:] == ():
            yield Meaning(sense="activate"), rest
            yield Meaning(sense="on"), rest

    def _makes_sense(
        self, verb: Verb | None, sense: str, prop: str | None, values: tuple[Value, ...], rest: Said
    ) -> bool:
        if sense == "set" and not values:
            return False
        if sense not in ("set", "more", "less") and prop is not None and not values:
            return False
        if sense not in ("on", "set", "open", "close", *RELATIVE) and values:
            return False
        # "Dim it 30 percent": to 30, or by 30?
        unclear = verb is not None and verb.prop == "brightness" and len(verb.parts) == 1 and not verb.loose
        return not (unclear and any(value.number is not None and not value.to and not value.by for value in values))

    def _little(self, rest: Said) -> tuple[bool, Said]:
        for phrases in (self.lexicon.little, self.lexicon.much):
            for place in range(len(rest)):
                if (found := phrases.at(rest.words, place)) is not None:
                    return phrases is self.lexicon.little, rest.without(_places(place, found[0]))
        return False, rest

    def _properties(self, verb: Verb | None, sense: str, rest: Said) -> Iterator[tuple[str | None, Said]]:
        own = verb.prop if verb is not None else None
        for place in range(len(rest)):
            if (found := self.lexicon.properties.at(rest.words, place)) is None:
                continue
            if own not in (None, found[1]) or sense not in ("set", "on", "more", "less", "open", "close"):
                continue
            kind = self.lexicon.kind_nouns.at(rest.words, place)
            # Of the "fan speed" the fan is the thing.
            lent = 1 if kind is not None and kind[0] < found[0] else 0
            yield found[1], rest.without(_places(place + lent, found[0] - lent))
        yield own, rest

    def values(self, sense: str, rest: Said) -> Iterator[tuple[tuple[Value, ...], Said]]:
        """Yield the values that a clause may hold, with what is left of it: the likeliest first."""
        found = [each for each in values_in(self.lexicon, rest.words) if self._is_placed(each, rest)]
        found = [each for each in found if not self._is_half_of_a_noun(each, rest)]
        sure = [each for each in found if each.sure]
        tried: list[list[Found]] = []
        for longest in (True, False):
            for among in (sure, [*sure, *[each for each in found if not each.sure][-1:]], [*sure, *found]):
                chosen = _disjoint(
                    sorted(among, key=lambda each: (each.start, each.start - each.end if longest else each.end))
                )
                if chosen not in tried:
                    tried.append(chosen)
        if [] not in tried:
            tried.append([])
        for chosen in tried:
            if _differ(chosen):
                used = frozenset(place for each in chosen for place in range(each.start, each.end))
                yield tuple(each.value for each in chosen), self._joined_off(rest, used)
        if sense in ("set", "on", "play"):
            yield from self._modes(rest)

    def _joined_off(self, rest: Said, used: frozenset[int]) -> Said:
        """Return what is left, without a join that led to a value ("to blue and 50 percent")."""
        places = [place for place in range(len(rest)) if place not in used]
        while places and self.lexicon.joins.whole((rest.words[places[-1]],)):
            places.pop()
        return rest.pick(places)

    def _is_half_of_a_noun(self, found: Found, rest: Said) -> bool:
        """Return whether a color takes a noun for its first word: in "the pool light blue" the light is the thing."""
        start = found.start
        if found.value.color is None or found.value.to or found.end - start < 2 or start == 0:
            return False
        kinds = self.lexicon.kind_nouns
        return (
            kinds.whole(rest.words[start : start + 1]) is not None
            and kinds.whole(rest.words[start - 1 : start]) is None
        )

    def _is_placed(self, found: Found, rest: Said) -> bool:
        """Return whether a value stands where one can: a color or a share ends the clause, or "to" leads to it."""
        value = found.value
        if value.to or value.by or value.unit not in (None, "percent") or rest.words[found.start][0].isdigit():
            return True
        after = rest.words[found.end :]
        return (
            not after
            or after[0] in self.lexicon.prepositions
            or self.lexicon.here.at(after, 0) is not None
            or after[0] == "and"
        )

    def _modes(self, rest: Said) -> Iterator[tuple[tuple[Value, ...], Said]]:
        words = rest.words
        for place in range(len(words) - 1, 0, -1):
            found = self.lexicon.to.at(words, place) or self.lexicon.mode_in.at(words, place)
            if found is not None and found[0] + place < len(words):
                # "Put Netflix on the TV"
                yield (Value(mode=words[:place], to=True),), rest.part(place + found[0], len(words))
            if found is None or place + found[0] >= len(words):
                continue
            mode = words[place + found[0] :]
            mode = mode[1:] if len(mode) > 1 and mode[0] in self.lexicon.articles else mode
            if len(mode) > 1 and self.lexicon.mode_words.whole(mode[-1:]):
                mode = mode[:-1]
            same = self.lexicon.modes.whole(mode)
            yield (Value(mode=same if same is not None else mode, to=True),), rest.part(0, place)

    # ---- things that nobody names

    def _unsaid(self, things: int, meaning: Meaning, situation: Situation) -> tuple[Target, ...] | None:
        """Return what is meant where no thing is named: what was last spoken of, what plays, what is in the speaker's room."""
        if not things:
            return None
        index = self.index
        if about := tuple(each for each in situation.about if index.bits.get(each, 0) & things):
            return (Target(entities=about, how=How.ABOUT, many=True),)
        here = index.by_area.get(situation.area, 0) & things if situation.area is not None else 0
        media = things & index.by_domain.get("media_player", 0)
        if media:
            target = Target(entities=_ids(index, media), how=How.GROUP, many=False)
            if (
                here
                and (
                    near := self._playing(replace(target, entities=_ids(index, here)), meaning, situation, only=True)
                ).entities
            ):
                return (near,)
            playing = self._playing(target, meaning, situation)
            if len(playing.entities) > 1 and meaning.sense in STOPS:
                return None
            if len(playing.entities) > 1 and here:
                return (replace(target, entities=_ids(index, here)),)
            return (playing,)
        if here:
            areas = frozenset({situation.area}) if situation.area is not None else frozenset[str]()
            many = meaning.kind is None and all(entity.domain == "light" for entity in index.of(here))
            return (Target(entities=_ids(index, here), how=How.GROUP, many=many, areas=areas),)
        if things.bit_count() == 1 or meaning.kind is not None:
            return (Target(entities=_ids(index, things), how=How.GROUP, many=False),)
        return None

    def _playing(self, target: Target, meaning: Meaning, situation: Situation, *, only: bool = False) -> Target:
        """Return those of several players that play, or that pause where playing is asked for."""
        if not (target.ambiguous or only) or not all(each.startswith("media_player.") for each in target.entities):
            return target
        if meaning.sense in ("resume", "play"):
            wanted = "paused"
        elif meaning.sense in PLAYS:
            wanted = "playing"
        else:
            return target
        found = tuple(
            each for each in target.entities if (state := situation.states(each)) is not None and state.state == wanted
        )
        return replace(target, entities=found) if found or only else target


def _places(start: int, length: int) -> frozenset[int]:
    return frozenset(range(start, start + length))


def _ids(index: Index, things: int) -> tuple[str, ...]:
    return tuple(entity.id for entity in index.of(things))


def _differ(found: list[Found]) -> bool:
    """Return whether each value says something else: a color, a white, a share or a number."""
    kinds = [
        "color" if each.value.color is not None else "white" if each.value.unit == "kelvin" else "" for each in found
    ]
    return len(kinds) == len(set(kinds))


def _disjoint(found: list[Found]) -> list[Found]:
    """Return those that do not overlap, the first of each that do."""
    chosen: list[Found] = []
    for each in found:
        if all(each.start >= other.end or each.end <= other.start for other in chosen):
            chosen.append(each)
    return chosen
