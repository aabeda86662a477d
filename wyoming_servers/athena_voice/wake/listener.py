"""One stream's way from samples to wake words; the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..audio import RATE, Samples
from .engine import Score, Scorer, Word
from .limits import Limits
from .trigger import Fired, NearMiss, Trigger
from .word_end import Loudness


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """A wake word was said."""

    name: str
    score: float
    end: int
    """Where the word ends: samples of 16 kHz since the stream began."""


type Heard = Wake | NearMiss


class Listener:
    """Listens to one stream. Blocking, and never in two threads at once."""

    def __init__(self, scorer: Scorer, words: Mapping[str, Word], limits: Mapping[str, Limits]) -> None:
        self._scorer = scorer
        self._words = words
        self._triggers = {name: Trigger(name, limits[name]) for name in words}
        self._loudness = Loudness()
        self._fired: list[tuple[Score, Fired]] = []  # detected; where they end is not known yet
        self._rest: Samples = np.zeros(0, np.int16)

    def hear(self, samples: Samples) -> list[Heard]:
        """Return what is known to have been said, now that these samples came; the same however they are cut."""
        data = np.concatenate((self._rest, samples))
        step = self._scorer.step
        whole = len(data) - len(data) % step
        self._rest = data[whole:]
        return [heard for start in range(0, whole, step) for heard in self._step(data[start : start + step])]

    def finish(self) -> list[Heard]:
        """Return what is known now that the stream is over."""
        self._loudness.hear(np.zeros(RATE, np.int16))
        return [
            *self._ended(),
            *(miss for trigger in self._triggers.values() if (miss := trigger.finish()) is not None),
        ]

    def _step(self, samples: Samples) -> list[Heard]:
        self._loudness.hear(samples)
        found: list[Heard] = []
        for score in self._scorer.hear(samples):
            told = self._triggers[score.name].hear(score)
            if isinstance(told, Fired):
                self._fired.append((score, told))
            elif told is not None:
                found.append(told)
        return found + self._ended() if self._fired else found

    def _ended(self) -> list[Heard]:
        """Return the words that were detected and of which is known now where they end."""
        ended: list[Heard] = []
        for score, fired in tuple(self._fired):
            end = self._loudness.word_end(fired.rise, score.at, self._words[score.name].bias)
            if end is not None:
                self._fired.remove((score, fired))
                ended.append(Wake(name=score.name, score=fired.score, end=end))
        return ended
