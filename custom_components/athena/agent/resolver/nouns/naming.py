"""Which things the names in a noun phrase describe."""

from collections.abc import Sequence

from ...home import Entity
from .index import Index, Name, Things
from .noun_phrase import Noun


class Naming:
    """Compares what was said with the names of one home."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def named(self, noun: Noun, can: Things) -> tuple[Things, Things]:
        """Return the things that names help to describe.

        Those whose whole name was said, and those of which a part was.
        """
        words = (*noun.names, *noun.kind_words) if noun.names or noun.kind_words else noun.content
        if not words:
            return 0, 0
        possible = self._explained(noun, can)
        whole = part = 0
        for entity in self.index.of(possible):
            bit = self.index.bits[entity.id]
            best = max((self._fit(name, noun, entity) for name in self.index.names_of(entity)), default=0)
            if best == 2:
                whole |= bit
            elif best == 1:
                part |= bit
        return self._longest(whole, noun), part

    def _explained(self, noun: Noun, can: Things) -> Things:
        """Return the things for which every word is explained, by a name, the kind, or the place."""
        index = self.index
        things = can
        for word in noun.names:
            things &= index.by_word.get(word, 0) | index.by_place_word.get(word, 0)
        if noun.kind_words and noun.names and all(word.isdigit() for word in noun.names):
            # "Lamp three" is no spot with that number where others are called lamps.
            numbered = index.named(noun.kind_words) & index.everything
            things &= numbered or things
        if noun.kind_words:
            fitting = index.named(noun.kind_words) & (index.by_head.get(noun.kind_words[-1], 0))
            for kind in noun.kinds:
                fitting |= 0 if kind.named else index.kind(kind)
            things &= fitting
        located = things & noun.place
        if located or not noun.place_words:
            return located if noun.has_place else things
        # A thing without an area, or one whose whole name is said, may have the place in its name only.
        if noun.placed:
            return 0
        return things & index.named(noun.place_words)

    def _fit(self, name: Name, noun: Noun, entity: Entity) -> int:
        """Return 2 where all of a name was said, 1 where a part of it was, 0 where it does not explain the words."""
        said = frozenset(noun.content)
        own = frozenset(name.words)
        if not own & said and not noun.names:
            return 0
        left = [word for word in noun.names if word not in own]
        if left and not self._is_place(left, entity):
            return 0
        outside = self.index.bits[entity.id] & noun.place == 0
        if outside and not (entity.area is None or own <= said):
            return 0
        return 2 if own and own <= said else 1 if own & said or left else 0

    def _is_place(self, words: Sequence[str], entity: Entity) -> bool:
        bit = self.index.bits[entity.id]
        return all(self.index.by_place_word.get(word, 0) & bit for word in words)

    def _longest(self, things: Things, noun: Noun) -> Things:
        """Return those with the most words of their names said.

        "kitchen ceiling light" is not the one called "ceiling".
        """
        if things.bit_count() < 2:
            return things
        said = frozenset(noun.content)
        lengths = {
            entity.id: max(len(name.words) for name in self.index.names_of(entity) if frozenset(name.words) <= said)
            for entity in self.index.of(things)
        }
        most = max(lengths.values())
        result = 0
        for each, length in lengths.items():
            if length == most:
                result |= self.index.bits[each]
        return result
