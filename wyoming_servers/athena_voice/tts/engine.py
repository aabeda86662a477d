"""What a text-to-speech engine is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from wyoming.info import Attribution, TtsProgram, TtsVoice, TtsVoiceSpeaker


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFormat:
    """The format of all that an engine says."""

    rate: int
    """Hertz."""
    width: int
    """Bytes."""
    channels: int

    def bytes_of(self, seconds: float) -> int:
        """Return how many bytes last so long; whole frames."""
        return int(self.rate * seconds) * self.width * self.channels


HOME_FORMAT = SpeechFormat(rate=22_050, width=2, channels=1)
"""What every engine speaks: Home Assistant's default for satellites, so that it need not convert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice of an engine."""

    name: str
    description: str
    languages: tuple[str, ...]
    """As Home Assistant writes them, the family first: "en", "en-US"."""
    edition: str
    """Another one wherever the voice may sound different; cached speech belongs to it."""
    speakers: tuple[str, ...] = ()
    """Names of several people in one voice; empty for one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """What an engine is made with."""

    words_a_minute: int
    folder: Path
    """Where voices lie that are files."""


class TtsEngine(Protocol):
    """Speaks. Made in a thread: loading blocks."""

    @property
    def format(self) -> SpeechFormat:
        """The format of all that it says."""

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Its voices, at least one; the first speaks when none is asked for."""

    @property
    def slow(self) -> bool:
        """True where a piece is made whole before its first sound: then short pieces and ready phrases pay."""

    def program(self) -> TtsProgram:
        """Return what Home Assistant is told."""

    def speak(self, text: str, *, voice: str, speaker: str | None, sink: Callable[[bytes], bool]) -> None:
        """Give the sound of a text to `sink` as it is made, until that returns False.

        Blocking; called from one thread at a time. Raises EngineError when the text cannot be spoken.
        """


def program_of(voices: tuple[Voice, ...], *, name: str, url: str, version: str) -> TtsProgram:
    """Return what Home Assistant is told of an engine's voices."""
    attribution = Attribution(name=name, url=url)
    return TtsProgram(
        name=name,
        description=f"Speech by {name}",
        attribution=attribution,
        installed=True,
        version=version,
        supports_synthesize_streaming=True,
        voices=[
            TtsVoice(
                name=voice.name,
                description=voice.description,
                attribution=attribution,
                installed=True,
                version=version,
                languages=list(voice.languages),
                speakers=[TtsVoiceSpeaker(name=speaker) for speaker in voice.speakers] or None,
            )
            for voice in voices
        ],
    )
