"""What an utterance is most likely to say: as any words, and as a sentence of the home."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..sentences import Sentence
from .grammar import Grammar, Node
from .model import Heard, State
from .tokens import END, Tokens

_PIECES_A_SECOND: Final = 6.5
"""Nobody speaks faster; a model that writes more repeats itself (Moonshine's own bound)."""
_PIECES_AT_LEAST: Final = 6
_BEAM: Final = 16
"""Beginnings of sentences that are followed at a time."""
_TOO_UNLIKELY: Final = 15.0
"""Beginnings that are so much less likely than the best are dropped."""
_ALTERNATIVES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How an utterance may be written."""

    score: float
    """The natural logarithm of its probability."""
    pieces: int
    """How long it is, with whatever stands around the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """What was heard."""

    words: str
    """The likeliest words."""
    free: Found
    sentences: dict[Sentence, Found]
    """The likeliest sentences of the home, the best first."""


def listen(heard: Heard, seconds: float, grammar: Grammar, tokens: Tokens) -> Hypotheses:
    """Return what was heard in so many seconds of speech."""
    most = max(_PIECES_AT_LEAST, int(seconds * _PIECES_A_SECOND))
    pieces, score = _freely(heard, most)
    free = Found(score=score, pieces=len(pieces))
    return Hypotheses(words=tokens.text(pieces), free=free, sentences=_along(heard, grammar, 2 * most))


def _freely(heard: Heard, most: int) -> tuple[list[int], float]:
    pieces: list[int] = []
    state, score = heard.start, 0.0
    while True:
        piece = int(state.scores[0].argmax())
        score += float(state.scores[0, piece])
        if piece == END or len(pieces) == most:
            return pieces, score
        pieces.append(piece)
        state = heard.follow(state, [0], [piece])


@dataclass(frozen=True, slots=True)
class _Way:
    """A beginning of a sentence, one piece longer than a row of the state before."""

    score: float
    node: Node
    row: int
    piece: int


def _along(heard: Heard, grammar: Grammar, most: int) -> dict[Sentence, Found]:
    """Return sentences with their scores; twice as many pieces as usual, for a name may be spelt in small ones."""
    ended: dict[Sentence, Found] = {}
    state = heard.start
    rows = {grammar.start: (0, 0.0)}  # where each beginning stands in the state, and its score
    for pieces in range(most):
        ways: dict[Node, _Way] = {}
        for way in _ways(rows, state):
            if way.node.sentence is not None:
                known = ended.get(way.node.sentence)
                if known is None or known.score < way.score:
                    ended[way.node.sentence] = Found(score=way.score, pieces=pieces)
            elif way.node not in ways or ways[way.node].score < way.score:
                ways[way.node] = way
        state, rows = _go_on(heard, state, _likeliest(ways, ended))
        if not rows:
            break
    best = sorted(ended.items(), key=lambda found: found[1].score, reverse=True)
    return dict(best[:_ALTERNATIVES])


def _ways(rows: dict[Node, tuple[int, float]], state: State) -> Iterator[_Way]:
    for node, (row, score) in rows.items():
        scores = state.scores[row]
        for piece, following in node.next.items():
            for after in following:
                yield _Way(score + float(scores[piece]), after, row, piece)


def _likeliest(ways: dict[Node, _Way], ended: dict[Sentence, Found]) -> list[_Way]:
    best = sorted(ways.values(), key=lambda way: way.score, reverse=True)[:_BEAM]
    if not best:
        return []
    least = max((found.score for found in ended.values()), default=best[0].score) - _TOO_UNLIKELY
    return [way for way in best if way.score > least]


def _go_on(heard: Heard, state: State, ways: list[_Way]) -> tuple[State, dict[Node, tuple[int, float]]]:
    if not ways:
        return state, {}
    steps = list(dict.fromkeys((way.row, way.piece) for way in ways))  # beginnings that are written alike share a row
    number = {step: place for place, step in enumerate(steps)}
    state = heard.follow(state, [row for row, _ in steps], [piece for _, piece in steps])
    return state, {way.node: (number[way.row, way.piece], way.score) for way in ways}
