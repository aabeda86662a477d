"""Audio on its way to the speaker: it may come all at once or with gaps, and must neither click nor pile up.

Home Assistant sends a reply as fast as the wire takes it, or as slowly as a voice is synthesised. What plays is begun
with a little in hand; where that runs out, the sound falls silent softly and goes on once a little is in hand again.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from .audio import Converter, Format
from .chimes import faded, silence

START_SECONDS: Final = 0.1
"""What is gathered before anything sounds, unless that was all."""

_LEAD_SECONDS: Final = 0.5
"""How much the speaker is given ahead of its time; the rest waits here, where it can be counted and dropped."""

_MARGIN_SECONDS: Final = 0.04
"""So long before the speaker has nothing left it is given silence."""

_BLOCK_SECONDS: Final = 0.05
_FADE_SECONDS: Final = 0.01


class JitterBuffer:
    """One playback's audio, made 16-bit."""

    def __init__(self, source: Format, starved: Callable[[], None], taken: Callable[[], None]) -> None:
        self.form = Format(rate=source.rate, width=2, channels=source.channels)
        self._converter = Converter(source, self.form)
        self._starved = starved
        self._taken = taken
        self._audio = bytearray()
        self._finished = False
        self._more = asyncio.Event()
        self._given = 0.0  # seconds handed out
        self._began_at: float | None = None

    @property
    def waiting(self) -> int:
        """Bytes that wait here."""
        return len(self._audio)

    def feed(self, audio: bytes) -> None:
        """Add audio of the source's format; a piece may end within a sample."""
        self.put(self._converter.convert(audio))

    def put(self, audio: bytes) -> None:
        """Add 16-bit audio."""
        self._audio += audio
        self._more.set()

    def finish(self) -> None:
        """End once everything has been handed out."""
        self._finished = True
        self._more.set()

    def began(self) -> None:
        """Start the clock: the first sample sounds."""
        self._began_at = asyncio.get_running_loop().time()

    async def audio(self) -> AsyncIterator[bytes]:
        """Hand out whole frames, as the time comes for them."""
        await self._gather()
        tail, rising = b"", False
        while True:
            block = tail + self._take(_BLOCK_SECONDS)
            if rising:
                block, rising = self._faded_in(block), False
            if self._finished and not self._audio:
                if block:
                    yield self._counted(block)
                return
            keep = len(block) - self._bytes(_FADE_SECONDS)
            block, tail = (block[:keep], block[keep:]) if keep > 0 else (b"", block)
            if block:
                yield self._counted(block)
            await self._pause(_LEAD_SECONDS)
            if not self._audio and not self._finished and await self._run_dry(len(tail) / self.form.bytes_per_second):
                yield self._counted(faded(tail, self.form, rising=False))
                self._starved()
                while not await self._gather(in_time=True):
                    yield self._counted(silence(self.form, _BLOCK_SECONDS))
                tail, rising = b"", True

    def _take(self, seconds: float) -> bytes:
        block = bytes(self._audio[: self._bytes(seconds)])
        del self._audio[: len(block)]
        self._taken()
        return block

    def _counted(self, block: bytes) -> bytes:
        self._given += len(block) / self.form.bytes_per_second
        return block

    def _faded_in(self, block: bytes) -> bytes:
        edge = self._bytes(_FADE_SECONDS)
        return faded(block[:edge], self.form, rising=True) + block[edge:]

    def _bytes(self, seconds: float) -> int:
        return int(seconds * self.form.rate) * self.form.frame_bytes

    def _ahead(self) -> float:
        """Seconds that the speaker has and has not played yet."""
        played = 0.0 if self._began_at is None else asyncio.get_running_loop().time() - self._began_at
        return self._given - played

    async def _pause(self, lead: float) -> None:
        """Wait until the speaker has no more than that ahead of it."""
        if (ahead := self._ahead()) > lead:
            await asyncio.sleep(ahead - lead)

    async def _run_dry(self, held: float) -> bool:
        """Wait for more; return whether the speaker had played everything before that came."""
        while not self._audio and not self._finished:
            left = self._ahead() + held - _MARGIN_SECONDS
            if left <= 0:
                return True
            await self._wait(left)
        return False

    async def _gather(self, *, in_time: bool = False) -> bool:
        """Wait for a little to be in hand, `in_time` only as long as the speaker has something; return if it is."""
        while not self._finished and len(self._audio) < self._bytes(START_SECONDS):
            left = self._ahead() - _MARGIN_SECONDS if in_time else None
            if left is not None and left <= 0:
                return False
            await self._wait(left)
        return True

    async def _wait(self, seconds: float | None) -> None:
        self._more.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._more.wait()
        except TimeoutError:
            pass
