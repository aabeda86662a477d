"""The model's process: it loads, it is left by its clients, it dies, and it is there again."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from athena_voice.llm.process import State

from ..conftest import until
from . import tiny_gguf
from .conftest import ENGINES, SYSTEM, Llm, conversation, options_of, serving_llm, timings

ENDLESS = "root ::= [a-z] root"
"""A grammar whose answers end with the context only."""
LONG = tiny_gguf.CONTEXT
"""Tokens: an answer of so many takes minutes, so who is answered after it was not made to wait for its end."""


def process_of(llm: Llm) -> int:
    """Return the id of the model's process."""
    pid = llm.service.process.pid
    assert pid is not None
    return pid


async def counted(llm: Llm, sample: str) -> float:
    async with llm.http.get(f"{llm.monitor}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(f"athena_voice_{sample} ")), 0.0)


@pytest.mark.parametrize("engine", ENGINES)
async def test_while_the_model_loads_clients_are_told_at_once(tiny: Path, engine: str) -> None:
    async with serving_llm(tiny, wait=False, **options_of(engine)) as llm:
        assert llm.service.process.state in {State.STARTING, State.LOADING}
        for path, ask in (("/health", llm.get(f"{llm.address}/health")), ("/v1/chat/completions", _ask(llm))):
            status, told = await ask
            assert (path, status, told["error"]["code"]) == (path, 503, 503)
            assert told["status"] in {"starting", "loading"}
        status, told = await llm.get(f"{llm.monitor}/health")
        assert (status, told["problems"]) == (503, ["the engine is not loaded yet"])
        await llm.ok()
        assert await llm.say("turn on the light")


async def _to_the_end(events: AsyncIterator[object]) -> None:
    async for event in events:
        assert event is not None, "it says that this was all"


async def _ask(llm: Llm) -> tuple[int, Any]:
    return await llm.post("/v1/chat/completions", conversation("turn on the light"))


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_client_that_goes_frees_the_model(tiny: Path, engine: str) -> None:
    async with serving_llm(tiny, context=LONG, answers=1, **options_of(engine)) as llm:
        async with llm.stream("talk", grammar=ENDLESS, max_tokens=-1) as events:
            assert (await anext(events))["choices"]
        assert await llm.say("turn on the light", grammar='root ::= "on"') == "on"
        assert await counted(llm, 'answers_total{outcome="cancelled"}') == 1
        assert await counted(llm, 'answers_total{outcome="ok"}') == 1


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_client_that_goes_while_its_prompt_is_evaluated_frees_the_model(tiny: Path, engine: str) -> None:
    async with serving_llm(tiny, context=LONG, answers=1, **options_of(engine)) as llm:
        asked = asyncio.create_task(llm.ask("turn on the light " * 20_000))
        await until(lambda: llm.service.inside == 1)
        asked.cancel()
        await until(lambda: llm.service.inside == 0)
        assert await llm.say("turn on the light", grammar='root ::= "on"') == "on"


@pytest.mark.parametrize("engine", ENGINES)
async def test_more_than_may_wait_are_told_that_it_is_busy(tiny: Path, engine: str) -> None:
    async with serving_llm(tiny, context=LONG, answers=1, waiting=1, **options_of(engine)) as llm:
        async with llm.stream("talk", grammar=ENDLESS, max_tokens=-1) as events:
            await anext(events)
            waits = asyncio.create_task(llm.say("turn on the light", grammar='root ::= "on"'))
            await until(lambda: llm.service.inside == 2)
            status, told = await llm.post("/v1/chat/completions", conversation("turn on the light"))
            assert (status, told["error"]["type"]) == (503, "unavailable_error")
            assert told["error"]["message"] == "this server is busy with 2 others; ask again"
            assert not waits.done()
        assert await waits == "on", "whoever waited is answered once the other has gone"


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_killed_process_is_back_by_itself(tiny: Path, engine: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with serving_llm(tiny, context=LONG, **options_of(engine)) as llm:
        async with llm.stream("talk", grammar=ENDLESS, max_tokens=-1) as events:
            await anext(events)
            os.kill(process_of(llm), signal.SIGKILL)
            with pytest.raises(aiohttp.ClientError):  # half an answer must not look like a whole one
                await _to_the_end(events)
        await until(lambda: llm.service.process.state is State.DOWN)
        status, told = await _ask(llm)
        assert status == 503
        assert told["status"] in {"down", "starting", "loading"}
        status, told = await llm.get(f"{llm.monitor}/health")
        assert (status, len(told["problems"])) == (503, 1)
        assert told["problems"][0].startswith("the model is ")
        await llm.ok()
        assert await llm.say("turn on the light")
        assert (await llm.get(f"{llm.monitor}/health"))[0] == 200
        assert await counted(llm, "model_starts") == 2
    died = [record.message for record in caplog.records if "killed by SIGKILL" in record.message]
    assert died == ["the model's process was killed by SIGKILL; it is started again in 0.5 s"]
    assert [record.message for record in caplog.records].count("language model server is ready") == 2


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_request_that_is_answered_whole_is_told_when_the_process_dies(tiny: Path, engine: str) -> None:
    async with serving_llm(tiny, context=LONG, **options_of(engine)) as llm:
        asked = asyncio.create_task(
            llm.post("/v1/chat/completions", conversation("talk", grammar=ENDLESS, max_tokens=-1))
        )
        await until(lambda: llm.service.inside == 1)
        os.kill(process_of(llm), signal.SIGKILL)
        status, told = await asked
        assert (status, told["error"]["type"]) == (503, "unavailable_error")


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_model_whose_memory_cannot_be_cut_still_evaluates_only_what_is_new(
    recurrent: Path, engine: str
) -> None:
    async with serving_llm(recurrent, answers=1, **options_of(engine)) as llm:
        texts = ("turn on the kitchen light", "open the bedroom window", "stop the music", "close the door")
        took = [timings(await llm.ask(text, system=SYSTEM)) for text in texts]
        alone = [await llm.say(text, system=SYSTEM) for text in texts]
        fresh = [await llm.say(text, system=SYSTEM, cache_prompt=False) for text in texts]
    assert took[0]["prompt_n"] > 100
    for later in took[2:]:
        assert later["cache_n"] > 100
        assert later["prompt_n"] < 100
    if engine == "llama-cpp-python":  # the other one is llama.cpp's own, and not ours to judge
        assert alone == fresh, "what was put back is what was there"


async def test_nothing_is_left_of_a_server_that_ended(tiny: Path) -> None:
    async with serving_llm(tiny, **options_of("llama-server")) as llm:
        pid, socket = process_of(llm), llm.service.process.socket
        assert socket is not None
        assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert not socket.parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
