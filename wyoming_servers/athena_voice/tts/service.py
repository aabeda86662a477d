"""The text-to-speech server: its engine, its voices, the phrases it keeps."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from wyoming.info import Info
from wyoming.tts import SynthesizeVoice

from ..errors import EngineError, ProtocolError, UnknownLanguageError, UnknownSpeakerError, UnknownVoiceError
from ..service import Send
from .cache import PhraseCache
from .choice import AUTO, choose, plain
from .engine import EngineSettings, TtsEngine, Voice
from .metrics import TtsMetrics
from .phrases import PHRASES
from .session import TtsSession
from .speech import Chosen, Speech
from .store import PhraseFolder

_LOGGER = logging.getLogger(__name__)


class TtsService:
    """Speaks for many clients; piece by piece, so that none waits for another's whole text."""

    name = "text-to-speech server"

    def __init__(
        self,
        *,
        engine: str = AUTO,
        voices: Path | None = None,
        voice: str | None = None,
        rate: int = 160,
        cache: Path | None = None,
    ) -> None:
        # imported before anything listens, so that what is not installed is all that is told
        self._choice = choose(engine, voices=voices, voice=voice)
        self.metrics = TtsMetrics()
        self._voice = voice
        self._rate = rate
        self._cache = PhraseCache(None if cache is None else PhraseFolder(cache.expanduser()))
        self._speech: asyncio.Future[Speech] = asyncio.get_running_loop().create_future()

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the engine, keep the cache; raise UnknownVoiceError when it has not the voice that the user chose."""
        engine = await asyncio.to_thread(self._load)
        known = [voice.name for voice in engine.voices]
        if self._voice is not None and self._voice not in known:
            raise UnknownVoiceError(self._voice, known)
        speech = Speech(
            engine, name=self._choice.name, words_a_minute=self._rate, cache=self._cache, metrics=self.metrics
        )
        self._speech.set_result(speech)
        ready()
        async with asyncio.TaskGroup() as tasks:
            await self._cache.open()
            tasks.create_task(self._cache.run())
            if engine.slow:
                await self._prepare(speech)

    async def info(self) -> Info:
        """Return the voices, once the engine is loaded."""
        return Info(tts=[(await self.engine()).program()])

    async def engine(self) -> TtsEngine:
        """Return the engine, once it is loaded."""
        return (await self.speech()).engine

    async def speech(self) -> Speech:
        """Return what speaks, once the engine is loaded."""
        return await asyncio.shield(self._speech)

    async def chosen(self, asked: SynthesizeVoice | None) -> Chosen:
        """Return who is asked for; raise an UnknownVoice-, UnknownSpeaker- or UnknownLanguageError for nobody."""
        voices = (await self.engine()).voices
        name, language, speaker = (asked.name, asked.language, asked.speaker) if asked else (None, None, None)
        for word in (name, language, speaker):
            if not isinstance(word, str | None):
                raise ProtocolError(f"a voice has a name that is no text: {word!r}")
        voice = self._of_language(voices, language) if name is None else _named(voices, name)
        if speaker is not None and speaker not in voice.speakers:
            raise UnknownSpeakerError(speaker, voice.name, voice.speakers)
        return Chosen(voice=voice, speaker=speaker)

    def open(self, send: Send) -> TtsSession:
        """Return a session for a new client."""
        return TtsSession(self, send)

    def problems(self) -> Sequence[str]:
        """Say nothing: it speaks once its engine is loaded."""
        return ()

    def _load(self) -> TtsEngine:
        """Make the engine, or the plain one where the user asked for none and its voices are no good."""
        settings = EngineSettings(words_a_minute=self._rate, folder=self._choice.folder)
        try:
            return self._choice.make(settings)
        except EngineError as err:
            if self._choice.certain:
                raise
            _LOGGER.error("%s; eSpeak NG speaks instead", err)
            self._choice = plain(self._choice.folder)
            return self._choice.make(settings)

    async def _prepare(self, speech: Speech) -> None:
        try:
            await speech.prepare(PHRASES, await self.chosen(None))
            _LOGGER.info("%d phrases of every day are ready", len(PHRASES))
        except EngineError as err:
            _LOGGER.warning("the phrases of every day are not ready: %s", err)

    def _of_language(self, voices: tuple[Voice, ...], language: str | None) -> Voice:
        """Return the voice that speaks a language; of several the user's own, else the first."""
        mine = next(voice for voice in voices if self._voice in {None, voice.name})
        if language is None:
            return mine
        wanted = language.replace("_", "-").lower()
        for word in (wanted, wanted.partition("-")[0]):
            speaking = [voice for voice in (mine, *voices) if word in map(str.lower, voice.languages)]
            if speaking:
                return speaking[0]
        raise UnknownLanguageError(language, {language for voice in voices for language in voice.languages})


def _named(voices: tuple[Voice, ...], name: str) -> Voice:
    for voice in voices:
        if voice.name == name:
            return voice
    raise UnknownVoiceError(name, [voice.name for voice in voices])
