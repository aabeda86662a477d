"""The values and properties of a clause, and what is left of it for the thing."""

from collections.abc import Iterator

from ..acts.meanings import Value
from ..language.vocabulary import Lexicon, Verb
from ..language.words import Said
from .values import Found, values_in


class ClauseValues:
    """Finds them in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def little(self, rest: Said) -> tuple[bool, Said]:
        """Return whether only a bit is meant, and what is left."""
        for phrases in (self.lexicon.little, self.lexicon.much):
            for place in range(len(rest)):
                if (found := phrases.at(rest.words, place)) is not None:
                    return phrases is self.lexicon.little, rest.without(_places(place, found[0]))
        return False, rest

    def properties(self, verb: Verb | None, sense: str, rest: Said) -> Iterator[tuple[str | None, Said]]:
        """Yield the property that a clause names, with what is left of it; last, none."""
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
        found = [each for each in found if not self._is_hour(each, rest, sense)]
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

    def _is_hour(self, found: Found, rest: Said, sense: str) -> bool:
        """Return whether a bare number is rather a time of day: "heating down at ten"."""
        value = found.value
        is_bare = value.number is not None and value.unit is None and not value.to and not value.by
        return is_bare and sense in ("more", "less", "on") and self.lexicon.at.at(rest.words, found.start) is not None

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
            or self.lexicon.joins.at(after, 0) is not None
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


def _places(start: int, length: int) -> frozenset[int]:
    return frozenset(range(start, start + length))


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
