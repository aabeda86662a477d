"""Pieces of text made into sound: from the cache, or by the engine in its thread."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from .cache import LONGEST, Phrase, PhraseCache
from .engine import SpeechFormat, TtsEngine, Voice
from .metrics import TtsMetrics
from .silence import Trimmed

_MARGIN_SECONDS: Final = 0.01
"""Of quiet around a piece: the attack of a soft consonant."""
_PART_SECONDS: Final = 0.2
"""Of a cached phrase in one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who speaks."""

    voice: Voice
    speaker: str | None


class Speech:
    """Speaks for all clients.

    One piece is made at a time, in a thread, in the order of asking: eSpeak NG has one state, and a Piper voice takes
    all cores for a piece (measured: four at once end later than one after the other). The engines let go of the
    interpreter meanwhile: another thread waits 4 ms for it at most, so no process of its own is needed.
    """

    def __init__(
        self, engine: TtsEngine, *, name: str, words_a_minute: int, cache: PhraseCache, metrics: TtsMetrics
    ) -> None:
        self.engine = engine
        self._name = name
        self._words_a_minute = words_a_minute
        self._cache = cache
        self._metrics = metrics
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speech")
        self.waiting = 0
        """Pieces of clients that the engine has not made yet."""
        self.prepared = False
        """True once the phrases of `prepare` are kept."""
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def format(self) -> SpeechFormat:
        """The format of all sound."""
        return self.engine.format

    async def say(self, text: str, who: Chosen, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Send the sound of a piece as it is made; when this is cancelled, it is made no further."""
        phrase = self._phrase(text, who)
        if phrase is not None and (sound := await self._cache.get(phrase)) is not None:
            self._metrics.spoken(cached=True)
            for part in self._parts(sound):
                await send(part)
            return
        self._metrics.spoken(cached=False)
        whole = bytearray()
        with self._metrics.progress.step("a sentence") as step:
            async with contextlib.aclosing(self._made(text, who, asked=True)) as sounds:
                async for sound in sounds:
                    whole += sound
                    step.waits_for_others()
                    await send(sound)
                    step.got_on()
        if phrase is not None:
            self._cache.put(phrase, bytes(whole))

    async def prepare(self, texts: Sequence[str], who: Chosen) -> None:
        """Make phrases ready, one at a time, while no client waits for the engine."""
        for text in texts:
            phrase = self._phrase(text, who)
            if phrase is not None and await self._cache.get(phrase) is None:
                await self._idle.wait()
                async with contextlib.aclosing(self._made(text, who, asked=False)) as sounds:
                    self._cache.put(phrase, b"".join([sound async for sound in sounds]))
        self.prepared = True

    def _phrase(self, text: str, who: Chosen) -> Phrase | None:
        if len(text) > LONGEST:
            return None
        return Phrase(
            engine=self._name,
            voice=who.voice.name,
            edition=who.voice.edition,
            speaker=who.speaker,
            words_a_minute=self._words_a_minute,
            text=text,
        )

    def _parts(self, sound: bytes) -> Iterator[bytes]:
        size = self.format.bytes_of(_PART_SECONDS)
        return (sound[start : start + size] for start in range(0, len(sound), size))

    def _asks(self, more: int) -> None:
        """Count the clients that wait for the engine."""
        self.waiting += more
        if self.waiting:
            self._idle.clear()
        else:
            self._idle.set()

    async def _made(self, text: str, who: Chosen, *, asked: bool) -> AsyncGenerator[bytes]:
        """Yield the sound of a piece without the silence around it; `asked`: a client waits for it."""
        loop = asyncio.get_running_loop()
        sounds: asyncio.Queue[bytes | None] = asyncio.Queue()  # bounded by the length of a piece
        gone = threading.Event()

        def sink(sound: bytes) -> bool:
            if sound and not gone.is_set():
                loop.call_soon_threadsafe(sounds.put_nowait, sound)
            return not gone.is_set()

        def work() -> None:
            trimmed = Trimmed(sink, margin=self.format.bytes_of(_MARGIN_SECONDS))
            self.engine.speak(text, voice=who.voice.name, speaker=who.speaker, sink=trimmed)
            trimmed.finish()

        def done(_: object) -> None:
            self._asks(-asked)
            sounds.put_nowait(None)

        self._asks(+asked)
        made = loop.run_in_executor(self._thread, work)
        made.add_done_callback(done)
        try:
            while (sound := await sounds.get()) is not None:
                yield sound
            await made
        finally:
            gone.set()
            made.cancel()
