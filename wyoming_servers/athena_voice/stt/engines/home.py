"""The home engine: nothing is downloaded, for the package `moonshine-voice` brings the speech model."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Final

from wyoming.info import AsrModel, AsrProgram, Attribution

from ...audio import Samples
from ...errors import BusyError, EngineError
from ..engine import Learned, Recognition
from ..recogniser.model import Model, folder_of_package
from ..recogniser.recogniser import LANGUAGE, Recogniser
from ..sentences import Sentence

QUEUE: Final = 8
"""Utterances that may be in hand: one is recognised, the others wait; the next is told `busy`."""


class HomeEngine:
    """Recognises in a thread of its own, one utterance after the other."""

    def __init__(self) -> None:
        """Find the model; raise MissingExtraError where it is not installed."""
        self._folder = folder_of_package()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="home-engine")
        self._model: Model | None = None  # the worker's
        self._recogniser: Recogniser | None = None
        self._in_hand = 0

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

    async def run(self) -> None:
        """Load the model; raise EngineError when it cannot be."""
        try:
            await self._do(self._load)
            await asyncio.Event().wait()
        finally:
            self._worker.shutdown(wait=False, cancel_futures=True)

    async def learn(self, sentences: Sequence[Sentence]) -> Learned:
        """Know these sentences from now on."""
        model = await self._do(self._load)
        self._recogniser = await asyncio.to_thread(Recogniser, model, sentences)
        return Learned(sentences=len(sentences))

    async def recognise(self, samples: Samples) -> Recognition:
        """Return what was said; raise BusyError when too much waits."""
        if self._in_hand >= QUEUE:
            raise BusyError(QUEUE)
        if (recogniser := self._recogniser) is None:
            raise EngineError("no sentences have been learned yet")
        self._in_hand += 1
        try:
            return await self._do(lambda: recogniser.recognise(samples))
        finally:
            self._in_hand -= 1

    async def _do[T](self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _load(self) -> Model:
        if self._model is None:
            self._model = Model(self._folder)
        return self._model
