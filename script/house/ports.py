"""The TCP ports of a house, all on loopback."""

import dataclasses
import os
import random
import socket
from dataclasses import dataclass
from typing import Final, Self

from .errors import PortInUseError

HOST: Final = "127.0.0.1"
_RANGE: Final = tuple(port for port in range(15_000, 31_000, 2) if port // 1000 % 2)
"""Of every other thousand only: the port 1000 above a server's, where it tells of its health, is nobody else's."""
_MINE: Final = _RANGE[os.getpid() % 8 :: 8]
"""Processes that look at the same time do not take the same one: neighbours look elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """One port for each process."""

    home_assistant: int = 8123
    wake: int = 10400
    stt: int = 10300
    tts: int = 10200
    satellite: int = 10700

    @classmethod
    def free(cls) -> Self:
        """Return ports that nothing listens on now, nor a thousand above them, where a server tells of its health.

        They lie below those that systems give to whoever dials, so that none is taken while a process is away.
        """
        fields = dataclasses.fields(cls)
        ports = (port for port in random.sample(_MINE, len(_MINE)) if is_free(port) and is_free(port + 1000))
        return cls(**{field.name: port for field, port in zip(fields, ports, strict=False)})

    def check(self) -> None:
        """Raise PortInUseError when something listens on one of them."""
        for name, port in dataclasses.asdict(self).items():
            if is_free(port):
                continue
            option = "--port" if name == "home_assistant" else f"--{name}-port"
            raise PortInUseError(
                f"{HOST}:{port} is already in use; end what listens there, or choose another port by {option}"
            )


def is_free(port: int) -> bool:
    """Return whether nothing listens on a port."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def uri(port: int) -> str:
    """Return the Wyoming address of a port."""
    return f"tcp://{HOST}:{port}"


def spare() -> int:
    """Return one more port that nothing listens on now."""
    return next(port for port in random.sample(_MINE, len(_MINE)) if is_free(port))
