"""One stream's way from samples to wake words; the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..audio import Samples
from .engine import Scorer, Word
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
        return [heard for trigger in self._triggers.values() if (heard := trigger.finish()) is not None]

    def _step(self, samples: Samples) -> list[Heard]:
        self._loudness.hear(samples)
        found: list[Heard] = []
        for score in self._scorer.hear(samples):
            match self._triggers[score.name].hear(score):
                case Fired(score=value, rise=rise):
                    end = self._loudness.word_end(rise, self._words[score.name].bias)
                    found.append(Wake(name=score.name, score=value, end=end))
                case NearMiss() as miss:
                    found.append(miss)
                case None:
                    pass
        return found
