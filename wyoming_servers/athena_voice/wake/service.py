"""The wake word server."""

import asyncio
import logging
from collections.abc import Sequence
from importlib.metadata import version
from typing import override

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Info, WakeModel, WakeProgram
from wyoming.wake import Detect, Detection, NotDetected

from athena_voice.audio import RATE, Converter
from athena_voice.errors import UnknownWakeWordError
from athena_voice.service import Send, Service, Session
from athena_voice.wake.engine import Detector, WakeEngine, WakeWord

_LOGGER = logging.getLogger(__name__)


class WakeService(Service):
    """Listens for wake words in any number of streams."""

    name = "wake word"

    def __init__(self, engine: WakeEngine) -> None:
        self.engine = engine
        self.words: dict[str, WakeWord] = {}

    @override
    async def load(self) -> None:
        self.words = {word.name: word for word in await asyncio.to_thread(self.engine.words)}

    @override
    async def run(self) -> None:
        return

    @override
    def info(self) -> Info:
        upstream = Attribution(name="Open Home Foundation", url="https://github.com/OHF-Voice/pymicro-wakeword")
        models = [
            WakeModel(
                name=word.name,
                phrase=word.phrase,
                description=word.phrase,
                languages=list(word.languages),
                attribution=upstream,
                installed=True,
                version=self.engine.version,
            )
            for word in self.words.values()
        ]
        return Info(
            wake=[
                WakeProgram(
                    name="athena-wake",
                    description=f"Athena wake words ({self.engine.name})",
                    attribution=upstream,
                    installed=True,
                    version=version("athena-voice"),
                    models=models,
                )
            ]
        )

    @override
    def session(self, send: Send) -> Session:
        return WakeSession(self, send)


class WakeSession(Session):
    """One stream after the other of one client."""

    def __init__(self, service: WakeService, send: Send) -> None:
        self._service = service
        self._send = send
        self._names: Sequence[str] = ()
        self._detector: Detector | None = None
        self._converter: Converter | None = None
        self._origin = 0
        """Milliseconds of the client's own clock at the first sample."""
        self._heard = False

    @override
    async def on_event(self, event: Event) -> None:
        if Detect.is_type(event.type):
            self._choose(Detect.from_event(event).names or ())
        elif AudioStart.is_type(event.type):
            await self._start(AudioStart.from_event(event).timestamp)
        elif AudioChunk.is_type(event.type):
            await self._hear(AudioChunk.from_event(event))
        elif AudioStop.is_type(event.type):
            self._detector = None
            if not self._heard:
                await self._send(NotDetected())

    @override
    async def close(self) -> None:
        self._detector = None

    def _choose(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self._service.words:
                raise UnknownWakeWordError(name, self._service.words)
        self._names = names

    async def _start(self, timestamp: int | None) -> None:
        names = self._names or tuple(self._service.words)
        self._detector = await asyncio.to_thread(self._service.engine.detector, names)
        self._converter = None
        self._origin = timestamp or 0
        self._heard = False

    async def _hear(self, chunk: AudioChunk) -> None:
        if self._detector is None:
            await self._start(chunk.timestamp)
        assert self._detector is not None  # it has just been made
        form = (chunk.rate, chunk.width, chunk.channels)
        if self._converter is None:
            self._converter = Converter(*form)
            if chunk.timestamp is not None:
                self._origin = chunk.timestamp
        samples = self._converter.convert(chunk.audio)
        for heard in await asyncio.to_thread(self._detector.hear, samples):
            self._heard = True
            timestamp = self._origin + heard.end * 1000 // RATE
            _LOGGER.info("heard %s, over at %d ms", heard.name, timestamp)
            await self._send(Detection(name=heard.name, timestamp=timestamp))
