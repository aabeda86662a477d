"""The sentences of a home as a graph of the model's pieces: whatever path is taken through it spells one of them."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Final

from hassil.numbers import get_rbnf_engine

from ..sentences import Manners, Sentence, Spelling
from .tokens import END, Tokens

_WORD: Final = re.compile(r":?[^\W_]+(?:['-][^\W_]+)*'?")
_JOINED: Final = "~"
"""Before a form: it is written without a space before it, as in 50% and 7:30am."""
_STOPS: Final = (".", "?", "!")
_ACRONYM: Final = 3
"""Letters of a word that may be written in capitals, like TV."""


type _Next = dict[int, list["Node"]]


class Node:
    """A place in the graph. What follows is worked out when somebody gets there: most places nobody ever gets to."""

    __slots__ = ("_grow", "_next", "inside", "sentence")

    def __init__(self, grow: Callable[[], _Next] | None = None) -> None:
        self._grow = grow
        self._next: _Next | None = None if grow else {}
        self.inside: dict[int, Node] = {}
        """Those of the next that lie inside a word: words that begin alike share them, and do not crowd the search."""
        self.sentence: Sentence | None = None
        """What has been said, once the end is reached."""

    @property
    def next(self) -> _Next:
        """The pieces that may follow, and where each leads."""
        if self._next is None:
            assert self._grow is not None
            self._next = self._grow()  # whole at once: any number of threads may come here
        return self._next


class _Between(Node):
    """A place between two words."""

    __slots__ = ("said", "words")

    def __init__(self, grow: Callable[["_Between"], _Next]) -> None:
        super().__init__(partial(grow, self))
        self.words: dict[str, _Between] = {}
        self.said: Sentence | None = None
        """The sentence that may end here."""


class _Spelled(Node):
    """A place in what is said digit by digit. There are too many of them for any to be kept."""

    __slots__ = ()

    @property
    def next(self) -> _Next:
        assert self._grow is not None
        return self._grow()


class Grammar:
    """Every sentence, in the ways a person says it and the model writes it."""

    def __init__(
        self, sentences: Iterable[Sentence], tokens: Tokens, manners: Manners, spelling: Spelling | None = None
    ) -> None:
        self._tokens = tokens
        self._manners = manners
        self._spelling = spelling
        self._comma = tokens.of_word(",", begins=False)
        self._stops = ((), *(tokens.of_word(stop, begins=False) for stop in _STOPS))
        self._after = tuple(self._pieces(words) for words in manners.after)
        self.start: Node
        self.start = start = _Between(self._grown)
        for sentence in sentences:
            self._add(start, sentence)

    def _add(self, start: _Between, sentence: Sentence) -> None:
        place = start
        for word in _spoken(sentence.said):
            if word not in place.words:
                place.words[word] = _Between(self._grown)
            place = place.words[word]
        if place is not start and place.said is None:
            place.said = sentence

    def _grown(self, place: _Between) -> _Next:
        """Return what may follow between two words."""
        grown = Node()
        first = place is self.start
        if first:
            self._begin(grown)
        for word, following in place.words.items():
            for form in _forms(word):
                for pieces in self._written(form, first=first):
                    self._path(grown, pieces, following)
        if place.said is not None:
            self._finish(grown, place.said)
        return grown.next

    def _begin(self, node: Node) -> None:
        """Let manners lead back to the start, any number of them; and digits begin."""
        for words in self._manners.before:
            for pieces in (self._pieces(words), self._pieces(words[:1].upper() + words[1:])):
                self._path(node, pieces, self.start)
                self._path(node, (*pieces, *self._comma), self.start)
        if self._spelling is not None:
            self._spell(node, self._spelling, "")

    def _spell(self, node: Node, spelling: Spelling, said: str) -> None:
        """Let another digit follow, and the end where there are enough of them."""
        if len(said) >= spelling.shortest:
            self._finish(node, Sentence(said=" ".join(said), text=said, kind=spelling.kind))
        if len(said) == spelling.longest:
            return
        for digit, words in spelling.digits.items():
            after = _Spelled(partial(self._spelled, spelling, said + digit))
            for word in (digit, *words):
                for pieces in self._written(word, first=not said):
                    self._path(node, pieces, after)
                    if said:
                        self._path(node, (*self._comma, *pieces), after)

    def _spelled(self, spelling: Spelling, said: str) -> _Next:
        node = Node()
        self._spell(node, spelling, said)
        return node.next

    def _finish(self, node: Node, sentence: Sentence) -> None:
        """Let a sentence end here, at once or after a stop, or after a comma and a polite word."""
        end, comma, polite = Node(), Node(), Node()
        end.sentence = sentence
        self._path(node, self._comma, comma)
        for words in self._after:
            self._path(node, words, polite)
            self._path(comma, words, polite)
        for place in (node, comma, polite):
            for stop in self._stops:
                self._path(place, (*stop, END), end)

    def _written(self, form: str, *, first: bool) -> Iterator[tuple[int, ...]]:
        """Yield the pieces of a form that is one word or more; names and beginnings may have a capital."""
        words = form.split()
        cases = [(word, word[:1].upper() + word[1:]) for word in words]
        ways = product(*cases) if first or len(words) == 1 else (tuple(words),)
        for way in dict.fromkeys(ways):
            yield self._pieces(" ".join(way))
        if len(words) == 1 and len(form) <= _ACRONYM and form.isalpha():
            yield self._tokens.of_word(form.upper())

    def _pieces(self, words: str) -> tuple[int, ...]:
        return tuple(
            piece
            for word in words.split()
            for piece in self._tokens.of_word(word.removeprefix(_JOINED), begins=not word.startswith(_JOINED))
        )

    @staticmethod
    def _path(node: Node, pieces: tuple[int, ...], last: Node) -> None:
        for piece in pieces[:-1]:
            if piece not in node.inside:
                node.inside[piece] = Node()
                node.next.setdefault(piece, []).append(node.inside[piece])
            node = node.inside[piece]
        following = node.next.setdefault(pieces[-1], [])
        if last not in following:
            following.append(last)


def _spoken(words: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(words.replace("’", "'")))


def _forms(word: str) -> tuple[str, ...]:
    """Return how a word may be written: 50, fifty; percent, per cent, %; wi-fi, wi fi; :05, oh five; am, a.m."""
    if word.isdigit():
        spoken = _in_words(int(word))
        return tuple(dict.fromkeys((word, spoken, spoken.replace("-", " "))))
    if word.startswith(":"):
        return _minutes(word.removeprefix(":"))
    if word in ("am", "pm"):
        dotted = f"{word[0]}.m."
        return (word, f"{word[0]}.m", dotted, dotted.upper(), f"{word[0]} m", *(f"~{form}" for form in (word, dotted)))
    if word == "percent":
        return (word, "per cent", "~%")
    return tuple(dict.fromkeys((word, word.replace("-", " "), word.replace("'", ""))))


def _minutes(minutes: str) -> tuple[str, ...]:
    spoken = _in_words(int(minutes))
    words = (f"oh {spoken}", f"o {spoken}") if minutes.startswith("0") else (spoken, spoken.replace("-", " "))
    return tuple(dict.fromkeys((f"~:{minutes}", minutes, *words)))


def _in_words(number: int) -> str:
    return get_rbnf_engine("en").format_number(number).text
