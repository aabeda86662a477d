"""The text-to-speech server."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import Final, override

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Info, TtsProgram, TtsVoice
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from athena_voice.service import Send, Service, Session
from athena_voice.tts.engine import SpeechEngine

_LOGGER = logging.getLogger(__name__)

_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")
_PAUSE_SECONDS: Final = 0.15
"""Between two sentences (PRD §8: slight pauses between sentences)."""


class SpeechService(Service):
    """Speaks for any number of clients, one sentence at a time."""

    name = "text-to-speech"

    def __init__(self, engine: SpeechEngine, voice: str) -> None:
        self.engine = engine
        self.voice = voice

    @override
    async def load(self) -> None:
        await asyncio.to_thread(self.engine.load)

    @override
    async def run(self) -> None:
        return

    @override
    def info(self) -> Info:
        upstream = Attribution(name="eSpeak NG", url="https://github.com/espeak-ng/espeak-ng")
        voices = sorted(self.engine.voices(), key=lambda voice: voice.name != self.voice)
        return Info(
            tts=[
                TtsProgram(
                    name="athena-tts",
                    description=f"Athena text to speech ({self.engine.name})",
                    attribution=upstream,
                    installed=True,
                    version=version("athena-voice"),
                    supports_synthesize_streaming=True,
                    voices=[
                        TtsVoice(
                            name=voice.name,
                            description=voice.description,
                            languages=list(voice.languages),
                            attribution=upstream,
                            installed=True,
                            version=self.engine.version,
                        )
                        for voice in voices
                    ],
                )
            ]
        )

    @override
    def session(self, send: Send) -> Session:
        return SpeechSession(self, send)

    async def speak(self, text: str, voice: str) -> AsyncIterator[bytes]:
        """Yield 16-bit mono samples as they are made; the synthesis ends when nobody takes them any more."""
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        wanted = True

        def sink(samples: bytes) -> bool:
            loop.call_soon_threadsafe(queue.put_nowait, samples)
            return wanted

        async def synthesize() -> None:
            try:
                await asyncio.to_thread(self.engine.speak, text, voice, sink)
            finally:
                queue.put_nowait(None)

        task = asyncio.create_task(synthesize())
        try:
            while (samples := await queue.get()) is not None:
                yield samples
            await task
        finally:
            wanted = False
            await asyncio.wait([task])


class SpeechSession(Session):
    """One request after the other of one client."""

    def __init__(self, service: SpeechService, send: Send) -> None:
        self._service = service
        self._send = send
        self._streaming = False
        self._voice = service.voice
        self._text = ""
        self._started = False
        self._milliseconds = 0

    @override
    async def on_event(self, event: Event) -> None:
        if SynthesizeStart.is_type(event.type):
            start = SynthesizeStart.from_event(event)
            self._begin(start.voice.name if start.voice else None)
            self._streaming = True
        elif SynthesizeChunk.is_type(event.type):
            await self._add(SynthesizeChunk.from_event(event).text)
        elif SynthesizeStop.is_type(event.type):
            await self._finish()
            self._streaming = False
            await self._send(SynthesizeStopped())
        elif Synthesize.is_type(event.type) and not self._streaming:  # in a stream it only repeats the chunks
            request = Synthesize.from_event(event)
            self._begin(request.voice.name if request.voice else None)
            self._text = request.text
            await self._finish()

    @override
    async def close(self) -> None:
        return

    def _begin(self, voice: str | None) -> None:
        self._voice = voice or self._service.voice
        self._text = ""
        self._started = False
        self._milliseconds = 0

    async def _add(self, text: str) -> None:
        """Speak the sentences that are complete, so that the first is heard while the last is still thought of."""
        *sentences, self._text = _SENTENCE.split(self._text + text)
        for sentence in sentences:
            await self._speak(sentence)

    async def _finish(self) -> None:
        for sentence in _SENTENCE.split(self._text):
            await self._speak(sentence)
        self._text = ""
        await self._start()
        await self._send(AudioStop(timestamp=self._milliseconds))

    async def _start(self) -> None:
        if not self._started:
            self._started = True
            await self._send(AudioStart(rate=self._service.engine.rate, width=2, channels=1, timestamp=0))

    async def _speak(self, sentence: str) -> None:
        if not sentence.strip():
            return
        if self._started:
            await self._chunk(bytes(2 * int(_PAUSE_SECONDS * self._service.engine.rate)))
        async for samples in self._service.speak(sentence, self._voice):
            await self._start()
            await self._chunk(samples)

    async def _chunk(self, samples: bytes) -> None:
        rate = self._service.engine.rate
        await self._send(AudioChunk(rate=rate, width=2, channels=1, audio=samples, timestamp=self._milliseconds))
        self._milliseconds += len(samples) * 500 // rate
