"""What a recognition engine is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from wyoming.info import AsrProgram

from ..audio import Samples
from .sentences import Sentence
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What an engine made of a home's sentences."""

    sentences: int
    """How many it can recognise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What an engine made of an utterance."""

    text: str
    """A sentence of the home, as Home Assistant reads it; empty where none is near enough."""
    heard: str
    """The words that were heard, of whatever kind."""
    distance: float
    """How much likelier they are than the nearest sentence, in nats: about 0 where they are the same."""


class SttEngine(Protocol):
    """Recognises the sentences of one home, never on the event loop."""

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told; at any time."""

    async def run(self) -> None:
        """Keep the engine alive until cancelled."""

    async def learn(self, sentences: Sequence[Sentence]) -> Learned:
        """Know these sentences from now on; the ones before are recognised until these are ready."""

    async def recognise(self, samples: Samples) -> Recognition:
        """Return what was said; raise EngineError when that cannot be found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcription:
    """What an engine that hears anything made of an utterance."""

    text: str
    """What was said; empty where nobody spoke, or where the engine is not sure."""


@runtime_checkable
class OpenEngine(Protocol):
    """Transcribes anything, never on the event loop; the home's names only help it."""

    @property
    def loaded(self) -> bool:
        """Whether it can transcribe; what is asked before waits."""

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told; at any time."""

    async def run(self) -> None:
        """Keep the engine alive until cancelled; raise EngineError when it cannot be loaded."""

    async def know(self, vocabulary: Vocabulary) -> None:
        """Expect these names from now on; raise EngineError for a language that it has not."""

    async def transcribe(self, samples: Samples, language: str | None) -> Transcription:
        """Return what was said, in a language or the home's; BusyError when too much waits, EngineError on failure."""
