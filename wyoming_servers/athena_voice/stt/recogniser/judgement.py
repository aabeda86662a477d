"""Whether a sentence was said, or nothing that is this home's. Pure.

The thresholds were chosen on voices and sentences that no row of the benchmark is made of: `script/bench stt` shows
what they cost and what they buy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..sentences import Manners, Sentence
from .search import Hypotheses

MOST_DOUBT: Final = 10.0
"""A sentence that is less likely than the free words by more than this, in nats, was not said."""
NO_DOUBT: Final = 4.0
"""Up to this nothing has to be heard a second time."""
HOPELESS: Final = 18.0
"""From here on a second hearing changes nothing."""
LEAST_MARGIN: Final = 2.0
"""How much likelier a sentence must be than the next one that means something else."""
OPPOSITE_MARGIN: Final = 3.5
"""And than its opposite: the wrong lamp is a nuisance, an unlocked door is not."""
MOST_STRANGE: Final = 1.7
"""Nats a word: of a sentence as unlikely as this nothing was understood, whatever else is even less likely."""
MOST_SURPLUS: Final = 2
"""So many pieces longer the free words may be than the sentence: "lights on" is not "lights on in the attic".

Not than a single word: "okay" is not the beginning of "okay Nabu".
"""

type _Meaning = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is made of one or more hearings of an utterance."""

    sentence: Sentence
    """The likeliest sentence."""
    doubt: float
    """How much likelier the free words are: nats, about 0 at best."""
    margin: float
    """How much likelier it is than the next sentence of another meaning."""
    opposite_margin: float
    """And than its opposite."""
    strangeness: float
    """How unlikely it is, nats a word."""
    surplus: int
    """Pieces of words by which the free words are longer than the sentence and what stands around it."""

    @property
    def certain(self) -> bool:
        """Whether it was said."""
        most_surplus = MOST_SURPLUS if " " in self.sentence.said else 0
        understood = self.strangeness <= MOST_STRANGE and self.surplus <= most_surplus
        return self.doubt <= MOST_DOUBT and self._distinct and understood

    @property
    def settled(self) -> bool:
        """Whether hearing it again is needless."""
        return self.doubt > HOPELESS or (self.certain and self.doubt <= NO_DOUBT)

    @property
    def _distinct(self) -> bool:
        return self.margin >= LEAST_MARGIN and self.opposite_margin >= OPPOSITE_MARGIN


def judge(hearings: Sequence[Hypotheses], manners: Manners) -> Judgement | None:
    """Return what the hearings come to, on average; None when no sentence could be followed to its end."""
    doubts = _doubts(hearings)
    if not doubts:
        return None
    best = min(doubts, key=doubts.__getitem__)
    meaning = _meaning(best.text, manners.same)
    margins = {other: doubt - doubts[best] for other, doubt in _meanings(doubts, manners).items() if other != meaning}
    free = sum(hearing.free.score for hearing in hearings) / len(hearings)
    words = max(len(best.said.split()), len(hearings[0].words.split()))
    return Judgement(
        sentence=best,
        doubt=doubts[best],
        margin=min(margins.values(), default=float("inf")),
        opposite_margin=min(
            (margin for other, margin in margins.items() if _opposite(other, meaning, manners)), default=float("inf")
        ),
        strangeness=(doubts[best] - free) / (words + 1),
        surplus=min(
            hearing.free.pieces - hearing.sentences[best].pieces for hearing in hearings if best in hearing.sentences
        ),
    )


def _doubts(hearings: Sequence[Hypotheses]) -> dict[Sentence, float]:
    """Return the mean doubt of each sentence; one that a hearing did not get to is doubted more than its last."""
    total: dict[Sentence, float] = {}
    for sentence in dict.fromkeys(sentence for hearing in hearings for sentence in hearing.sentences):
        for hearing in hearings:
            doubt = hearing.free.score - _score(sentence, hearing)
            total[sentence] = total.get(sentence, 0.0) + doubt / len(hearings)
    return total


def _score(sentence: Sentence, hearing: Hypotheses) -> float:
    if sentence in hearing.sentences:
        return hearing.sentences[sentence].score
    return min((found.score for found in hearing.sentences.values()), default=-100.0) - LEAST_MARGIN


def _meanings(doubts: Mapping[Sentence, float], manners: Manners) -> dict[_Meaning, float]:
    """Return the doubt of each meaning: that of the likeliest sentence that has it."""
    meanings: dict[_Meaning, float] = {}
    for sentence, doubt in doubts.items():
        meaning = _meaning(sentence.text, manners.same)
        meanings[meaning] = min(doubt, meanings.get(meaning, doubt))
    return meanings


def _meaning(text: str, names: Mapping[str, str]) -> _Meaning:
    """Return the words of a text by other names, in no order: "turn the lamp on" is "turn on the lamp"."""
    return tuple(sorted(" ".join(names.get(word, word) for word in text.split()).split()))


def _opposite(one: _Meaning, other: _Meaning, manners: Manners) -> bool:
    return _meaning(" ".join(one), manners.opposites) == _meaning(" ".join(other), manners.opposites)
