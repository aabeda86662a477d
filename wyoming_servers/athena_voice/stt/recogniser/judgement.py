"""Whether a sentence was said, or nothing that is this home's. Pure.

The thresholds were chosen on voices and sentences that no row of the benchmark is made of: `script/bench stt` shows
what they cost and what they buy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..sentences import Sentence
from .search import Hypotheses

MOST_DOUBT: Final = 10.0
"""A sentence that is less likely than the free words by more than this, in nats, was not said."""
NO_DOUBT: Final = 4.0
"""Up to this nothing has to be heard a second time."""
HOPELESS: Final = 18.0
"""From here on a second hearing changes nothing."""
LEAST_MARGIN: Final = 2.0
"""How much likelier a sentence must be than the next one."""
OPPOSITE_MARGIN: Final = 3.5
"""And than its opposite: the wrong lamp is a nuisance, an unlocked door is not."""
MOST_STRANGE: Final = 1.5
"""Nats a word: of a sentence as unlikely as this nothing was understood, whatever else is even less likely."""

MOST_SURPLUS: Final = 3
"""Of what was heard so much may be more than twice as long as the sentence: who says more says something else."""

type Opposites = Mapping[str, str]
"""For a word the name that it shares with its opposite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is made of one or more hearings of an utterance."""

    sentence: Sentence
    """The likeliest sentence."""
    doubt: float
    """How much likelier the free words are: nats, about 0 at best."""
    margin: float
    """How much likelier it is than the next sentence."""
    opposite_margin: float
    strangeness: float
    """How unlikely it is, nats a word."""
    surplus: int
    """Words that were heard beyond twice those of the sentence."""

    @property
    def certain(self) -> bool:
        """Whether it was said."""
        understood = self.strangeness <= MOST_STRANGE and self.surplus <= MOST_SURPLUS
        return self.doubt <= MOST_DOUBT and self._distinct and understood

    @property
    def settled(self) -> bool:
        """Whether hearing it again is needless."""
        return self.doubt > HOPELESS or (self.certain and self.doubt <= NO_DOUBT)

    @property
    def _distinct(self) -> bool:
        return self.margin >= LEAST_MARGIN and self.opposite_margin >= OPPOSITE_MARGIN


def judge(hearings: Sequence[Hypotheses], opposites: Opposites) -> Judgement | None:
    """Return what the hearings come to, on average; None when no sentence could be followed to its end."""
    doubts = _doubts(hearings)
    if not doubts:
        return None
    ranking = sorted(doubts, key=doubts.__getitem__)
    best = ranking[0]
    others = {
        sentence: doubts[sentence] - doubts[best] for sentence in ranking[1:] if sentence.text != best.text
    }  # what means the same is no rival
    meaning = _meaning(best.text, opposites)
    free = sum(hearing.free_score for hearing in hearings) / len(hearings)
    words, heard = len(best.said.split()), len(hearings[0].free.split())
    return Judgement(
        sentence=best,
        doubt=doubts[best],
        margin=min(others.values(), default=float("inf")),
        opposite_margin=min(
            (margin for other, margin in others.items() if _meaning(other.text, opposites) == meaning),
            default=float("inf"),
        ),
        strangeness=(doubts[best] - free) / (max(words, heard) + 1),
        surplus=heard - 2 * words,
    )


def _doubts(hearings: Sequence[Hypotheses]) -> dict[Sentence, float]:
    """Return the mean doubt of each sentence; one that a hearing did not get to is doubted more than its last."""
    total: dict[Sentence, float] = {}
    for sentence in dict.fromkeys(sentence for hearing in hearings for sentence in hearing.sentences):
        for hearing in hearings:
            floor = min(hearing.sentences.values(), default=-100.0) - LEAST_MARGIN
            doubt = hearing.free_score - hearing.sentences.get(sentence, floor)
            total[sentence] = total.get(sentence, 0.0) + doubt / len(hearings)
    return total


def _meaning(sentence: str, opposites: Opposites) -> tuple[str, ...]:
    """Return what a sentence has in common with its opposite."""
    return tuple(opposites.get(word, word) for word in sentence.split())
