"""The home engine: nothing is downloaded, for pocketsphinx brings its acoustic model and its dictionary."""

import asyncio
import contextlib
import json
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version
from itertools import count
from typing import Final

import pocketsphinx  # noqa: F401 (its absence is to be noticed here, where it is told, not in the other process)
from wyoming.event import Event, async_write_event
from wyoming.info import AsrModel, AsrProgram, Attribution

from ...audio import Samples
from ...errors import EngineError
from ...wire import read_event
from ..engine import Learned, Recognition
from ..sentences import Sentence

_LOGGER = logging.getLogger(__name__)

_ATTEMPTS: Final = 2
_RESTART_SECONDS: Final = 1.0
_END_SECONDS: Final = 2.0
_LIMIT: Final = 1024 * 1024


class HomeEngine:
    """Talks to the process that decodes; starts it again when it ends."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._up = asyncio.Event()
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Event | None]] = {}
        self._learned: bytes | None = None

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told."""
        attribution = Attribution(name="CMU Sphinx", url="https://github.com/cmusphinx/pocketsphinx")
        pocketsphinx_version = version("pocketsphinx")
        return AsrProgram(
            name="Athena home engine",
            description="The sentences of this home, by pocketsphinx",
            attribution=attribution,
            installed=True,
            version=version("athena-voice"),
            prefers_noise_reduction_enabled=False,  # it is trained on speech as it is
            models=[
                AsrModel(
                    name="home",
                    description="US English, the sentences of this home",
                    attribution=attribution,
                    installed=True,
                    version=pocketsphinx_version,
                    languages=["en"],
                )
            ],
        )

    async def run(self) -> None:
        """Keep the process alive."""
        while True:
            status = await self._live()
            _LOGGER.error("the recogniser's process ended (status %s); it is started again", status)
            await asyncio.sleep(_RESTART_SECONDS)

    async def learn(self, sentences: Sequence[Sentence]) -> Learned:
        """Know these sentences from now on."""
        payload = json.dumps([(sentence.text, sentence.words) for sentence in sentences]).encode()
        answer = await self._ask("learn", payload)
        if answer.type != "learned":
            raise EngineError(str(answer.data.get("reason")))
        self._learned = payload
        return Learned(sentences=answer.data["sentences"], unpronounceable=tuple(answer.data["unpronounceable"]))

    async def recognise(self, samples: Samples) -> Recognition:
        """Return what was said."""
        data = (await self._ask("recognise", samples.tobytes())).data
        return Recognition(text=data["text"], heard=data["heard"], distance=data["distance"])

    async def _ask(self, kind: str, payload: bytes) -> Event:
        """Return the answer; once more of the next process, when this one ends over it."""
        for _ in range(_ATTEMPTS):
            await self._up.wait()
            answer = await self._request(kind, payload)
            if answer is not None:
                return answer
        raise EngineError(f"the recogniser's process ends over a {kind}")

    async def _request(self, kind: str, payload: bytes) -> Event | None:
        number = next(self._numbers)
        future: asyncio.Future[Event | None] = asyncio.get_running_loop().create_future()
        self._answers[number] = future
        try:
            if self._process is None or self._process.stdin is None:
                return None
            with contextlib.suppress(OSError):  # then it has ended, which its output says too
                await async_write_event(Event(type=kind, data={"number": number}, payload=payload), self._process.stdin)
            return await future
        finally:
            self._answers.pop(number, None)

    async def _live(self) -> int | None:
        """Run one process to its end; return its status."""
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "athena_voice.stt.decoding"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LIMIT,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            if self._learned is not None:
                await async_write_event(Event(type="learn", data={"number": 0}, payload=self._learned), process.stdin)
            self._up.set()
            while (answer := await read_event(process.stdout)) is not None:
                future = self._answers.pop(answer.data.get("number", 0), None)
                if future is not None and not future.done():
                    future.set_result(answer)
        finally:
            self._up.clear()
            self._process = None
            await _end(process)
            for future in self._answers.values():
                if not future.done():
                    future.set_result(None)
        return process.returncode


async def _end(process: asyncio.subprocess.Process) -> None:
    """Let the process end, or make it."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_END_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
