"""The client of the wake word server: it gets the microphone while the wake word is wanted, and says when it came."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.info import Describe, Info, WakeModel
from wyoming.wake import Detect, Detection

from .address import Address
from .audio import HEARD
from .errors import PeerError, ProtocolError
from .messages import decoded
from .peer import Peer, connect
from .ring_buffer import RingBuffer
from .turn import events

_LOGGER = logging.getLogger(__name__)

_DESCRIBE_SECONDS: Final = 5.0
_CATCH_UP_SECONDS: Final = 2.0
"""How much of what was said while the server was away it hears when it is back."""


class WakeClient:
    """Streams the microphone to the wake word server while it is wanted; each time is a stream of its own."""

    def __init__(
        self,
        *,
        address: Address,
        wake_word: str,
        ring: RingBuffer,
        tell: Callable[[events.Event], None],
    ) -> None:
        self.model: WakeModel | None = None
        """What the server told of the wake word, once it has been reached."""
        self._scoring = False
        self._address = address
        self._wake_word = wake_word
        self._ring = ring
        self._tell = tell
        self._wanted = asyncio.Event()
        self._turn = ""  # the id of the turn that the present stream may begin
        self._period = 0
        self._period_start = 0

    def listen(self) -> None:
        """Want the wake word, from this moment on."""
        if not self._wanted.is_set():
            self._period += 1
            self._period_start = self._ring.end
            self._turn = secrets.token_hex(4)
            self._wanted.set()

    def rest(self) -> None:
        """Want it no more; a detection still under way is dropped."""
        if self._wanted.is_set():
            self._period += 1
            self._wanted.clear()
            self._set_scoring(scoring=False)

    async def run(self, up: Callable[[], None]) -> None:
        """Connect and stream until the server is gone."""
        try:
            async with connect(self._address) as server:
                await self._learn(server)
                up()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._feed(server))
                    tasks.create_task(self._receive(server))
        finally:
            self._set_scoring(scoring=False)

    async def _learn(self, server: Peer) -> None:
        """Learn the wake word's phrase; raise PeerError when the server does not have it."""
        async with asyncio.timeout(_DESCRIBE_SECONDS):
            await server.send(Describe().event())
            while not Info.is_type((event := await server.receive()).type):
                pass
        models = [model for program in decoded(Info.from_event, event).wake for model in program.models]
        self.model = next((model for model in models if model.name == self._wake_word), None)
        if self.model is None:
            known = ", ".join(sorted(model.name for model in models)) or "none"
            raise PeerError(f"it has no wake word {self._wake_word!r}; it has {known}")

    async def _feed(self, server: Peer) -> None:
        while True:
            await self._wanted.wait()
            await self._stream(server, self._period)

    async def _stream(self, server: Peer, period: int) -> None:
        cursor = max(self._period_start, self._ring.end - int(_CATCH_UP_SECONDS * HEARD.rate))
        await server.send(Detect(names=[self._wake_word], context={"turn": self._turn}).event())
        await server.send(
            AudioStart(rate=HEARD.rate, width=HEARD.width, channels=HEARD.channels, timestamp=_ms(cursor)).event()
        )
        while period == self._period:
            span = self._ring.read(cursor)
            if span.audio:
                chunk = AudioChunk(
                    rate=HEARD.rate,
                    width=HEARD.width,
                    channels=HEARD.channels,
                    audio=span.audio,
                    timestamp=_ms(span.start),
                )
                await server.send(chunk.event())
                cursor = span.end
                if period == self._period:
                    self._set_scoring(scoring=True)
            await self._ring.beyond(cursor)
        await server.send(AudioStop(timestamp=_ms(cursor)).event())

    async def _receive(self, server: Peer) -> None:
        while True:
            event = await server.receive()
            if not Detection.is_type(event.type):
                continue
            detection = decoded(Detection.from_event, event)
            position = self._position(detection.timestamp)
            if self._wanted.is_set() and position >= self._period_start:
                name = detection.name or self._wake_word
                self._tell(events.Woken(turn=self._turn, name=name, position=position))
            else:
                _LOGGER.debug("A wake word of an earlier stream is dropped: %s", detection)

    def _position(self, timestamp: object) -> int:
        """Return where the wake word ends; now, when the server does not say."""
        if timestamp is None:
            return self._ring.end
        if not isinstance(timestamp, int | float):
            raise ProtocolError(f"detection has a timestamp that is no number: {timestamp!r}")
        return int(timestamp * HEARD.rate / 1000)

    def _set_scoring(self, *, scoring: bool) -> None:
        if scoring != self._scoring:
            self._scoring = scoring
            self._tell(events.ScoringChanged(scoring=scoring))


def _ms(position: int) -> int:
    return position * 1000 // HEARD.rate
