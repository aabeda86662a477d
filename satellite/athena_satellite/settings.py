"""The settings of one satellite."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self, override
from urllib.parse import urlsplit

from .errors import SettingsError


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

    wake_word: str = "hey_jarvis"
    """Name of the wake word model on the wake word server."""

    pre_roll_seconds: float = 0.05
    """Audio from before the wake word's end that Home Assistant hears as well: where a word ends is an estimate."""

    microphone: str = "device"
    """`KIND[:ARGUMENT]`; the kinds are the files of `microphones/`."""

    speaker: str = "device"
    """`KIND[:ARGUMENT]`; the kinds are the files of `speakers/`."""

    trace: Path | None = None
    """File that each step of each turn is appended to, as JSON Lines."""
