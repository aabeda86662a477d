"""What a soundscape is: a sound without an end, one round of which Athena makes by herself."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

RATE: Final = 32_000
"""Samples a second: up to 16 kHz there is all that rain has, and a WAV's size, which ends at 4 GiB, is 9.3 hours."""

SECONDS: Final = 64
"""Of one round: what is longer than a minute, nobody hears come again."""

FRAMES: Final = SECONDS * RATE

CHANNELS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundscape:
    """One soundscape: it is the same at every making."""

    key: str
    """As an address and a memory have it."""
    name: str
    """As Athena says it."""
    said: str
    """As people ask for it: a hassil template."""
    level: float
    """How loud it is: the root mean square of one ear, in dB of full scale."""
    apart: float
    """Seconds from what one ear hears to the same for the other: so far apart that both are strangers."""
    make: Callable[[], array[float]]
    """Return one round of `FRAMES` samples, at any level, made of what is in `circular`; it takes up to a second."""

    @property
    def is_noise(self) -> bool:
        """Whether its name alone says that it is a sound."""
        return self.name.endswith("noise")
