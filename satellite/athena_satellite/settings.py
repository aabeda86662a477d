"""The settings of one satellite."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .address import Address

WAKE_WORD: Final = "hey_jarvis"
PRE_ROLL_SECONDS: Final = 0.15
DEVICE: Final = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the command line decides."""

    address: Address
    """Where Home Assistant dials."""

    name: str
    """The satellite's name in Home Assistant."""

    area: str | None = None
    """The area Home Assistant suggests for it."""

    wake: Address
    """The wake word server."""

    tts: Address
    """The text-to-speech server, for the lines of the satellite's own."""

    wake_word: str = WAKE_WORD
    """Name of the wake word model on the wake word server."""

    pre_roll_seconds: float = PRE_ROLL_SECONDS
    """Audio from before the wake word's end that Home Assistant hears as well.

    Where a word ends is an estimate: people's "hey Jarvis" ended up to 0.12 s before the micro engine's.
    """

    microphone: str = DEVICE
    """`KIND[:ARGUMENT]`; the kinds are the files of `microphones/`."""

    speaker: str = DEVICE
    """`KIND[:ARGUMENT]`; the kinds are the files of `speakers/`."""

    trace: Path | None = None
    """File that each step of each turn is appended to, as JSON Lines."""
