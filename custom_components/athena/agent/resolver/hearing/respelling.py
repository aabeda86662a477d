"""Words that are written otherwise in this home: "fire place", "m b r fan", "spot number five", "night light"."""

from collections.abc import Callable
from typing import Final

from ..language.words import Said, Words
from ..nouns.index import Index

SHORTEST_HALF: Final = 3
"""Letters: a word is not parted into shorter ones."""


class Respelling:
    """Writes the words of an utterance as the names of one home do."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._silent = index.domains(frozenset({"sensor", "binary_sensor", "weather", "person"}))
        """What nothing can be done to: its names lend no words to what is done."""
        file = index.lexicon.files["respelling"]
        self._numbered = frozenset(index.lexicon.words(str(each)) for each in file["number"])
        self._ordinals: dict[str, str] = {
            word: str(number) for number, said in file["ordinals"].items() for word in index.lexicon.words(said)
        }
        self._others: dict[Words, list[Words]] = {}
        for alike in file["others"]:
            said = [index.lexicon.words(each) for each in alike]
            for each in said:
                self._others.setdefault(each, []).extend(other for other in said if other != each)
        self._longest = max(map(len, self._others), default=0)

    def joined(self, said: Said) -> Said:
        """Return an utterance with letters, halves of words and numbers put together as this home has them."""
        for step in (self._letters, self._halves, self._numbers):
            said = step(said)
        return said

    def otherwise(self, said: Said) -> Said | None:
        """Return an utterance with other words for what this home does not have; None where nothing changes."""
        result = said
        for step in (self._ordinal, self._parted, self._other):
            result = step(result)
        return result if result != said else None

    def _letters(self, said: Said) -> Said:
        """Put letters together that were spelled: "m b r", "l g"."""
        place = 0
        while place < len(said):
            end = place
            while end < len(said) and len(said.words[end]) == 1 and said.words[end].isalpha():
                end += 1
            for stop in range(end, place + 1, -1):
                if (word := "".join(said.words[place:stop])) in self.index.known:
                    said = _with(said, place, stop, (word,))
                    break
            place += 1
        return said

    def _halves(self, said: Said) -> Said:
        """Put two words together that are one in a name: "fire place"."""
        index, place = self.index, 0
        while place < len(said) - 1:
            one, other = said.words[place : place + 2]
            word = one + other
            if word in index.by_word and not (index.named((one, other)) or len(word) < 2 * SHORTEST_HALF):
                said = _with(said, place, place + 2, (word,))
            place += 1
        return said

    def _numbers(self, said: Said) -> Said:
        """Leave out what leads to a number that is part of a name: "spot number five"."""
        places = {
            place
            for place in range(len(said) - 1)
            if said.words[place : place + 1] in self._numbered
            and said.words[place] not in self.index.by_word
            and said.words[place + 1].isdigit()
            and said.words[place + 1] in self.index.by_word
        }
        return said.without(places) if places else said

    def _ordinal(self, said: Said) -> Said:
        """Put the number of a thing behind it: "the fifth spot"."""
        for place in range(len(said) - 1):
            number, noun = self._ordinals.get(said.words[place]), said.words[place + 1]
            if number is not None and said.words[place] not in self.index.known and self.index.named((noun, number)):
                return _with(said, place, place + 2, (noun, number))
        return said

    def _parted(self, said: Said) -> Said:
        """Part a word that is two in a name: "nightlight"."""
        return self._replaced(said, 1, self._parts_of)

    def _parts_of(self, words: Words) -> Words | None:
        word = words[0]
        for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
            parts = (word[:at], word[at:])
            if self.index.named(parts) or self.index.areas.whole(parts) is not None:
                return parts
        return None

    def _other(self, said: Said) -> Said:
        """Write another word for the same thing where only that stands in a name: "jacuzzi", "dad's computer"."""
        return self._replaced(said, self._longest, self._other_of)

    def _other_of(self, words: Words) -> Words | None:
        meant = {other for other in self._others.get(words, ()) if self.index.named(other) & ~self._silent}
        return meant.pop() if len(meant) == 1 else None

    def _replaced(self, said: Said, longest: int, other: Callable[[Words], Words | None]) -> Said:
        """Return an utterance with other words for those that stand in no name."""
        place = 0
        while place < len(said):
            for length in range(min(longest, len(said) - place), 0, -1):
                words = said.words[place : place + length]
                if not self.index.named(words) & ~self._silent and (meant := other(words)) is not None:
                    said = _with(said, place, place + length, meant)
                    place += len(meant) - 1
                    break
            place += 1
        return said


def _with(said: Said, start: int, end: int, words: Words) -> Said:
    """Return an utterance with other words at some places, the last as many as the last was."""
    plural = (*(False for _ in words[1:]), said.plural[end - 1]) if words else ()
    return Said((*said.words[:start], *words, *said.words[end:]), (*said.plural[:start], *plural, *said.plural[end:]))
