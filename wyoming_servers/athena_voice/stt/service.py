"""Wyoming for speech to text: audio in; a sentence of the home out, or anything that was said, or nothing."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Final

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Info

from .. import registry
from ..audio import RATE, Ear, Samples, ear_of
from ..errors import EngineError, ProtocolError, SettingsError, UnknownLanguageError, VocabularyError
from ..messages import decoded
from ..service import Send
from .engine import SttEngine
from .engines import ALL
from .home_assistant import HomeAssistant
from .home_file import HomeFile
from .metrics import SttMetrics
from .options import DEFAULT_ENGINE, HOME_ASSISTANT
from .vocabulary import Home, Vocabulary, language_of

_LOGGER = logging.getLogger(__name__)

LONGEST: Final = 30 * RATE
"""Samples of an utterance that are listened to; what is longer is no command."""


class SttService:
    """Recognises, for many clients, what is said in one home."""

    name = "speech-to-text server"

    def __init__(
        self,
        *,
        home_assistant: str | None = None,
        token_file: Path | None = None,
        home: Path | None = None,
        engine: str = DEFAULT_ENGINE,
        model: str | None = None,
        compute_type: str | None = None,
        device: str | None = None,
    ) -> None:
        """Take the options of the command; raise SettingsError or EngineError for what cannot be. Blocking."""
        self._home = _home(home_assistant, token_file, home)
        self._engine = _engine(engine, {"model": model, "compute_type": compute_type, "device": device})
        self.metrics = SttMetrics()
        self.sentences = 0
        """How many sentences of the home are known now; 0 where anything is understood, too."""
        self.language: str | None = None
        """The home's; None before its words have come."""
        self._unusable: str | None = None
        """Why the words that came last cannot be used."""

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine; learn the home's words, now and whenever they change."""
        loaded = False

        def engine_ready() -> None:
            nonlocal loaded
            loaded = True
            ready()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._engine.run(engine_ready))
            async with aclosing(self._home.vocabularies()) as vocabularies:
                async for vocabulary in vocabularies:
                    unable = bool(self.problems())
                    await self._learn(vocabulary)
                    if loaded and unable and not self.problems():
                        ready()

    async def info(self) -> Info:
        """Return the engine."""
        return Info(asr=[self._engine.program()])

    def check(self, language: str | None) -> str | None:
        """Return the language that a client asks for; raise UnknownLanguageError where the engine has it not."""
        if language is None:
            return None
        known = {each for model in self._engine.program().models for each in model.languages}
        if language_of(language) not in known:
            raise UnknownLanguageError(language, known)
        return language_of(language)

    def open(self, send: Send) -> "SttSession":
        """Return a session for a new client."""
        return SttSession(self, send)

    def problems(self) -> Sequence[str]:
        """Say what the engine is in want of, and the last reason known."""
        why = self._home.trouble or self._unusable or "the home's words have not come yet"
        return [f"{problem}; {why}" for problem in self._engine.problems()]

    async def transcribe(self, samples: Samples, language: str | None) -> str:
        """Return what was said, or nothing; raise BusyError or EngineError when that cannot be found out."""
        begun = time.monotonic()
        text = await self._understand(samples, language)
        self.metrics.decoded(time.monotonic() - begun, accepted=bool(text))
        if not text:  # what was heard instead is nobody's business
            _LOGGER.info("%.1f s of audio were nothing that can be recognised", len(samples) / RATE)
        return text

    async def _understand(self, samples: Samples, language: str | None) -> str:
        if len(samples) > LONGEST:
            _LOGGER.warning("an utterance of more than %d s is no command: it is not recognised", LONGEST // RATE)
            return ""
        return await self._engine.transcribe(samples, language)

    async def _learn(self, vocabulary: Vocabulary) -> None:
        try:
            self.sentences = await self._engine.learn(vocabulary)
        except (EngineError, VocabularyError) as err:
            self._unusable = f"the home's words cannot be used: {err}"
            stays = "" if self.language is None else "; what was known stays"
            _LOGGER.error("%s%s", self._unusable, stays)
            return
        self._unusable = None
        self.language = language_of(vocabulary.language)
        self.metrics.sentences.set(self.sentences)


def _home(home_assistant: str | None, token_file: Path | None, file: Path | None) -> Home:
    if file is None:
        if token_file is None:
            raise SettingsError(
                "give --token-file, for the home's words from Home Assistant, or --home, for those from a file"
            )
        return HomeAssistant(home_assistant or HOME_ASSISTANT, token_file)
    if home_assistant is not None or token_file is not None:
        raise SettingsError(
            "--home has the home's words in a file, --home-assistant and --token-file in Home Assistant: give one"
        )
    return HomeFile(file)


def _engine(name: str, options: Mapping[str, str | None]) -> SttEngine:
    given = {key: value for key, value in options.items() if value is not None}
    if name == DEFAULT_ENGINE and given:
        raise SettingsError(f"--{next(iter(given)).replace('_', '-')} goes with --engine faster-whisper")
    engine: SttEngine = registry.load(ALL, name)(**given)
    return engine


class SttSession:
    """One client, one utterance at a time."""

    def __init__(self, service: SttService, send: Send) -> None:
        self._service = service
        self._send = send
        self._language: str | None = None
        self._refused = False
        self._ear: Ear | None = None
        self._samples = bytearray()  # 16-bit; not a list of chunks, for those may be of one byte

    async def handle(self, event: Event) -> None:
        """Collect the audio; answer once it is over, unless the utterance has been refused at its beginning."""
        if Transcribe.is_type(event.type):
            self._begin(event)
        elif self._refused:
            return
        elif AudioStart.is_type(event.type):
            self._forget()
            self._ear = ear_of(event)
        elif AudioChunk.is_type(event.type):
            await self._hear(event)
        elif AudioStop.is_type(event.type):
            samples = self._utterance()
            self._forget()
            text = await self._service.transcribe(samples, self._language)
            await self._send(Transcript(text=text, language=self._language or self._service.language).event())

    async def close(self) -> None:
        """Let go of the audio."""
        self._forget()

    def _begin(self, event: Event) -> None:
        self._forget()
        language = decoded(Transcribe.from_event, event).language
        if not isinstance(language, str | None):
            raise ProtocolError(f"{event.type} has a language that is no text: {language!r}")
        self._refused = True
        self._language = self._service.check(language)
        self._refused = False

    async def _hear(self, chunk: Event) -> None:
        if self._ear is None:
            self._ear = ear_of(chunk)
        for part in self._ear.parts(chunk):
            if len(self._samples) > 2 * LONGEST:  # a little more than is listened to tells that it is too long
                break
            self._keep(self._ear.hear(part))
            await asyncio.sleep(0)  # the chunk may be long, and others want to be served

    def _keep(self, samples: Samples) -> None:
        self._samples += samples.tobytes()

    def _utterance(self) -> Samples:
        if self._ear is not None:
            self._keep(self._ear.finish())
        return np.frombuffer(self._samples, np.int16)

    def _forget(self) -> None:
        self._ear, self._samples = None, bytearray()
