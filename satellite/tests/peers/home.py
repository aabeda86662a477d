"""Home Assistant's side of the wire, as its wyoming integration behaves: dials, pings, runs one pipeline at a time."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, Eventable, async_read_event, async_write_event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.pipeline import RunPipeline
from wyoming.satellite import PauseSatellite, RunSatellite
from wyoming.snd import Played
from wyoming.tts import Synthesize
from wyoming.vad import VoiceStarted, VoiceStopped
from wyoming.wake import Detection

from athena_satellite.address import Address

_PING_SECONDS: Final = 2.0
_RATE: Final = 22_050


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the pipeline answers."""

    text: str = "Lamp on."
    seconds: float = 0.4
    level: int = 7_000

    @property
    def audio(self) -> bytes:
        return np.full(int(_RATE * self.seconds), self.level, "<i2").tobytes()


class HomePeer:
    """One connection of Home Assistant's, from run-satellite to its end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.info: Info | None = None
        self.detections: list[str | None] = []
        self.pongs = 0
        self.pings = 0
        self.played = 0
        self.closed = asyncio.Event()
        self.pipeline: Callable[[HomePeer], Awaitable[None]] = HomePeer.answer
        self.reply = Reply()
        self.audio = bytearray()
        """What the present pipeline has heard."""
        self.audio_ended = asyncio.Event()
        self.runs = 0
        self.stages: list[str] = []
        """The stage that each run began with."""
        self._reader = reader
        self._writer = writer
        self._grown = asyncio.Event()
        self._tasks = asyncio.TaskGroup()

    @classmethod
    @asynccontextmanager
    async def dialled(cls, address: Address) -> AsyncIterator[Self]:
        """Connect and say run-satellite; cut the connection at the end."""
        reader, writer = await asyncio.open_connection(address.host, address.port)
        home = cls(reader, writer)
        try:
            async with home._tasks as tasks:
                await home.send(RunSatellite())
                await home.send(Describe())
                loops = [tasks.create_task(home._listen()), tasks.create_task(home._ping())]
                yield home
                for loop in loops:
                    loop.cancel()
                home.cut()
        finally:
            writer.close()

    async def send(self, message: Eventable) -> None:
        with contextlib.suppress(ConnectionError):
            await async_write_event(message.event(), self._writer)

    async def pause(self) -> None:
        await self.send(PauseSatellite())

    def cut(self) -> None:
        """End the connection without a goodbye."""
        self._writer.transport.abort()

    async def heard(self, seconds: float) -> bytes:
        """Wait until so much of the present turn was heard."""
        while len(self.audio) < seconds * 32_000:
            await self._grown.wait()
        return bytes(self.audio)

    # --- pipelines --------------------------------------------------------------------------------------------------

    async def answer(self) -> None:
        """Hear a second, then answer: what every turn should be."""
        await self.send(Transcribe(language="en"))
        await self.heard(0.3)
        await self.send(VoiceStarted(timestamp=0))
        await self.heard(1.0)
        await self.send(VoiceStopped(timestamp=1000))
        await self.send(Transcript(text="turn on the lamp"))
        await self.send(Synthesize(text=self.reply.text))
        await self.speak(self.reply)

    async def understand_nothing(self) -> None:
        """Hear until the satellite stops, then say that there was nothing."""
        await self.send(Transcribe(language="en"))
        await self.audio_ended.wait()
        await self.fail("stt-no-text-recognized", "No text recognized")

    async def fail(self, code: str, text: str) -> None:
        await self.send(Error(code=code, text=text))

    async def ignore(self) -> None:
        """Take the audio and never answer."""
        await self.send(Transcribe(language="en"))

    async def intercept(self) -> None:
        """Keep the wake word and begin no pipeline, as Home Assistant's set-up of a satellite does."""

    async def speak(self, reply: Reply) -> None:
        """Send audio in one burst, as fast as the wire takes it."""
        await self.send(AudioStart(rate=_RATE, width=2, channels=1, timestamp=0))
        await self.speak_on(reply)
        await self.send(AudioStop())

    async def speak_on(self, reply: Reply) -> None:
        audio = reply.audio
        for offset in range(0, len(audio), 2048):
            await self.send(AudioChunk(rate=_RATE, width=2, channels=1, audio=audio[offset : offset + 2048]))

    # --- loops ------------------------------------------------------------------------------------------------------

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(_PING_SECONDS)
            await self.send(Ping())

    async def _listen(self) -> None:
        pipeline: asyncio.Task[None] | None = None
        try:
            while (event := await self._next()) is not None:
                if RunPipeline.is_type(event.type):
                    if pipeline is not None:
                        pipeline.cancel()
                    self.runs += 1
                    self.stages.append(RunPipeline.from_event(event).start_stage.value)
                    self.audio.clear()
                    self.audio_ended.clear()
                    pipeline = self._tasks.create_task(self._run())
                else:
                    await self._take(event)
        finally:
            if pipeline is not None:
                pipeline.cancel()
        self.closed.set()

    async def _run(self) -> None:
        await self.pipeline(self)

    async def _next(self) -> Event | None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            return await async_read_event(self._reader)
        return None

    async def _take(self, event: Event) -> None:
        if AudioChunk.is_type(event.type):
            self.audio += event.payload or b""
            self._grown.set()
            self._grown = asyncio.Event()
        elif AudioStop.is_type(event.type):
            self.audio_ended.set()
        elif Detection.is_type(event.type):
            self.detections.append(Detection.from_event(event).name)
        elif Played.is_type(event.type):
            self.played += 1
        elif Pong.is_type(event.type):
            self.pongs += 1
        elif Ping.is_type(event.type):
            self.pings += 1
            await self.send(Pong(text=Ping.from_event(event).text))
        elif Info.is_type(event.type):
            self.info = Info.from_event(event)
