"""Wyoming for text to speech: a whole text, or a text that is still being written."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice

from .. import registry
from ..errors import ProtocolError, UnknownVoiceError
from ..messages import decoded, text_of
from ..server import Send
from .clauses import Clauses
from .engine import SpeechFormat, TtsEngine
from .engines import ALL

DEFAULT_ENGINE: Final = "espeak"
_LANGUAGE: Final = "en"
_PAUSE_SECONDS: Final = 0.25
"""Between two sentences."""


class TtsService:
    """Speaks for many clients; sentence by sentence, so that none waits for another's whole text."""

    name = "text-to-speech server"

    def __init__(self, *, voice: str, rate: int, engine: str = DEFAULT_ENGINE) -> None:
        # imported before anything listens, so that what is not installed is all that is told
        self._make: Callable[..., TtsEngine] = registry.load(ALL, engine, extra="tts")
        self._voice = voice
        self._rate = rate
        self._engine: asyncio.Future[TtsEngine] = asyncio.get_running_loop().create_future()

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine; raise UnknownVoiceError when it has not the voice that the user chose."""
        engine = await asyncio.to_thread(self._make, rate=self._rate)
        if self._voice not in engine.voices:
            raise UnknownVoiceError(self._voice, engine.voices)
        self._engine.set_result(engine)
        ready()

    async def info(self) -> Info:
        """Return the voices, once the engine is loaded."""
        return Info(tts=[(await self.engine()).program()])

    async def engine(self) -> TtsEngine:
        """Return the engine, once it is loaded."""
        return await asyncio.shield(self._engine)

    async def voice(self, asked: SynthesizeVoice | None) -> str:
        """Return the name of the voice that is asked for; raise UnknownVoiceError when there is none such."""
        voices = (await self.engine()).voices
        name = asked.name if asked else None
        language = asked.language if asked else None
        if name is not None and name not in voices:
            raise UnknownVoiceError(str(name), voices)
        if language is not None and (not isinstance(language, str) or language.partition("-")[0].lower() != _LANGUAGE):
            raise UnknownVoiceError(str(language), voices)
        return name or self._voice

    def open(self, send: Send) -> "TtsSession":
        """Return a session for a new client."""
        return TtsSession(self, send)


class TtsSession:
    """One client."""

    def __init__(self, service: TtsService, send: Send) -> None:
        self._service = service
        self._send = send
        self._streaming = False
        self._voice: str | None = None  # None while streaming: refused
        self._clauses = Clauses()
        self._sounding = False

    async def handle(self, event: Event) -> None:
        """Speak what is asked for; synthesis is in a thread."""
        if SynthesizeStart.is_type(event.type):
            await self._begin(event)
        elif SynthesizeChunk.is_type(event.type) and self._streaming:
            await self._say(self._clauses.add(text_of(event)))
        elif SynthesizeStop.is_type(event.type) and self._streaming:
            await self._end()
        elif Synthesize.is_type(event.type) and not self._streaming:
            # While streaming it repeats the whole text, for servers that cannot stream.
            await self._whole(event)

    async def close(self) -> None:
        """Nothing is kept; what is being spoken has been cancelled."""

    async def _whole(self, event: Event) -> None:
        text = text_of(event)
        self._voice = await self._service.voice(_voice_of(decoded(Synthesize.from_event, event).voice))
        self._clauses, self._sounding = Clauses(), False
        await self._say([*self._clauses.add(text), *self._clauses.finish()])
        await self._silence()

    async def _begin(self, event: Event) -> None:
        self._streaming, self._voice = True, None
        self._clauses, self._sounding = Clauses(), False
        self._voice = await self._service.voice(_voice_of(decoded(SynthesizeStart.from_event, event).voice))

    async def _end(self) -> None:
        if self._voice is not None:
            await self._say(self._clauses.finish())
            await self._silence()
        self._streaming = False
        await self._send(SynthesizeStopped().event())

    async def _say(self, clauses: Iterable[str]) -> None:
        engine, voice = await self._service.engine(), self._voice
        for clause in clauses:
            if voice is not None and clause:
                if self._sounding:
                    await self._send(AudioChunk(**asdict(engine.format), audio=_pause(engine.format)).event())
                await self._speak(engine, voice, clause)

    async def _speak(self, engine: TtsEngine, voice: str, text: str) -> None:
        """Send the sound of a text as it is made; when this is cancelled, it is made no further."""
        loop = asyncio.get_running_loop()
        sounds: asyncio.Queue[bytes | None] = asyncio.Queue()
        gone = threading.Event()

        def sink(sound: bytes) -> bool:
            if not gone.is_set():
                loop.call_soon_threadsafe(sounds.put_nowait, sound)
            return not gone.is_set()

        made = loop.run_in_executor(None, lambda: engine.speak(text, voice=voice, sink=sink))
        made.add_done_callback(lambda _: sounds.put_nowait(None))
        try:
            while (sound := await sounds.get()) is not None:
                await self._sound()
                await self._send(AudioChunk(**asdict(engine.format), audio=sound).event())
            await made
        finally:
            gone.set()

    async def _sound(self) -> None:
        if not self._sounding:
            self._sounding = True
            await self._send(AudioStart(**asdict((await self._service.engine()).format)).event())

    async def _silence(self) -> None:
        await self._sound()
        await self._send(AudioStop().event())


def _voice_of(voice: SynthesizeVoice | None) -> SynthesizeVoice | None:
    if voice is not None and not isinstance(voice.name, str | None):
        raise ProtocolError(f"a voice has a name that is no text: {voice.name!r}")
    return voice


def _pause(form: SpeechFormat) -> bytes:
    return bytes(int(form.rate * _PAUSE_SECONDS) * form.width * form.channels)
