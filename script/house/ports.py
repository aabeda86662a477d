"""The TCP ports of a house, all on loopback."""

import dataclasses
import socket
from dataclasses import dataclass
from typing import Final, Self

from .errors import PortInUseError

HOST: Final = "127.0.0.1"


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
        """Return ports that nothing listens on now."""
        fields = dataclasses.fields(cls)
        held = [socket.create_server((HOST, 0)) for _ in fields]
        try:
            return cls(**{field.name: taken.getsockname()[1] for field, taken in zip(fields, held, strict=True)})
        finally:
            for taken in held:
                taken.close()

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
