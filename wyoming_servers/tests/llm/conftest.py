"""Real llama.cpp with models of random weights: by `llama-server` and by its Python package, where they are here."""

import asyncio
import importlib.util
import json
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import aiohttp
import pytest

from athena_voice.address import Address
from athena_voice.bounds import Bounds
from athena_voice.llm.process import State
from athena_voice.llm.service import LlmService
from athena_voice.web_server import serve_web

from ..conftest import DEADLINE_SECONDS, until
from . import tiny_gguf

SCRIPT: Final = Path(__file__).parents[3] / "script"
ENGINES: Final = ("llama-server", "llama-cpp-python")
_ONE_THREAD: Final = {"threads": 1}
"""More would wait for each other at each layer, for longer than such layers take, where the machine has more to do."""
SYSTEM: Final = "Answer the user. The home has a kitchen and a bedroom. " * 20
"""Long enough that it is worth remembering."""


def options_of(engine: str) -> dict[str, Any]:
    """Return the options of LlmService for an engine; the test is skipped where it is not here."""
    if engine == "llama-cpp-python":
        if importlib.util.find_spec("llama_cpp") is None:
            pytest.skip("llama-cpp-python is not in this environment: script/test llm has one with it")
        return {"engine": engine, **_ONE_THREAD}
    found = subprocess.run(
        [SCRIPT / "llama-server", "--there"], capture_output=True, text=True, check=False, timeout=60
    )
    if found.returncode:
        pytest.skip("there is no llama-server on this machine: script/llama-server fetches Debian's")
    return {"engine": engine, **_ONE_THREAD, "llama_server": Path(found.stdout.strip())}


def command_of(engine: str) -> tuple[str, ...]:
    """Return the same for the command."""
    return tuple(
        str(part) for name, value in options_of(engine).items() for part in (f"--{name.replace('_', '-')}", value)
    )


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose memory can be cut."""
    return tiny_gguf.make(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture(scope="session")
def recurrent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose memory cannot be cut."""
    return tiny_gguf.make(tmp_path_factory.mktemp("tiny") / "recurrent.gguf", recurrent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Llm:
    """A server that serves, and a client of it."""

    service: LlmService
    address: Address
    monitor: Address
    http: aiohttp.ClientSession

    async def post(self, path: str, body: object) -> tuple[int, Any]:
        """Ask for something; return the status and the JSON."""
        async with self.http.post(f"{self.address}{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def ask(self, text: str, *, system: str = "", **more: Any) -> dict[str, Any]:
        """Have the model answer."""
        status, told = await self.post("/v1/chat/completions", conversation(text, system=system, **more))
        assert status == 200, told
        answer: dict[str, Any] = told
        return answer

    async def say(self, text: str, **more: Any) -> str:
        """Return what the model answers."""
        words: str = (await self.ask(text, **more))["choices"][0]["message"]["content"]
        return words

    @asynccontextmanager
    async def stream(self, text: str, **more: Any) -> AsyncIterator[AsyncIterator[Any]]:
        """Have the model answer piece by piece; leaving the block closes the connection."""
        body = conversation(text, stream=True, **more)
        async with self.http.post(f"{self.address}/v1/chat/completions", json=body) as answer:
            assert answer.status == 200, await answer.text()
            assert answer.content_type == "text/event-stream"
            yield _events(answer)

    async def get(self, url: str) -> tuple[int, Any]:
        """Return the status and the JSON of an address."""
        async with self.http.get(url) as answer:
            return answer.status, await answer.json()

    async def ok(self) -> None:
        """Wait until the model is loaded."""
        await until(lambda: self.service.process.state is State.OK)


async def _events(answer: aiohttp.ClientResponse) -> AsyncIterator[Any]:
    async for line in answer.content:
        if line.startswith(b"data: "):
            data = line.removeprefix(b"data: ").strip()
            yield None if data == b"[DONE]" else json.loads(data)


def conversation(text: str, *, system: str = "", **more: Any) -> dict[str, Any]:
    """Return the body of a request."""
    messages = [{"role": "system", "content": system}] if system else []
    return {"messages": [*messages, {"role": "user", "content": text}], "temperature": 0, "max_tokens": 8, **more}


class ServingLlm(Protocol):
    """Serves a model for the length of a block."""

    def __call__(self, model: Path, **options: Any) -> AbstractAsyncContextManager[Llm]: ...


@asynccontextmanager
async def serving_llm(
    model: Path, *, wait: bool = True, bounds: Bounds | None = None, **options: Any
) -> AsyncIterator[Llm]:
    """Serve a model on free ports, until the end of the block; wait until it is loaded, or not."""
    service = await asyncio.to_thread(lambda: LlmService(model=str(model), **options))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    listening: asyncio.Future[Address] = loop.create_future()
    monitoring: asyncio.Future[Address] = loop.create_future()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(
            serve_web(
                *(service, Address("127.0.0.1", 0, "http"), stop, listening.set_result),
                bounds=bounds,
                monitor=Address("127.0.0.1", 0, "http"),
                on_monitoring=monitoring.set_result,
            )
        )
        timeout = aiohttp.ClientTimeout(total=DEADLINE_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as http:
                llm = Llm(service=service, address=await listening, monitor=await monitoring, http=http)
                if wait:
                    await llm.ok()
                yield llm
        finally:
            stop.set()


def timings(answer: Mapping[str, Any]) -> dict[str, int]:
    """Return the tokens that an answer took."""
    return {name: answer["timings"][name] for name in ("cache_n", "prompt_n", "predicted_n")}
