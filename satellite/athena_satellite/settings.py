"""The settings of one satellite."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, override
from urllib.parse import urlsplit

from .errors import SettingsError

WAKE_WORD: Final = "hey_jarvis"
PRE_ROLL_SECONDS: Final = 0.15
DEVICE: Final = "device"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Wyoming server listens."""

    host: str
    port: int

    @classmethod
    def parse(cls, uri: str) -> Self:
        """Read `tcp://HOST:PORT`; raise SettingsError for anything else."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError as err:
            raise SettingsError(f"{uri} is not a URI: {err}") from err
        if parts.scheme != "tcp" or host is None or port is None or parts.path not in ("", "/"):
            raise SettingsError(f"{uri} is not of the form tcp://HOST:PORT")
        return cls(host, port)

    @override
    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"


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
