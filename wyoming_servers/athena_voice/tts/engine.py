"""What a speech engine is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice that the engine has."""

    name: str
    description: str
    languages: tuple[str, ...]


type Sink = Callable[[bytes], bool]
"""Takes 16-bit mono samples as they are made; returns False to end the synthesis."""


class SpeechEngine(Protocol):
    """Speaks one text at a time."""

    name: str
    version: str
    rate: int
    """Hz; 16-bit mono."""

    def load(self) -> None:
        """Make the engine ready; raise EngineError where it cannot be. Blocking."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices there are."""

    def speak(self, text: str, voice: str, sink: Sink) -> None:
        """Speak a text; raise UnknownVoiceError for a voice that is not there. Blocking."""
