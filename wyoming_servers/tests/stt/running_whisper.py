"""Whisper, running, with a model that the test makes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from athena_voice.stt.engines.faster_whisper import FasterWhisperEngine
from athena_voice.stt.service import SttService

SAID = "it knows what anybody says"


def whisper(model: Path, home: Path) -> SttService:
    return SttService(home=home, engine="faster-whisper", model=str(model), device="cpu")


@asynccontextmanager
async def loaded(model: Path) -> AsyncIterator[FasterWhisperEngine]:
    """Run an engine until the end of the block."""
    async with asyncio.TaskGroup() as tasks:
        engine = FasterWhisperEngine(model=str(model), device="cpu")
        task = tasks.create_task(engine.run(lambda: None))
        try:
            yield engine
        finally:
            task.cancel()
