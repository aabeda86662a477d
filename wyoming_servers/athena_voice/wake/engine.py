"""What a wake word engine is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from wyoming.info import WakeProgram

from ..audio import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """A wake word was said."""

    name: str
    end: int
    """Where the word ends: samples of 16 kHz since the stream began."""


class Detector(Protocol):
    """Listens to one stream. Blocking, and never in two threads at once."""

    def hear(self, samples: Samples) -> list[Wake]:
        """Return the wake words that are known to have been said, now that these samples came."""


class WakeEngine(Protocol):
    """Has models of wake words. Made in a thread: loading blocks."""

    @property
    def phrases(self) -> Mapping[str, str]:
        """The name of each model, and what one says."""

    def program(self) -> WakeProgram:
        """Return what Home Assistant is told."""

    def open(self, names: Iterable[str]) -> Detector:
        """Return a detector of these models for a new stream. Blocking."""
