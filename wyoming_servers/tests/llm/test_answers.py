"""What a client gets from a model that is loaded, with each engine."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from athena_voice.web_server import MOST_BYTES

from .conftest import ENGINES, SYSTEM, Llm, options_of, serving_llm, timings

NAMES = ("kitchen lamp", "bedroom blinds", "fan")
GRAMMAR = r"""
root ::= deed ("\n" deed)?
deed ::= ("on" | "off") " " name
name ::= "kitchen lamp" | "bedroom blinds" | "fan"
"""
WITHIN = re.compile(rf"((on|off) ({'|'.join(NAMES)}))(\n(on|off) ({'|'.join(NAMES)}))?")
COMPLETIONS = 200
"""10,000 of them are `script/bench llm`'s."""


@pytest.fixture(scope="module", params=ENGINES)
async def llm(request: pytest.FixtureRequest, tiny: Path) -> AsyncIterator[Llm]:
    """A server that is loaded."""
    async with serving_llm(tiny, **options_of(request.param)) as server:
        yield server


async def test_a_conversation_is_answered(llm: Llm) -> None:
    answer = await llm.ask("turn on the light")
    assert answer["choices"][0]["message"]["role"] == "assistant"
    assert answer["choices"][0]["finish_reason"] in {"stop", "length"}
    assert answer["usage"]["completion_tokens"] == answer["timings"]["predicted_n"] <= 8
    assert await llm.get(f"{llm.address}/health") == (200, {"status": "ok"})
    status, told = await llm.get(f"{llm.monitor}/health")
    assert (status, told["server"], told["problems"]) == (200, "language model server", [])


async def test_a_client_learns_which_model_it_is(llm: Llm) -> None:
    _, models = await llm.get(f"{llm.address}/v1/models")
    assert [model["id"] for model in models["data"]] == ["tiny"]
    status, props = await llm.get(f"{llm.address}/props")
    assert status == 200
    assert props["default_generation_settings"]["n_ctx"] == 4096
    assert props["total_slots"] == llm.service.at_once


async def test_an_answer_is_streamed_as_it_is_made(llm: Llm) -> None:
    whole = await llm.say("which lamp is on", max_tokens=16)
    async with llm.stream("which lamp is on", max_tokens=16, timings_per_token=True) as events:
        pieces = [event async for event in events]
    assert pieces[-1] is None, "it ends with [DONE]"
    deltas = [piece["choices"][0]["delta"] for piece in pieces[:-1] if piece["choices"]]
    texts = [delta["content"] for delta in deltas if delta.get("content")]
    assert len(texts) > 4
    assert "".join(texts) == whole
    assert any(timings(piece)["predicted_n"] for piece in pieces[:-1] if "timings" in piece)


async def test_the_same_question_gets_the_same_answer_at_temperature_0(llm: Llm) -> None:
    assert await llm.say("what is on", cache_prompt=False) == await llm.say("what is on", cache_prompt=False)


async def test_random_weights_say_nothing_that_the_grammar_has_not(llm: Llm) -> None:
    async def one(seed: int) -> str:
        return await llm.say("turn it on", grammar=GRAMMAR, temperature=1.5, seed=seed, max_tokens=64)

    said = [await one(seed) for seed in range(COMPLETIONS)]
    assert [words for words in said if not WITHIN.fullmatch(words)] == []
    assert {name for name in NAMES if any(name in words for words in said)} == set(NAMES), "it did choose"
    assert not WITHIN.fullmatch(await llm.say("turn it on", max_tokens=64)), "without a grammar it says anything"


async def test_the_second_turn_evaluates_only_what_is_new(llm: Llm) -> None:
    async def tokens(text: str) -> int:
        _, told = await llm.post("/tokenize", {"content": text})
        return len(told["tokens"])

    first = timings(await llm.ask("turn on the kitchen light", system=SYSTEM, id_slot=0))
    second = timings(await llm.ask("open the bedroom window", system=SYSTEM, id_slot=0))
    known, new = await tokens(SYSTEM), await tokens("open the bedroom window<|im_end|>\n<|im_start|>assistant\n")
    assert first["prompt_n"] > known
    assert second["cache_n"] >= known
    assert second["prompt_n"] <= new + 1
    fresh = timings(await llm.ask("open the bedroom window", system=SYSTEM, id_slot=0, cache_prompt=False))
    assert fresh["cache_n"] == 0


async def test_a_prompt_can_be_evaluated_before_it_is_needed(llm: Llm) -> None:
    system = SYSTEM.replace("kitchen", "door")
    warmed = await llm.ask("", system=system, id_slot=0, max_tokens=0)
    asked = timings(await llm.ask("close it", system=system, id_slot=0))
    assert timings(warmed)["prompt_n"] > 100
    assert asked["cache_n"] > 100
    assert asked["prompt_n"] < 40


async def test_two_clients_at_once_are_both_answered(llm: Llm) -> None:
    alone = [await llm.say(text, cache_prompt=False) for text in ("turn on the fan", "lock the door")]
    together = await asyncio.gather(
        *(llm.say(text, cache_prompt=False) for text in ("turn on the fan", "lock the door"))
    )
    assert together == alone


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"grammar": "root ::= ("}, id="a broken grammar"),
        pytest.param({"grammar": 'other ::= "a"'}, id="a grammar without a root"),
        pytest.param({"messages": "turn on the light"}, id="messages that are none"),
        pytest.param({"messages": [{"role": 5}]}, id="a message without words"),
    ],
)
async def test_what_cannot_be_asked_is_refused_and_changes_nothing(llm: Llm, wrong: dict[str, Any]) -> None:
    body = {"messages": [{"role": "user", "content": "turn on the light"}], "max_tokens": 4, **wrong}
    status, told = await llm.post("/v1/chat/completions", body)
    assert 400 <= status < 600, told
    assert told["error"]["message"]
    assert await llm.say("turn on the light"), "it still serves"


async def test_half_a_json_is_refused(llm: Llm) -> None:
    async with llm.http.post(f"{llm.address}/v1/chat/completions", data=b'{"messages": [{"ro') as answer:
        assert answer.status in {400, 500}
        assert (await answer.json())["error"]["message"]
    assert await llm.say("turn on the light")


async def test_a_prompt_that_the_context_has_no_room_for_is_refused_by_its_length(llm: Llm) -> None:
    body = {"messages": [{"role": "user", "content": "turn on the light " * 3000}], "max_tokens": 4}
    status, told = await llm.post("/v1/chat/completions", body)
    assert status == 400
    assert told["error"]["type"] == "exceed_context_size_error"
    assert "4096" in told["error"]["message"]
    assert await llm.say("turn on the light")


async def test_a_request_without_end_is_refused(llm: Llm) -> None:
    async with llm.http.post(f"{llm.address}/v1/chat/completions", data=io.BytesIO(b" " * (MOST_BYTES + 1))) as answer:
        assert answer.status == 413


async def test_a_web_page_may_not_use_the_model(llm: Llm) -> None:
    async with llm.http.get(f"{llm.address}/v1/models", headers={"Origin": "https://example.org"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("path", ["/", "/v1/embeddings", "/metrics", "/slots/../props"])
async def test_only_what_the_agent_needs_is_passed_on(llm: Llm, path: str) -> None:
    status, told = await llm.post(path, {})
    assert (status, told["error"]["type"]) == (404, "not_found_error")


async def test_tokens_and_answers_are_counted(llm: Llm) -> None:
    async def counted() -> dict[str, float]:
        async with llm.http.get(f"{llm.monitor}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
        return {name: float(value) for name, _, value in pairs}

    before = await counted()
    answer = timings(await llm.ask("turn off the fan"))
    after = await counted()
    kinds = {"cached": "cache_n", "evaluated": "prompt_n", "predicted": "predicted_n"}
    for kind, name in kinds.items():
        sample = f'athena_voice_tokens_total{{kind="{kind}"}}'
        assert after[sample] - before.get(sample, 0) == answer[name]
    assert after["athena_voice_model_up"] == 1
    assert after["athena_voice_model_starts"] == 1
