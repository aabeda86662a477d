"""The language model's server: which model, what runs it, and how it is."""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web

from .choice import AUTO, choose
from .engine import Wanted
from .front import Front
from .metrics import LlmMetrics
from .model_file import find
from .options import ANSWERS, CONTEXT, WAITING
from .process import ModelProcess, State
from .turnstile import Turnstile

_LOGGER = logging.getLogger(__name__)


class LlmService:
    """Serves one model, for a few clients at a time."""

    name = "language model server"

    def __init__(
        self,
        *,
        model: str,
        models: Path | None = None,
        engine: str = AUTO,
        llama_server: Path | None = None,
        context: int = CONTEXT,
        answers: int = ANSWERS,
        threads: int | None = None,
        waiting: int = WAITING,
    ) -> None:
        """Take the options of the command; raise SettingsError or EngineError for what cannot be. Blocking."""
        path = find(model, models)
        wanted = Wanted(model=path, context=context, at_once=answers, threads=threads, llama_server=llama_server)
        self._engine = choose(engine, wanted)
        self._folder = tempfile.TemporaryDirectory(prefix="athena-llm-")  # only this user can enter it
        self.process = ModelProcess(self._engine, path, Path(self._folder.name))
        self.metrics = LlmMetrics()
        self._turnstile = turnstile = Turnstile(self._engine.at_once, waiting)
        self.metrics.waiting.set_function(lambda: turnstile.waiting)
        self.metrics.up.set_function(lambda: self.process.state is State.OK)
        self.metrics.starts.set_function(lambda: self.process.starts)
        self._front = Front(self.process, turnstile, self.metrics)

    async def run(self, ready: Callable[[], None]) -> None:
        """Keep the model's process running; raise EngineError where it never can."""
        try:
            await self.process.run(ready)
        finally:
            await asyncio.to_thread(self._folder.cleanup)

    def problems(self) -> Sequence[str]:
        """Say how the model is, where it is not well."""
        match self.process.state:
            case State.OK:
                return []
            case State.DOWN:
                return ["the model is down: its process died and is started again"]
            case state:
                return [f"the model is {state}"]

    @property
    def at_once(self) -> int:
        """How many answers it can give at a time."""
        return self._engine.at_once

    @property
    def inside(self) -> int:
        """How many requests to the model are answered now, or wait."""
        return self._turnstile.inside

    async def handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        return await self._front.handle(asked)
