"""The model tier against the real llama.cpp, with a model of random weights behind `athena-voice llm`."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_socket
from homeassistant.core import HomeAssistant

from custom_components.athena.agent.llm import model as front
from custom_components.athena.agent.llm.body import body_of
from custom_components.athena.agent.llm.client import Client
from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.server import Server
from custom_components.athena.agent.llm.turn import Part, Usage
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Refusal
from script.agent.random_model import async_tally, command_of, llama_server, make_model, until_there
from script.house.ports import Ports
from tests.athena.agent.llm.homes import asked

COMPLETIONS = 25
"""The bench does 10,000: `script/bench agent_grammar`."""
ENDLESS = 'root ::= "<think>" [a-z ]+'
LONG = 8000
"""Tokens: more than any of these tests waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where the model is, and the process that minds it."""

    url: str
    port: int
    pid: int


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run the server with a tiny model; skip where this machine has no llama.cpp."""
    if (program := llama_server()) is None:
        pytest.skip("there is no llama-server on this machine: script/llama-server fetches Debian's")
    pytest_socket.enable_socket()
    file, port = make_model(tmp_path_factory.mktemp("model")), Ports.free().wake
    with subprocess.Popen(command_of(program, file, port)) as process:
        try:
            asyncio.run(until_there(port))
            yield Served(url=f"http://127.0.0.1:{port}/v1", port=port, pid=process.pid)
        finally:
            process.terminate()


@pytest.fixture
async def model(hass: HomeAssistant, served: Served) -> Model:
    """Return the model that is to be asked."""
    language = await hass.async_add_executor_job(load_language, "en")
    persona = await hass.async_add_executor_job(load_persona, "en")
    return Model(hass, Server(url=served.url), language, persona)


def _endless(
    server: Server, messages: Sequence[Mapping[str, str]], _grammar: str, tools: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return body_of(server, messages, ENDLESS, tools) | {"max_tokens": LONG}


async def _read(model: Model) -> list[Part]:
    async with aclosing(model.async_read(asked("it's so dark in here"))) as parts:
        return [part async for part in parts]


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.01)


def _writes(usage: Usage) -> bool:
    return (usage.generated_tokens or 0) > 3


async def test_random_weights_name_nothing_that_the_home_lacks_and_nothing_forbidden(served: Served) -> None:
    tally = await async_tally(served.url, "manor", COMPLETIONS)
    assert (tally.completions, tally.lacking, tally.forbidden) == (COMPLETIONS, [], [])
    assert len(tally.kinds) > 1


async def test_it_is_known_to_be_llama_cpp(model: Model) -> None:
    await model.reach.async_look()
    assert model.available
    assert model.reach.served is not None
    assert model.reach.served.is_llama_cpp
    assert model.reach.served.models == ("tiny",)


async def test_what_was_read_ahead_need_not_be_read_again(model: Model) -> None:
    await model.async_prepare(asked("").around)
    parts = await _read(model)
    assert parts
    usage = model.usage
    assert usage.prompt_tokens is not None
    assert usage.cached_tokens is not None
    assert usage.cached_tokens > 0.8 * usage.prompt_tokens


async def test_the_answer_comes_while_it_is_made(hass: HomeAssistant, served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        body = body_of(Server(), [{"role": "user", "content": "?"}], ENDLESS, ()) | {"max_tokens": 40}
        async with aclosing(Client(session, Server(url=served.url)).async_complete(body, 60, 60)) as pieces:
            written = [piece.text async for piece in pieces]
    assert sum(map(bool, written)) > 10


async def test_hanging_up_stops_it(model: Model, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "body_of", _endless)
    monkeypatch.setattr(front, "WITHIN", 60.0)
    async with asyncio.TaskGroup() as group:
        turn = group.create_task(_read(model))
        await _until(lambda: _writes(model.usage))
        turn.cancel()
    monkeypatch.setattr(front, "body_of", body_of)
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{served.port}/slots") as response:
                slots = await response.json()
            if not any(slot["is_processing"] for slot in slots):
                break
    told = [part.get("n_decoded", 0) for slot in slots for part in slot.get("next_token") or ()]
    assert all(decoded < LONG for decoded in told)


async def test_the_deadline_holds(
    model: Model, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await model.reach.async_look()
    monkeypatch.setattr(front, "body_of", _endless)
    monkeypatch.setattr(front, "WITHIN", 0.5)
    (refusal,) = await _read(model)
    assert isinstance(refusal, Refusal)
    assert refusal.speech == "Something went wrong."
    assert "does not answer in time" in caplog.text


async def test_killed_in_the_middle_of_a_turn_it_ends_in_the_personas_words_and_the_server_is_back_by_itself(
    model: Model, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    await model.reach.async_look()
    monkeypatch.setattr(front, "body_of", _endless)
    monkeypatch.setattr(front, "WITHIN", 60.0)
    async with asyncio.TaskGroup() as group:
        turn = group.create_task(_read(model))
        await _until(lambda: _writes(model.usage))
        killed = _llama_servers(served.pid)
        assert killed
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
    (refusal,) = turn.result()
    assert isinstance(refusal, Refusal)
    assert refusal.speech in {"Something went wrong.", "I'm offline."}
    monkeypatch.setattr(front, "body_of", body_of)
    await until_there(served.port)
    parts = await _read(model)
    assert parts
    assert model.usage.generated_tokens


def _llama_servers(pid: int) -> list[int]:
    """Return the processes below one that run the model."""
    below = [int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()]
    found = [one for one in below if b"llama-server" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return found + [one for child in below for one in _llama_servers(child)]
