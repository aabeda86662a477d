"""What every microphone does."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final, Protocol, Self

from athena_satellite.trace import Trace

CHUNK_SECONDS: Final = 0.03
"""How much is heard at once: a whole number of the 10 ms that wake word models and voice detectors work in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a microphone needs to know and to tell."""

    listening: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while Home Assistant is connected and the wake word is listened for."""

    trace: Trace = field(default_factory=Trace)


class Microphone(Protocol):
    """Hears the room."""

    KIND: ClassVar[str]
    """The name before the colon of `--microphone`."""

    @classmethod
    def create(cls, argument: str, stage: Stage) -> Self:
        """Return a microphone; raise SettingsError for an argument that cannot be used."""
        ...

    async def run(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> None:
        """Hear for ever: 16 kHz, 16-bit, one channel, in pieces of 20 to 80 ms, as time passes.

        Calls `up` once it hears. Raises DeviceError when the device is gone.
        """
        ...
