"""The home engine: nothing is downloaded, for the package `moonshine-voice` brings the speech model."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from importlib.metadata import version

from wyoming.info import AsrModel, AsrProgram, Attribution

from ...audio import RATE, Samples
from ..recogniser.model import Model, folder_of_package
from ..recogniser.recogniser import LANGUAGE, Recogniser
from ..sentences import expand, spelling
from ..vocabulary import Vocabulary
from ..worker import Worker

_LOGGER = logging.getLogger(__name__)


class HomeEngine:
    """Knows the sentences of the home, and no others."""

    def __init__(self) -> None:
        """Find the model; raise MissingExtraError where it is not installed."""
        self._folder = folder_of_package()
        self._worker = Worker("home-engine")
        self._model: Model | None = None  # the worker's
        self._recogniser: Recogniser | None = None

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told."""
        attribution = Attribution(name="Moonshine AI", url="https://github.com/moonshine-ai/moonshine")
        return AsrProgram(
            name="Athena home engine",
            description="The sentences of this home, by Moonshine",
            attribution=attribution,
            installed=True,
            version=version("athena-voice"),
            prefers_noise_reduction_enabled=False,  # it is trained on speech as it is
            models=[
                AsrModel(
                    name="home",
                    description="English, the sentences of this home",
                    attribution=attribution,
                    installed=True,
                    version=version("moonshine-voice"),
                    languages=[LANGUAGE],
                )
            ],
        )

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the model; raise EngineError when it cannot be."""
        try:
            await self._worker.do(self._load)
            ready()
            await asyncio.Event().wait()
        finally:
            self._worker.end()

    async def learn(self, vocabulary: Vocabulary) -> int:
        """Know these sentences from now on; raise VocabularyError for a language that has none."""
        model = await self._worker.do(self._load)
        sentences = await asyncio.to_thread(expand, vocabulary)
        self._recogniser = await asyncio.to_thread(Recogniser, model, sentences, spelling(vocabulary))
        _LOGGER.info("%d sentences of the home can be recognised", len(sentences))
        return len(sentences)

    async def transcribe(self, samples: Samples, language: str | None) -> str:  # noqa: ARG002
        """Return the sentence that was said, or nothing; raise BusyError when too much waits."""
        if (recogniser := self._recogniser) is None:
            _LOGGER.warning("nothing can be recognised: the home's words have not come yet")
            return ""
        recognition = await self._worker.hear(lambda: recogniser.recognise(samples))
        _LOGGER.debug("%.1f s: %s", len(samples) / RATE, recognition)
        return recognition.text

    def problems(self) -> Sequence[str]:
        """Say that there are no words of a home."""
        return () if self._recogniser is not None else ("no sentence is known",)

    def _load(self) -> Model:
        if self._model is None:
            self._model = Model(self._folder)
        return self._model
