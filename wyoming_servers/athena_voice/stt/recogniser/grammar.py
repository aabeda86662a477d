"""The sentences of a home as a graph of the model's pieces: whatever path is taken through it spells one of them."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from hassil.numbers import get_rbnf_engine

from ..sentences import Manners, Sentence
from .tokens import END, Tokens

_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_STOPS: Final = (".", "?", "!", ",", "")
_ACRONYM: Final = 3
"""Letters of a word that may be written in capitals, like TV."""


class Node:
    """A place in the graph."""

    __slots__ = ("next", "sentence")

    def __init__(self) -> None:
        self.next: dict[int, list[Node]] = {}
        self.sentence: Sentence | None = None
        """What has been said, once the end is reached."""


class Grammar:
    """Every sentence, in the ways a person says it and the model writes it."""

    def __init__(self, sentences: Iterable[Sentence], tokens: Tokens, manners: Manners) -> None:
        self.start = Node()
        self._tokens = tokens
        self._manners = manners
        self._words: dict[tuple[int, str], Node] = {}
        for words in manners.before:  # they lead back to the start: any number of them
            self._spell(self.start, _spoken(words), self.start, comma=True)
        for sentence in sentences:
            self._add(sentence)

    def _add(self, sentence: Sentence) -> None:
        node = self.start
        for word in _spoken(sentence.said):
            following = self._words.get((id(node), word))
            if following is None:
                following = self._words[id(node), word] = Node()
                for form in _forms(word):
                    for pieces in self._written(form, first=node is self.start):
                        self._path(node, pieces, following)
            node = following
        if node is not self.start and END not in node.next:
            self._finish(node, sentence)

    def _finish(self, node: Node, sentence: Sentence) -> None:
        end, polite = Node(), Node()
        end.sentence = sentence
        for words in self._manners.after:
            self._spell(node, _spoken(words), polite, comma=False)
        for stop in _STOPS:
            pieces = (*self._tokens.of_word(stop, begins=False), END) if stop else (END,)
            self._path(node, pieces, end)
            self._path(polite, pieces, end)

    def _spell(self, node: Node, words: tuple[str, ...], last: Node, *, comma: bool) -> None:
        """Add words that are said together; a comma may follow."""
        for first in self._written(words[0], first=True):
            pieces = first + tuple(piece for word in words[1:] for piece in self._tokens.of_word(word))
            self._path(node, pieces, last)
            if comma:
                self._path(node, (*pieces, *self._tokens.of_word(",", begins=False)), last)

    def _written(self, form: str, *, first: bool) -> Iterator[tuple[int, ...]]:
        """Yield the pieces of a form that is one word or more; names and beginnings may have a capital."""
        words = form.split()
        cases = [(word, word[:1].upper() + word[1:]) for word in words]
        ways = product(*cases) if first or len(words) == 1 else (tuple(words),)
        for way in dict.fromkeys(ways):
            yield tuple(piece for word in way for piece in self._pieces(word))
        if len(words) == 1 and len(form) <= _ACRONYM and form.isalpha():
            yield self._tokens.of_word(form.upper())

    def _pieces(self, word: str) -> tuple[int, ...]:
        return self._tokens.of_word(word, begins=word != "%")

    @staticmethod
    def _path(node: Node, pieces: tuple[int, ...], last: Node) -> None:
        for piece in pieces[:-1]:
            following = Node()
            node.next.setdefault(piece, []).append(following)
            node = following
        node.next.setdefault(pieces[-1], []).append(last)


def _spoken(words: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(words.replace("’", "'")))


def _forms(word: str) -> tuple[str, ...]:
    """Return how a word may be written: 50, fifty; percent, per cent, %; wi-fi, wi fi."""
    if word.isdigit():
        spoken = get_rbnf_engine("en").format_number(int(word)).text
        return tuple(dict.fromkeys((word, spoken, spoken.replace("-", " "))))
    if word == "percent":
        return (word, "per cent", "%")
    return (word, word.replace("-", " ")) if "-" in word else (word,)
