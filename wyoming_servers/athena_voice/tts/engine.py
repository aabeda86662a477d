"""What a text-to-speech engine is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wyoming.info import TtsProgram


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFormat:
    """The format of all that an engine says."""

    rate: int
    """Hertz."""
    width: int
    """Bytes."""
    channels: int


class TtsEngine(Protocol):
    """Speaks. Made in a thread: loading blocks."""

    @property
    def format(self) -> SpeechFormat:
        """The format of all that it says."""

    @property
    def voices(self) -> tuple[str, ...]:
        """The names of its voices."""

    def program(self) -> TtsProgram:
        """Return what Home Assistant is told."""

    def speak(self, text: str, *, voice: str, sink: Callable[[bytes], bool]) -> None:
        """Give the sound of a text to `sink` as it is made, until that returns False. Blocking; from any thread."""
