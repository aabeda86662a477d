"""Which sentence of the home is nearest to the words that were heard, if any is near enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

type Words = tuple[str, ...]
type Pronunciations = Mapping[str, Sequence[str]]
"""The phones of each word."""

FARTHEST: Final = 0.2
"""A sentence that is farther from what was heard is not meant."""
MARGIN: Final = 0.05
"""When a second one is this much nearly as near, neither is: the words could mean either."""

_ARTICLES: Final = frozenset({"the", "a", "an"})
_ARTICLE_WEIGHT: Final = 0.15
"""An article that is missed or made up matters little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The nearest sentence."""

    words: Words
    distance: float
    """As a share of what was heard."""
    second: float
    """The distance of the next nearest."""

    @property
    def certain(self) -> bool:
        """Whether it is meant."""
        return self.distance == 0 or (self.distance <= FARTHEST and self.second - self.distance > MARGIN)


class Nearest:
    """The sentences of a home; a word is the nearer to another, the more phones they share."""

    def __init__(self, sentences: Iterable[Words], pronunciations: Pronunciations) -> None:
        self._sentences = {words: _weight(words) for words in sentences}
        self._pronunciations = pronunciations
        self._between = lru_cache(maxsize=100_000)(self._between_words)

    def find(self, heard: Words) -> Match | None:
        """Return the nearest sentence; None without words or without sentences."""
        total = _weight(heard)
        if not total or not self._sentences:
            return None
        if heard in self._sentences:
            return Match(words=heard, distance=0.0, second=1.0)
        best: tuple[float, Words] = (float("inf"), ())
        second = float("inf")
        for sentence, weight in self._sentences.items():
            if abs(weight - total) >= second:  # so much at least is left out or put in
                continue
            distance = self._distance(heard, sentence)
            if distance < best[0]:
                best, second = (distance, sentence), best[0]
            elif distance < second:
                second = distance
        return Match(words=best[1], distance=best[0] / total, second=second / total)

    def _distance(self, heard: Words, sentence: Words) -> float:
        """Return what it costs to turn one into the other: words left out, put in or exchanged."""
        row = [0.0]
        for word in sentence:
            row.append(row[-1] + _word_weight(word))
        for said in heard:
            above, missing = row, _word_weight(said)
            row = [above[0] + missing]
            for number, word in enumerate(sentence):
                kept = above[number] + (0.0 if said == word else self._between(said, word))
                row.append(min(row[number] + _word_weight(word), above[number + 1] + missing, kept))
        return row[-1]

    def _between_words(self, one: str, other: str) -> float:
        """Return the share of phones in which two words differ."""
        phones, others = self._phones(one), self._phones(other)
        row = list(range(len(others) + 1))
        for count, phone in enumerate(phones, 1):
            above = row
            row = [count]
            for number, other_phone in enumerate(others):
                row.append(min(row[number] + 1, above[number + 1] + 1, above[number] + (phone != other_phone)))
        return row[-1] / max(len(phones), len(others), 1)

    def _phones(self, word: str) -> Sequence[str]:
        return self._pronunciations.get(word, word)


def _weight(words: Words) -> float:
    return sum(map(_word_weight, words))


def _word_weight(word: str) -> float:
    return _ARTICLE_WEIGHT if word in _ARTICLES else 1.0
