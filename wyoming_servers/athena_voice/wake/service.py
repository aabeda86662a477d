"""Wyoming for wake words: detect, then audio; a detection each time one was said."""

import asyncio
from collections.abc import Callable
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info
from wyoming.wake import Detect, Detection, NotDetected

from .. import registry
from ..errors import ProtocolError, UnknownWakeWordError
from ..messages import decoded
from ..server import Send
from .engine import WakeEngine
from .engines import ALL
from .stream import Stream

DEFAULT_ENGINE: Final = "microwakeword"


class WakeService:
    """Detects wake words in the streams of many clients; each stream has a state of its own."""

    name = "wake word server"

    def __init__(self, *, engine: str = DEFAULT_ENGINE) -> None:
        # imported before anything listens, so that what is not installed is all that is told
        self._make: Callable[[], WakeEngine] = registry.load(ALL, engine, extra="wake")
        self._engine: asyncio.Future[WakeEngine] = asyncio.get_running_loop().create_future()

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the models."""
        self._engine.set_result(await asyncio.to_thread(self._make))
        ready()

    async def info(self) -> Info:
        """Return the models, once they are loaded."""
        return Info(wake=[(await self.engine()).program()])

    async def engine(self) -> WakeEngine:
        """Return the engine, once it is loaded."""
        return await asyncio.shield(self._engine)

    def open(self, send: Send) -> "WakeSession":
        """Return a session for a new client."""
        return WakeSession(self, send)


class WakeSession:
    """One client, one stream at a time."""

    def __init__(self, service: WakeService, send: Send) -> None:
        self._service = service
        self._send = send
        self._names: frozenset[str] | None = None  # None: whatever there is
        self._refused = False
        self._stream: Stream | None = None

    async def handle(self, event: Event) -> None:
        """Follow the client's stream; inference is in a thread."""
        if Detect.is_type(event.type):
            await self._detect(event)
        elif AudioStart.is_type(event.type):
            await self._start(event)
        elif AudioChunk.is_type(event.type):
            await self._hear(event)
        elif AudioStop.is_type(event.type):
            await self._stop()

    async def close(self) -> None:
        """Let go of the stream."""
        self._stream = None  # an inference still under way in its thread keeps the models until it is done

    async def _detect(self, event: Event) -> None:
        names = decoded(Detect.from_event, event).names
        if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise ProtocolError("detect has names that are no list of texts")
        self._refused = True
        known = (await self._service.engine()).phrases
        for name in names or ():
            if name not in known:
                raise UnknownWakeWordError(name, known)
        self._refused = False
        self._names = frozenset(names) if names else None

    async def _start(self, event: Event) -> None:
        await self.close()
        if self._refused:
            return
        engine = await self._service.engine()
        names = engine.phrases if self._names is None else self._names
        detector = await asyncio.to_thread(engine.open, sorted(names))
        self._stream = Stream(event, detector)

    async def _hear(self, event: Event) -> None:
        if self._refused:
            return
        if self._stream is None:
            await self._start(event)
        if (stream := self._stream) is None:
            return
        for name, timestamp in await asyncio.to_thread(stream.hear, event):
            stream.detected = True
            await self._send(Detection(name=name, timestamp=timestamp).event())

    async def _stop(self) -> None:
        if self._stream is not None and not self._stream.detected:
            await self._send(NotDetected().event())
        await self.close()
