"""The sentences of one home, heard. Blocking throughout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import soxr

from ...audio import RATE, Samples
from ..sentences import Sentence, Spelling, manners
from .grammar import Grammar
from .judgement import Judgement, judge
from .model import Floats, Model
from .search import Hypotheses, listen
from .speech import speech_of

LANGUAGE: Final = "en"
"""The language of the model."""

_SLOWER: Final = 1.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What was made of an utterance."""

    text: str
    """A sentence of the home, as Home Assistant reads it; empty where none is near enough."""
    heard: str
    """The words that were heard, of whatever kind."""
    distance: float
    """How much likelier they are than the nearest sentence, in nats: about 0 where they are the same."""


class Recogniser:
    """One home; any number of threads may use it."""

    def __init__(self, model: Model, sentences: Sequence[Sentence], spelling: Spelling | None = None) -> None:
        self._model = model
        self._manners = manners(LANGUAGE)
        self._grammar = Grammar(sentences, model.tokens, self._manners, spelling)

    def recognise(self, samples: Samples) -> Recognition:
        """Return the sentence that was said, or none."""
        words, judgement = self.hear(samples)
        if judgement is None:
            return Recognition(text="", heard=words, distance=float("inf"))
        text = judgement.sentence.text if judgement.certain else ""
        return Recognition(text=text, heard=words, distance=judgement.doubt)

    def hear(self, samples: Samples) -> tuple[str, Judgement | None]:
        """Return the likeliest words, and what is made of them; nothing of silence."""
        hearings: list[Hypotheses] = []
        judgement: Judgement | None = None
        for speech in _ways_to_hear(samples):
            heard = self._model.hear(speech)
            hearings.append(listen(heard, len(speech) / RATE, self._grammar, self._model.tokens))
            judgement = judge(hearings, self._manners)
            if judgement is None or judgement.settled:
                break
        return hearings[0].words if hearings else "", judgement


def _ways_to_hear(samples: Samples) -> Iterator[Floats]:
    """Yield the speech, evenly loud, between two silences; then as it came; then slower. Nothing for silence.

    The model hears a little else in each, and what was said is what they agree on.
    """
    speech = speech_of(samples)
    if len(speech):
        yield speech
        yield samples.astype(np.float32) / np.float32(32768)
        yield soxr.resample(speech, 1.0, _SLOWER)
