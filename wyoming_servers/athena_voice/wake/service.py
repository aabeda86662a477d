"""Wyoming for wake words: detect, then audio; a detection each time one was said."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info
from wyoming.wake import Detect, NotDetected

from .. import registry
from ..errors import ProtocolError, UnknownWakeWordError
from ..messages import decoded
from ..service import Send
from .engine import WakeEngine
from .engines import ALL
from .hearing import Hearing
from .limits import Limits, limits
from .listener import Listener
from .metrics import WakeMetrics
from .options import DEFAULT_ENGINE
from .settings import Setting
from .stream import Stream
from .work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An engine, and when each of its words counts as said."""

    engine: WakeEngine
    limits: Mapping[str, Limits]

    def listener(self, names: Iterable[str]) -> Listener:
        """Return a listener for these words in a new stream. Blocking."""
        words = {name: self.engine.words[name] for name in sorted(names)}
        return Listener(self.engine.open(words), words, self.limits)


class WakeService:
    """Detects wake words in the streams of many clients; each stream has a state of its own."""

    name = "wake word server"

    def __init__(
        self,
        *,
        engine: str = DEFAULT_ENGINE,
        models: Path | None = None,
        threshold: Iterable[Setting] = (),
        refractory: Iterable[Setting] = (),
    ) -> None:
        # imported before anything listens, so that what is not installed is all that is told
        self._make: Callable[..., WakeEngine] = registry.load(ALL, engine)
        self._models = models
        self._threshold = tuple(threshold)
        self._refractory = tuple(refractory)
        self._loaded: asyncio.Future[Loaded] = asyncio.get_running_loop().create_future()
        self.metrics = WakeMetrics()
        self.work = Work(self.metrics)

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the models and let streams be heard; raise UnknownWakeWordError for a setting of a word there is not."""
        engine = await asyncio.to_thread(self._make, models=self._models)
        loaded = Loaded(engine=engine, limits=limits(engine.words, self._threshold, self._refractory))

        def listening() -> None:
            self._loaded.set_result(loaded)
            ready()

        await self.work.run(listening)

    async def info(self) -> Info:
        """Return the models, once they are loaded."""
        return Info(wake=[(await self.loaded()).engine.program()])

    async def loaded(self) -> Loaded:
        """Return the engine, once it is loaded."""
        return await asyncio.shield(self._loaded)

    def open(self, send: Send) -> "WakeSession":
        """Return a session for a new client."""
        return WakeSession(self, send)

    def problems(self) -> Sequence[str]:
        """Say nothing: what hangs is told of each piece of audio."""
        return ()


class WakeSession:
    """One client, one stream at a time."""

    def __init__(self, service: WakeService, send: Send) -> None:
        self._service = service
        self._send = send
        self._names: frozenset[str] | None = None  # None: whatever there is
        self._refused = False
        self._hearing: Hearing | None = None

    async def handle(self, event: Event) -> None:
        """Follow the client's stream; it is heard meanwhile."""
        if Detect.is_type(event.type):
            await self._detect(event)
        elif AudioStart.is_type(event.type):
            await self._finish()
            await self._start(event)
        elif AudioChunk.is_type(event.type):
            await self._hear(event)
        elif AudioStop.is_type(event.type):
            hearing = await self._finish()
            if hearing is not None and not hearing.detected:
                await self._send(NotDetected().event())

    async def close(self) -> None:
        """Let go of the stream."""
        hearing, self._hearing = self._hearing, None
        if hearing is not None:
            hearing.cancel()

    async def _detect(self, event: Event) -> None:
        names = decoded(Detect.from_event, event).names
        if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise ProtocolError("detect has names that are no list of texts")
        self._refused = True
        known = (await self._service.loaded()).engine.words
        for name in names or ():
            if name not in known:
                raise UnknownWakeWordError(name, known)
        self._refused = False
        self._names = frozenset(names) if names else None

    async def _start(self, event: Event) -> None:
        if self._refused:
            return
        loaded = await self._service.loaded()
        names = loaded.engine.words if self._names is None else self._names
        work = self._service.work
        stream = Stream(event, await work.in_thread(loaded.listener, names))
        self._hearing = Hearing(stream, work, self._send)

    async def _hear(self, event: Event) -> None:
        if self._refused:
            return
        if self._hearing is None:
            await self._start(event)
        if self._hearing is not None:
            await self._hearing.put(event)

    async def _finish(self) -> Hearing | None:
        """Wait until the stream is heard to its end; return what it was."""
        hearing = self._hearing
        if hearing is not None:
            try:
                await hearing.finish()
            finally:
                await self.close()
        return hearing
