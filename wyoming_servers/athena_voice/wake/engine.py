"""What a wake engine is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from athena_voice.audio import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeWord:
    """A word that the engine can hear."""

    name: str
    phrase: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A wake word in a stream."""

    name: str
    end: int
    """The sample of the stream at which the word is over, as well as it can be told."""


class Detector(Protocol):
    """Listens to one stream. Blocking; one call at a time."""

    def hear(self, samples: Samples) -> Sequence[Heard]:
        """Return the wake words that end in or just before these samples (16 kHz mono)."""


class WakeEngine(Protocol):
    """Models, shared by all streams."""

    name: str
    version: str

    def words(self) -> tuple[WakeWord, ...]:
        """Return what can be listened for. Blocking."""

    def detector(self, names: Sequence[str]) -> Detector:
        """Return a detector of these words for a new stream. Blocking."""
