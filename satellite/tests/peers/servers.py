"""A wake word and a text-to-speech server that do what their names say, with sounds a test can tell apart."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import numpy as np
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Attribution, Describe, Info, WakeModel, WakeProgram
from wyoming.tts import Synthesize
from wyoming.wake import Detect, Detection

from athena_satellite.address import Address
from athena_satellite.turn.phrases import Line

PHRASE: Final = "Hey Jarvis"
LONGEST_LINE_SECONDS: Final = 0.3

_RATE: Final = 16_000
_TTS_RATE: Final = 22_050
_WAKE_LEVEL: Final = 12_345
_WAKE_SECONDS: Final = 0.2
_BY: Final = Attribution(name="test", url="")


def wake_word() -> bytes:
    """Return the sound that the wake word server knows: a fifth of a second at one level."""
    return np.full(int(_WAKE_SECONDS * _RATE), _WAKE_LEVEL, "<i2").tobytes()


def room(seconds: float, *, level: int = 0) -> bytes:
    """Return a rising ramp around a level, so that each sample can be told from its neighbours; silence for level 0."""
    samples = np.zeros(int(seconds * _RATE), "<i2") if level == 0 else level + np.arange(int(seconds * _RATE)) % 4_000
    return np.asarray(samples, "<i2").tobytes()


def spoken_line(audio: bytes) -> str | None:
    """Return which line a recording of the speaker holds."""
    levels = {_line_level(line): line for line in Line}
    return levels.get(int(np.median(np.frombuffer(audio, "<i2"))))


def _line_level(text: str) -> int:
    return 1_000 + 100 * (list(Line).index(Line(text)) if text in list(Line) else len(Line))


class _Server(ABC):
    """A TCP server that can be taken away and brought back at the same port."""

    def __init__(self) -> None:
        self.address = Address("127.0.0.1", 0)
        self.connections = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, self.address.host, self.address.port)
        self.address = Address("127.0.0.1", self._server.sockets[0].getsockname()[1])

    async def kill(self) -> None:
        """Cut every connection without a goodbye and let the port refuse."""
        if self._server is not None:
            self._server.close()
            self._server.abort_clients()
            await self._server.wait_closed()
            self._server = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        writer.close()

    @abstractmethod
    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it is gone."""

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        server = cls()
        await server.start()
        try:
            yield server
        finally:
            await server.kill()

    @classmethod
    @asynccontextmanager
    async def reserved(cls) -> AsyncIterator[Self]:
        """One that has an address but does not run yet."""
        server = cls()
        await server.start()
        await server.kill()
        try:
            yield server
        finally:
            await server.kill()


class WakeServer(_Server):
    """Detects `wake_word` wherever it ends, by looking at the samples; keeps nothing from one stream to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.streams = 0
        self.heard_seconds = 0.0
        self.names: list[str] | None = None
        self.contexts: list[dict[str, Any] | None] = []

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        run = 0
        while (event := await async_read_event(reader)) is not None:
            if Describe.is_type(event.type):
                await async_write_event(_wake_info(), writer)
            elif Detect.is_type(event.type):
                self.names = Detect.from_event(event).names
                self.contexts.append(Detect.from_event(event).context)
            elif AudioStart.is_type(event.type):
                self.streams += 1
                run = 0
            elif AudioChunk.is_type(event.type):
                chunk = AudioChunk.from_event(event)
                self.heard_seconds += chunk.seconds
                for offset, sample in enumerate(np.frombuffer(chunk.audio, "<i2")):
                    run = run + 1 if sample == _WAKE_LEVEL else 0
                    if run == len(wake_word()) // 2:
                        at = (chunk.timestamp or 0) + (offset + 1) * 1000 // _RATE
                        await async_write_event(Detection(name="hey_jarvis", timestamp=at).event(), writer)


def _wake_info() -> Event:
    model = WakeModel(
        name="hey_jarvis",
        attribution=_BY,
        installed=True,
        description=None,
        version=None,
        languages=["en"],
        phrase=PHRASE,
    )
    return Info(
        wake=[WakeProgram(name="test", attribution=_BY, installed=True, description=None, version=None, models=[model])]
    ).event()


class TtsServer(_Server):
    """Speaks each line of the satellite at a level of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.failing = False
        self.texts: list[str] = []
        self.contexts: dict[str, dict[str, Any] | None] = {}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (event := await async_read_event(reader)) is not None:
            if not Synthesize.is_type(event.type):
                continue
            if self.failing:
                await async_write_event(Error(text="no voice today").event(), writer)
                continue
            text = Synthesize.from_event(event).text
            self.texts.append(text)
            self.contexts[text] = Synthesize.from_event(event).context
            form = {"rate": _TTS_RATE, "width": 2, "channels": 1}
            audio = np.full(int(_TTS_RATE * LONGEST_LINE_SECONDS), _line_level(text), "<i2").tobytes()
            await async_write_event(AudioStart(**form).event(), writer)
            for offset in range(0, len(audio), 2048):
                await async_write_event(AudioChunk(audio=audio[offset : offset + 2048], **form).event(), writer)
            await async_write_event(AudioStop().event(), writer)
