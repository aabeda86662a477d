"""Wyoming for speech to text: audio in, a sentence of the home out, or nothing."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Final

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info

from .. import registry
from ..audio import RATE, Ear, Samples, ear_of, format_of
from ..errors import EngineError, ProtocolError, VocabularyError
from ..server import Send
from .engine import SttEngine
from .engines import ALL
from .home_assistant import HomeAssistant
from .sentences import expand
from .vocabulary import Vocabulary

_LOGGER = logging.getLogger(__name__)

DEFAULT_ENGINE: Final = "home"
LONGEST: Final = 30 * RATE
"""Samples of an utterance that are listened to; what is longer is no command."""


class SttService:
    """Recognises, for many clients, the sentences of one home."""

    name = "speech-to-text server"

    def __init__(self, *, home_assistant: str, token_file: Path, engine: str = DEFAULT_ENGINE) -> None:
        self._home = HomeAssistant(home_assistant, token_file)
        self._engine: SttEngine = registry.load(ALL, engine, extra="stt")()
        self.sentences = 0
        """How many sentences are recognised now."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Learn the home's words, now and whenever they change."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._engine.run())
            ready()
            async with aclosing(self._home.vocabularies()) as vocabularies:
                async for vocabulary in vocabularies:
                    await self._learn(vocabulary)

    async def info(self) -> Info:
        """Return the engine."""
        return Info(asr=[self._engine.program()])

    def open(self, send: Send) -> "SttSession":
        """Return a session for a new client."""
        return SttSession(self, send)

    async def transcribe(self, samples: Samples) -> str:
        """Return the sentence that was said, or nothing."""
        if not self.sentences:
            _LOGGER.warning("nothing can be recognised: Home Assistant has not given the home's words yet")
            return ""
        recognition = await self._engine.recognise(samples)
        if not recognition.text:  # what was heard instead is nobody's business
            _LOGGER.info("%.1f s of audio were no sentence of the home", len(samples) / RATE)
        _LOGGER.debug("%.1f s: %s", len(samples) / RATE, recognition)
        return recognition.text

    async def _learn(self, vocabulary: Vocabulary) -> None:
        try:
            learned = await self._engine.learn(await asyncio.to_thread(expand, vocabulary))
        except (EngineError, VocabularyError) as err:
            _LOGGER.error("the home's words cannot be used, and what was known stays: %s", err)
            return
        self.sentences = learned.sentences
        if learned.unpronounceable:
            _LOGGER.warning(
                "sentences with these words are left out, because they have no pronunciation: %s",
                ", ".join(learned.unpronounceable),
            )
        _LOGGER.info("%d sentences of the home can be recognised", learned.sentences)


class SttSession:
    """One client, one utterance at a time."""

    def __init__(self, service: SttService, send: Send) -> None:
        self._service = service
        self._send = send
        self._ear: Ear | None = None
        self._samples: list[Samples] = []
        self._length = 0

    async def handle(self, event: Event) -> None:
        """Collect the audio; answer once it is over."""
        if Transcribe.is_type(event.type):
            self._forget()
        elif AudioStart.is_type(event.type):
            self._forget()
            self._ear = ear_of(event)
        elif AudioChunk.is_type(event.type):
            self._hear(event)
        elif AudioStop.is_type(event.type):
            samples = self._utterance()
            self._forget()
            await self._send(Transcript(text=await self._service.transcribe(samples), language="en").event())

    async def close(self) -> None:
        """Let go of the audio."""
        self._forget()

    def _hear(self, chunk: Event) -> None:
        if self._ear is None:
            self._ear = ear_of(chunk)
        if format_of(chunk) != self._ear.format:
            raise ProtocolError(f"{chunk.type} has another format than its audio-start")
        if self._length < LONGEST:
            self._keep(self._ear.hear(chunk.payload or b""))

    def _keep(self, samples: Samples) -> None:
        self._samples.append(samples)
        self._length += len(samples)

    def _utterance(self) -> Samples:
        if self._ear is not None:
            self._keep(self._ear.finish())
        return np.concatenate(self._samples)[:LONGEST] if self._samples else np.zeros(0, np.int16)

    def _forget(self) -> None:
        self._ear, self._samples, self._length = None, [], 0
