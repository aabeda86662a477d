"""What a recognition engine is."""

from collections.abc import Callable, Sequence
from typing import Protocol

from wyoming.info import AsrProgram

from ..audio import Samples
from .vocabulary import Vocabulary


class SttEngine(Protocol):
    """Hears what is said in one home, never on the event loop."""

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told; at any time."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Load, call `ready`, and keep alive until cancelled; raise EngineError when it cannot be loaded."""

    async def learn(self, vocabulary: Vocabulary) -> int:
        """Know this home from now on, the one before until then; return how many sentences are all that is recognised.

        0: anything is, and the names only help. Raises EngineError or VocabularyError for a home that it cannot know.
        """

    async def transcribe(self, samples: Samples, language: str | None) -> str:
        """Return what was said, in a language or the home's; empty where nobody spoke, or where it is not sure.

        Raises BusyError when too much waits, EngineError on failure.
        """

    def problems(self) -> Sequence[str]:
        """Say, in words, why it can hear nothing although it is loaded; nothing where it can."""
