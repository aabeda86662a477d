"""Where a server listens."""

from dataclasses import dataclass
from typing import Self, override
from urllib.parse import urlsplit

from .errors import SettingsError


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a TCP port."""

    host: str
    port: int
    scheme: str = "tcp"

    @classmethod
    def parse(cls, uri: str, *, scheme: str = "tcp") -> Self:
        """Read `tcp://HOST:PORT`, or the same with another scheme; raise SettingsError for anything else."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError as err:
            raise SettingsError(f"{uri} is not of the form {scheme}://HOST:PORT: {err}") from err
        if parts.scheme != scheme or not host or port is None or parts.path not in ("", "/"):
            raise SettingsError(f"{uri} is not of the form {scheme}://HOST:PORT")
        return cls(host, port, scheme)

    @override
    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"
