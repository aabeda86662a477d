"""Where a Wyoming server listens."""

from dataclasses import dataclass
from typing import Self, override
from urllib.parse import urlsplit

from .errors import SettingsError


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a TCP port."""

    host: str
    port: int

    @classmethod
    def parse(cls, uri: str) -> Self:
        """Read `tcp://HOST:PORT`; raise SettingsError for anything else."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError as err:
            raise SettingsError(f"{uri} is not of the form tcp://HOST:PORT: {err}") from err
        if parts.scheme != "tcp" or not host or port is None or parts.path not in ("", "/"):
            raise SettingsError(f"{uri} is not of the form tcp://HOST:PORT")
        return cls(host, port)

    @override
    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"
