"""A name that was heard almost right: a long word with one letter wrong, where this home has only one word like it."""

from typing import Final

from ..language.vocabulary import Lexicon
from ..language.words import Said
from ..nouns.index import Index

SHORTEST: Final = 5
"""Letters: a shorter word is like too many others."""
LONG: Final = 10
"""Letters: so long a word may have two wrong."""
MOST: Final = 2
"""Words of an utterance that may be wrong."""


class Misheard:
    """Mends the words of utterances about one home."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._known = lexicon.vocabulary | index.known
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(index.known | lexicon.nouns):
            if len(word) >= SHORTEST:
                self._by_letter.setdefault(word[0], []).append(word)

    def mend(self, said: Said) -> Said | None:
        """Return the utterance with words that this home knows.

        None where a word is like none of them, or like several.
        """
        wrong = [place for place, word in enumerate(said.words) if word not in self._known and not word[0].isdigit()]
        if not wrong or len(wrong) > MOST:
            return None
        words = list(said.words)
        for place in wrong:
            meant = [word for word in self._by_letter.get(words[place][0], ()) if is_near(words[place], word)]
            if len(meant) != 1:
                return None
            words[place] = meant[0]
        return Said(tuple(words), said.plural)


def is_near(heard: str, meant: str) -> bool:
    """Return whether one word may be the other misheard.

    A letter too many, missing, other, or two that changed places.
    """
    if len(heard) < SHORTEST:
        return False
    most = 2 if min(len(heard), len(meant)) >= LONG else 1
    return abs(len(heard) - len(meant)) <= most and distance(heard, meant) <= most


def distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, changed or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        new = [place]
        for column, with_ in enumerate(other, 1):
            cost = min(row[column] + 1, new[column - 1] + 1, row[column - 1] + (letter != with_))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == with_:
                cost = min(cost, before[column - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
