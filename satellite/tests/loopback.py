"""A room with a loudspeaker and a microphone in it: what the one plays the other hears, later and more softly."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import ClassVar, Final, Self, override

import numpy as np

from athena_satellite.audio import Format
from athena_satellite.microphones import Microphone, Stage
from athena_satellite.speakers import Speaker

_RATE: Final = 16_000
_CHUNK_SECONDS: Final = 0.03
_ECHO_SECONDS: Final = 0.06
"""From the loudspeaker to the microphone: buffers of the devices, and a metre or two of air."""

_ECHO_LEVEL: Final = 0.4


class Air:
    """Two minutes of one room, from the first sample that its microphone hears."""

    def __init__(self) -> None:
        self.played = np.zeros(120 * _RATE, np.float32)
        self.spoken = np.zeros(120 * _RATE, np.int16)
        self.heard = 0
        self.silenced = 0
        self._began_at: float | None = None

    def now(self) -> int:
        """Return the position of this moment."""
        time = asyncio.get_running_loop().time()
        self._began_at = self._began_at or time
        return int((time - self._began_at) * _RATE)

    def say(self, audio: bytes, after_seconds: float = 0.0) -> None:
        """Have a person speak."""
        samples = np.frombuffer(audio, "<i2")
        at = self.heard + int((after_seconds + 0.1) * _RATE)
        self.spoken[at : at + len(samples)] = samples

    def is_spoken(self, audio: bytes) -> bool:
        """Return whether that is what people said at some moment, to the sample, and nothing else."""
        return audio in self.spoken.tobytes()


class Loudspeaker(Speaker):
    """Plays into the air."""

    KIND: ClassVar[str] = "air"

    def __init__(self, air: Air) -> None:
        self._air = air

    @override
    @classmethod
    def create(cls, argument: str) -> Self:
        """Stand in a room of its own."""
        return cls(Air())

    @override
    async def check(self) -> None:
        """It is there."""

    @override
    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        cursor, seconds = self._air.now(), 0.0
        try:
            async for piece in audio:
                if not seconds:
                    began()
                seconds += len(piece) / form.bytes_per_second
                samples = np.frombuffer(piece, "<i2").astype(float)
                wanted = len(samples) * _RATE // form.rate
                samples = np.interp(np.arange(wanted) * form.rate / _RATE, np.arange(len(samples)), samples)
                cursor = max(cursor, self._air.now())
                self._air.played[cursor : cursor + wanted] += samples
                cursor += wanted
                await asyncio.sleep((cursor - self._air.now()) / _RATE - 0.1)
            await asyncio.sleep((cursor - self._air.now()) / _RATE)
        except asyncio.CancelledError:
            self._air.played[self._air.now() :] = 0
            self._air.silenced += 1
            raise
        return seconds


class Ear(Microphone):
    """Hears the people and the loudspeaker's echo."""

    KIND: ClassVar[str] = "air"

    def __init__(self, air: Air) -> None:
        self._air = air

    @override
    @classmethod
    def create(cls, argument: str, stage: Stage) -> Self:
        """Hang in a room of its own."""
        return cls(Air())

    @override
    async def run(self, hear: Callable[[bytes], None], up: Callable[[], None]) -> None:
        delay, step = int(_ECHO_SECONDS * _RATE), int(_CHUNK_SECONDS * _RATE)
        while True:
            await asyncio.sleep(_CHUNK_SECONDS / 3)
            while self._air.heard + step <= self._air.now():
                begin = self._air.heard
                mixed = self._air.spoken[begin : begin + step].astype(np.float32)
                echo = self._air.played[max(0, begin - delay) : max(0, begin + step - delay)]
                if len(echo) == step:
                    mixed += _ECHO_LEVEL * echo
                hear(np.clip(np.rint(mixed), -32768, 32767).astype("<i2").tobytes())
                self._air.heard += step
                up()
