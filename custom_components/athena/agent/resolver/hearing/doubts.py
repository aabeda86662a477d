"""What Home Assistant's matchers pass over in an utterance, and what makes their reading doubtful."""

from typing import Final

from ...home import Home
from ...reading import Plan
from ..language.words import Words
from ..nouns.index import Index
from .misheard import distance, is_near

SHORTEST: Final = 4
"""Letters: a shorter word is like too many others."""


class Doubts:
    """Looks at the readings of others, in one home."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lexicon = index.lexicon
        asides = self._lexicon.files["asides"]
        self._one = frozenset(asides["one"])
        self._number_after = frozenset(asides["one_is_a_number_after"])
        self._conditions = self._lexicon.phrases(asides["conditions"])

    def of(self, text: str, plan: Plan) -> str | None:
        """Return why what was read is not what was said; None where nothing speaks against it."""
        entities = {entity for deed in plan.deeds for entity in deed.entities}
        if not entities:
            return None
        words = self._lexicon.speech.read(text).words
        own = self._words_of(self._index.home, entities)
        if self._ends_in_one_of_them(text, own):
            return "one of several was meant, and no number"
        for place, word in enumerate(words):
            condition = self._conditions.at(words, place)
            if condition is not None and not set(words[place : place + condition[0]]) <= own:
                return f"a condition was passed over: {' '.join(words[place : place + condition[0]])}"
            if self._is_strange(word, own):
                return f"a word was passed over: {word}"
            if len(entities) != 2 and self._lexicon.both.at(words, place) is not None and word not in own:
                return "both of two were meant"
        return None

    def _ends_in_one_of_them(self, text: str, own: set[str]) -> bool:
        """Return whether it is an answer to a question that nobody asks any more: "the kitchen one"."""
        *before, last = text.casefold().rstrip(" .!?").split() or [""]
        if last not in self._one or not own.isdisjoint(self._lexicon.words(last)):
            return False
        return not before or before[-1] not in self._number_after

    def _is_strange(self, word: str, own: set[str]) -> bool:
        """Return whether a word means nothing to anybody, and is no name that was misheard."""
        if word in own or word in self._lexicon.vocabulary or word in self._index.known or not word[0].isalpha():
            return False
        return not any(
            is_near(word, each) or _is_alike(word, each) or each.startswith(word) or word.startswith(each)
            for each in own
        )

    def _words_of(self, home: Home, entities: set[str]) -> set[str]:
        names: list[str] = []
        for entity in (home.entities[each] for each in entities if each in home.entities):
            names += entity.names
            area = home.areas.get(entity.area) if entity.area is not None else None
            names += area.names if area is not None else ()
        found: set[str] = set()
        for name in names:
            said: Words = self._lexicon.words(name)
            found.update(said)
        return found


def _is_alike(word: str, own: str) -> bool:
    """Return whether a short word may be another with one letter wrong ("frnt")."""
    return min(len(word), len(own)) >= SHORTEST and abs(len(word) - len(own)) <= 1 and distance(word, own) <= 1
