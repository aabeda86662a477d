"""When a wake word counts as said: as its model was shipped, or as the user set it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ..audio import RATE
from ..errors import UnknownWakeWordError
from .engine import Word
from .settings import Setting

_REFRACTORY_SECONDS: Final = 2.0
_REARM_SHARE: Final = 0.5
_NEAR: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a word counts as said."""

    threshold: float
    """The score above which it was said."""
    refractory: int
    """Samples of 16 kHz after a detection in which it is not detected again."""

    @property
    def rearm(self) -> float:
        """The score to which it must sink before it can be detected again: half the threshold."""
        return self.threshold * _REARM_SHARE

    @property
    def near(self) -> float:
        """The score from which a rise that does not reach the threshold is a near miss."""
        return max(self.threshold - _NEAR, self.rearm)


def limits(
    words: Mapping[str, Word], thresholds: Iterable[Setting], refractories: Iterable[Setting]
) -> dict[str, Limits]:
    """Return each word's limits; raise UnknownWakeWordError for a setting of a word that there is not."""
    threshold = _each({name: word.threshold for name, word in words.items()}, thresholds)
    refractory = _each(dict.fromkeys(words, _REFRACTORY_SECONDS), refractories)
    return {name: Limits(threshold=threshold[name], refractory=int(refractory[name] * RATE)) for name in words}


def _each(values: dict[str, float], settings: Iterable[Setting]) -> dict[str, float]:
    """Return the values with the settings made: those for all first, so that their order tells nothing."""
    for made in sorted(settings, key=lambda setting: setting.word is not None):
        if made.word is None:
            values = dict.fromkeys(values, made.value)
        elif made.word in values:
            values[made.word] = made.value
        else:
            raise UnknownWakeWordError(made.word, values)
    return values
