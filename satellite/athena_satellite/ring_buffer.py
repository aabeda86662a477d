"""The last seconds the microphone heard, each sample at its own position for ever."""

import asyncio
from dataclasses import dataclass

from .audio import HEARD_RATE, HEARD_WIDTH


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of what was heard."""

    start: int
    """Position of its first sample, counted from the satellite's start."""

    audio: bytes

    @property
    def end(self) -> int:
        """Position after its last sample."""
        return self.start + len(self.audio) // HEARD_WIDTH


class RingBuffer:
    """Keeps the last seconds of the microphone; readers have positions of their own and take nothing out."""

    def __init__(self, seconds: float) -> None:
        self._capacity = int(seconds * HEARD_RATE) * HEARD_WIDTH
        self._audio = bytearray()
        self._end = 0
        self._grown = asyncio.Event()
        self.muted = False
        """While it is set, what is heard becomes silence before anything here can know of it."""

    @property
    def start(self) -> int:
        """Position of the oldest sample kept."""
        return self._end - len(self._audio) // HEARD_WIDTH

    @property
    def end(self) -> int:
        """Position after the newest sample."""
        return self._end

    def append(self, audio: bytes) -> None:
        """Add what was heard: whole 16-bit samples."""
        self._audio += bytes(len(audio)) if self.muted else audio
        self._end += len(audio) // HEARD_WIDTH
        if len(self._audio) > self._capacity:
            del self._audio[: len(self._audio) - self._capacity]
        self._grown.set()
        self._grown = asyncio.Event()

    def read(self, position: int, samples: int | None = None) -> Span:
        """Return what was heard from `position` on, at most `samples`; what is gone already is left out."""
        start = min(max(position, self.start), self._end)
        offset = (start - self.start) * HEARD_WIDTH
        stop = None if samples is None else offset + samples * HEARD_WIDTH
        return Span(start, bytes(self._audio[offset:stop]))

    async def beyond(self, position: int) -> None:
        """Wait until a sample after `position` was heard."""
        while self._end <= position:
            await self._grown.wait()
