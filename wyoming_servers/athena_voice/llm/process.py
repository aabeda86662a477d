"""The process that has the model: started, watched, started again when it dies."""

import asyncio
import contextlib
import logging
import re
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import deque
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

import aiohttp

from ..errors import EngineError, ModelError
from .engine import LlmEngine

_LOGGER = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
"""Seconds before it is started again: twice as long each time, until it has lived for as long as this."""
_LOOK_SECONDS: Final = 0.05
"""Between two looks whether the model is loaded."""
_END_SECONDS: Final = 3.0
_LINES: Final = 200
"""Of what it said last; they tell why it ended."""
_LINE_BYTES: Final = 64 * 1024

_FAULT: Final = re.compile(r"\bE\b|error|fail|invalid|corrupt", re.IGNORECASE)
_OF_THE_MODEL: Final = re.compile(r"load\w* model|the model .* cannot be used", re.IGNORECASE)
_NOISE: Final = re.compile(r"^(\d+\.\d+\.\d+\.\d+ )?[IWE]?\s*(ERROR |\w+: )*")
"""What llama.cpp writes before a line's words: the time, the level, the functions."""


class State(StrEnum):
    """How the model is."""

    STARTING = "starting"
    LOADING = "loading"
    OK = "ok"
    DOWN = "down"


class ModelProcess:
    """Keeps one process alive that serves a model on a Unix socket."""

    def __init__(self, engine: LlmEngine, model: Path, folder: Path) -> None:
        """Take what starts it, and a folder for sockets that nobody else can enter."""
        self._engine = engine
        self._model = model
        self._folder = folder
        self._said: deque[str] = deque(maxlen=_LINES)
        self.state = State.STARTING
        self.starts = 0
        self.pid: int | None = None
        self.socket: Path | None = None
        """Where it serves now."""

    async def run(self, on_ok: Callable[[], None]) -> None:
        """Keep it running; `on_ok` is called each time the model is loaded.

        Raises ModelError, or EngineError, where it ends by itself before the model was ever loaded: another try would
        end alike.
        """
        pause, was_ok = FIRST_PAUSE, False
        while True:
            begun = time.monotonic()
            status = await self._live(on_ok)
            was_ok = was_ok or self.state is State.OK
            self.state = State.DOWN
            if not was_ok and status > 0:
                raise self._refusal(status)
            if time.monotonic() - begun > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            _LOGGER.warning("the model's process %s; it is started again in %.1f s", _ended(status), pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _live(self, on_ok: Callable[[], None]) -> int:
        """Start it, and return its exit status once it has ended."""
        self.state = State.STARTING
        self.starts += 1
        self._said.clear()
        socket = self._folder / f"{self.starts}.sock"  # its name tells llama-server that it is none of TCP
        async with self._started(socket) as process, asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(self._read(process))
            loading = tasks.create_task(self._loaded(socket, on_ok))
            status = await process.wait()
            loading.cancel()
            await reading
        socket.unlink(missing_ok=True)
        return status

    @contextlib.asynccontextmanager
    async def _started(self, socket: Path) -> AsyncIterator[Process]:
        command = self._engine.command(socket)
        _LOGGER.debug("starting %s", command)
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, limit=_LINE_BYTES
            )
        except OSError as err:
            raise EngineError(f"{self._engine.name} cannot be started: {err}") from err
        self.pid = process.pid
        try:
            yield process
        finally:
            self.pid = self.socket = None
            await _end(process)

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:  # a line longer than anybody reads
                continue
            if not line:
                return
            text = line.decode(errors="replace").rstrip()
            self._said.append(text)
            _LOGGER.debug("%s: %s", self._engine.name, text)

    async def _loaded(self, socket: Path, on_ok: Callable[[], None]) -> None:
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket))) as http:
            while not await self._answers(http):  # noqa: ASYNC110 (another process knows)
                await asyncio.sleep(_LOOK_SECONDS)
        self.socket = socket
        self.state = State.OK
        on_ok()

    async def _answers(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get("http://model/health") as answer:
                self.state = State.LOADING
                return answer.status == 200
        except (aiohttp.ClientError, OSError):  # it does not listen yet
            return False

    def _refusal(self, status: int) -> EngineError:
        faults = [line for line in self._said if _FAULT.search(line)] or list(self._said)
        reason = _NOISE.sub("", faults[0]) if faults else ""
        if any(_OF_THE_MODEL.search(line) for line in self._said):
            return ModelError(self._model, reason.removeprefix(f"the model {self._model} cannot be used: "))
        return EngineError(f"{self._engine.name} {_ended(status)}: {reason or 'it said nothing'}")


async def _end(process: Process) -> None:
    """End it, if it has not ended: it has nothing to lose."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
    await process.wait()


def _ended(status: int) -> str:
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return f"ended with status {status}"
