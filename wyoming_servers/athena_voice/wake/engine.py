"""What a wake word engine is. It gives scores; what they mean is decided for all engines alike, in trigger.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from wyoming.info import Attribution, WakeModel, WakeProgram

from ..audio import Samples
from .word_end import Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A wake word that an engine knows."""

    phrase: str
    """What one says."""
    languages: tuple[str, ...]
    threshold: float
    """The score above which it was said, as its model was shipped."""
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a model says of the audio so far."""

    name: str
    at: int
    """Samples of 16 kHz heard since the stream began."""
    value: float
    """What a threshold is compared with: 0 to 1, smoothed as the model wants it."""
    probability: float
    """The same, not smoothed; its rise tells where the word ends."""


class Scorer(Protocol):
    """Scores one stream. Blocking, and never in two threads at once."""

    step: int
    """Samples that are given at a time."""

    def hear(self, samples: Samples) -> Iterable[Score]:
        """Return what the models say, now that these samples came."""


class WakeEngine(Protocol):
    """Has models of wake words. Made in a thread with a folder of own models, or None: loading blocks."""

    @property
    def words(self) -> Mapping[str, Word]:
        """The wake words, by the names of their models."""

    def program(self) -> WakeProgram:
        """Return what Home Assistant is told."""

    def open(self, names: Iterable[str]) -> Scorer:
        """Return a scorer of these models for a new stream. Blocking."""


def wake_models(words: Mapping[str, Word], author: Attribution, version: str) -> list[WakeModel]:
    """Return what Home Assistant is told of each word."""
    return [
        WakeModel(
            name=name,
            description=word.phrase,
            phrase=word.phrase,
            attribution=author,
            installed=True,
            languages=list(word.languages),
            version=version,
        )
        for name, word in sorted(words.items())
    ]
