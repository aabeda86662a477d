"""Text in the pieces that are spoken one by one: sentences, and parts of long ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_END: Final = re.compile(
    r"(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)(?<![.!?…])[.!?…]++[\"')\]”’]*+\s++(?=[\"'(\[“‘]?[^\Wa-z_])|[。！？]++|\n+"
)
"""Possessive, so that a hundred thousand full stops take a hundred thousand steps and not their square."""
_SPACE: Final = re.compile(r"\s++")
_CLAUSE: Final = re.compile(r"(?:[,;:][\"')\]”’]*|[—–])\s+(?=\S)")
_SLACK: Final = 64
"""Characters looked at beyond the longest piece, to see that a sentence ends with it."""
_EARLY: Final = 80
"""Characters (about five seconds of speech) above which a first sentence is not waited for whole."""
_LEAST: Final = 24
"""Characters of a first piece: it has to sound for as long as the next one takes to make."""


class Ending(StrEnum):
    """What a piece ends with; a pause belongs to it."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is spoken at once."""

    text: str
    ending: Ending


class Clauses:
    """Gives out each piece as soon as the text that follows shows that it is one.

    No piece is over `longest` characters. With `early` a long first sentence is cut at a comma or the like, so that
    the first sound comes sooner.
    """

    def __init__(self, *, longest: int, early: bool) -> None:
        self._longest = longest
        self._early = early
        self._text = ""

    def add(self, text: str) -> Iterator[Piece]:
        """Yield the pieces that are complete now."""
        text, start = self._text + text, 0
        try:
            while True:
                if space := _SPACE.match(text, start):
                    start = space.end()
                window = text[start : start + self._longest + _SLACK]
                if (cut := self._cut(window)) is None:
                    break
                end, ending = cut
                start += end
                yield from self._piece(window[:end], ending)
        finally:
            self._text = text[start:]

    def finish(self) -> Iterator[Piece]:
        """Yield what is left; the text is over."""
        rest, self._text = self._text, ""
        yield from self._piece(rest, Ending.SENTENCE)

    def _piece(self, text: str, ending: Ending) -> Iterator[Piece]:
        if text := text.strip():
            self._early = False
            yield Piece(text=text, ending=ending)

    def _cut(self, window: str) -> tuple[int, Ending] | None:
        """Return where the first piece of a text ends, and with what, if that can be said yet."""
        end = _END.search(window)
        sentence = window[: end.end()] if end else window
        length = len(sentence.rstrip())
        if self._early and length > _EARLY and (comma := _first_clause(sentence)):
            return comma, Ending.CLAUSE
        if length > self._longest or (end is None and len(window) == self._longest + _SLACK):
            return _last_break(sentence, self._longest)
        return (end.end(), Ending.SENTENCE) if end else None


def _first_clause(sentence: str) -> int:
    """Return where the first clause ends that is long enough to begin with; 0 if there is none."""
    return next((match.end() for match in _CLAUSE.finditer(sentence, 0, _EARLY) if match.end() >= _LEAST), 0)


def _last_break(sentence: str, longest: int) -> tuple[int, Ending]:
    """Return the best place to cut what is too long: after a clause, else after a word, else anywhere."""
    clauses = [match.end() for match in _CLAUSE.finditer(sentence, 0, longest)]
    if clauses and clauses[-1] >= longest // 3:
        return clauses[-1], Ending.CLAUSE
    space = sentence.rfind(" ", 1, longest)
    return (longest if space < 0 else space), Ending.WORD
