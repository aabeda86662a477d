"""A turn with the model: deeds, a question, a refusal, a repair, speech as it comes, and hanging up."""

import asyncio
from contextlib import aclosing

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.agent.guard.risk import Policy
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.server import Server
from custom_components.athena.agent.llm.turn import Asked, Exchange, Part, Said
from custom_components.athena.agent.reading import Plan, Refusal, Which
from custom_components.athena.deed import Deed

from .conftest import model_of
from .homes import SATURDAY, asked
from .scripted import Scripted, calls, stays_silent, writes

ON = Deed(domain="light", action="turn_on", entities=("light.kitchen",))
OTHERS = {"data": [{"id": "gpt", "owned_by": "openai"}]}


async def _read(model: Model, what: Asked) -> list[Part]:
    async with aclosing(model.async_read(what)) as parts:
        return [part async for part in parts]


async def test_a_wish_becomes_a_plan(model: Model, server: Scripted) -> None:
    server.add(writes("do: turn", "_on | Kitchen", " Light"))
    assert await _read(model, asked("it's so dark in here")) == [Plan(steps=(ON,))]


async def test_llama_cpp_is_asked_with_a_grammar_a_slot_and_its_cache(model: Model, server: Scripted) -> None:
    server.add(writes("no: cannot"))
    await _read(model, asked("make me a sandwich"))
    (body,) = server.bodies
    assert body["grammar"].startswith("root ::= ")
    assert (body["cache_prompt"], body["id_slot"], body["temperature"], body["stream"]) == (True, 0, 0, True)
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    assert "tools" not in body
    assert body["max_tokens"] <= 200


async def test_another_server_gets_tools_and_none_of_that(hass: HomeAssistant, server: Scripted) -> None:
    server.models = OTHERS
    model = await model_of(hass, Server(url=server.url, model="gpt", api_key="secret"))
    server.add(calls(("do", '{"verb": "turn_on", "name": "Kitchen Light"}')))
    assert await _read(model, asked("it's so dark in here")) == [Plan(steps=(ON,))]
    (body,) = server.bodies
    assert not {"grammar", "id_slot", "cache_prompt", "chat_template_kwargs"} & body.keys()
    assert body["model"] == "gpt"
    assert 0 < len(body["tools"]) <= 8
    assert server.headers[-1]["Authorization"] == "Bearer secret"
    assert model.usage.prompt_tokens == 700


async def test_another_server_may_ask_act_on_several_and_refuse(hass: HomeAssistant, server: Scripted) -> None:
    server.models = OTHERS
    model = await model_of(hass, Server(url=server.url))
    server.add(
        calls(("ask", '{"verb": "turn_on", "names": ["Kitchen Light", "Counter Light"]}')),
        calls(
            ("do", '{"verb": "set_brightness", "value": "20", "name": "Kitchen Light"}'),
            ("do", '{"verb": "close", "name": "Blinds"}'),
        ),
        calls(("scene", '{"scene": "focus"}')),
        calls(("no", '{"why": "cannot"}')),
        writes("Paris. It lies on the Seine."),
    )
    (which,) = await _read(model, asked("light"))
    assert isinstance(which, Which)
    (plan,) = await _read(model, asked("film time"))
    assert isinstance(plan, Plan)
    assert [deed.action for deed in plan.deeds] == ["turn_on", "close_cover"]
    (scene,) = await _read(model, asked("let me work"))
    assert isinstance(scene, Plan)
    (refusal,) = await _read(model, asked("fly"))
    assert isinstance(refusal, Refusal)
    assert await _read(model, asked("what is the capital of France")) == [
        Said(text="Paris. "),
        Said(text="It lies on the Seine. "),
    ]


async def test_it_asks_which(model: Model, server: Scripted) -> None:
    server.add(writes("ask: turn_on | Kitchen Light; Counter Light"))
    (which,) = await _read(model, asked("light"))
    assert isinstance(which, Which)
    assert which.question == "Which one: Kitchen Light or Counter Light?"
    assert [option.names[0] for option in which.options] == ["Kitchen Light", "Counter Light"]


@pytest.mark.parametrize(("why", "line"), [("cannot", "I can't do that."), ("unclear", "I didn't catch that.")])
async def test_it_refuses_in_the_personas_words(model: Model, server: Scripted, why: str, line: str) -> None:
    server.add(writes(f"no: {why}"))
    (refusal,) = await _read(model, asked("make me a sandwich"))
    assert refusal == Refusal(speech=line, cause=f"model: {why}")


async def test_speech_comes_while_it_streams(model: Model, server: Scripted) -> None:
    server.add(stays_silent(after=("say: Blue light scatters.", " Most of")))
    async with aclosing(model.async_read(asked("why is the sky blue"))) as parts:
        assert await anext(parts) == Said(text="Blue light scatters. ")
    assert model.usage.first_ms is not None


async def test_what_cannot_be_used_is_mended_once(model: Model, server: Scripted) -> None:
    server.add(writes("do: turn_on | Cellar Light"), writes("do: turn_on | Kitchen Light"))
    assert await _read(model, asked("it's so dark")) == [Plan(steps=(ON,))]
    again = server.bodies[1]["messages"]
    assert again[:-2] == server.bodies[0]["messages"]  # what it has read it need not read again
    assert again[-2] == {"role": "assistant", "content": "do: turn_on | Cellar Light"}
    assert model.usage.rounds == 2
    assert model.usage.rejected == ["turn_on of what it cannot be said of"]


async def test_what_cannot_be_mended_is_not_done(
    model: Model, server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(writes("do: unlock | Front Door"), writes("do: unlock | Front Door"))
    (refusal,) = await _read(model, asked("let him in"))
    assert isinstance(refusal, Refusal)
    assert refusal.speech == "I didn't catch that."
    assert "unlock of what it cannot be said of" in caplog.text
    assert len(server.bodies) == 2


async def test_a_claim_is_mended_into_a_deed(model: Model, server: Scripted) -> None:
    server.add(writes("say: I've turned on the light."), writes("do: turn_on | Kitchen Light"))
    assert await _read(model, asked("it's so dark")) == [Plan(steps=(ON,))]


async def test_hanging_up_stops_the_server(model: Model, server: Scripted) -> None:
    server.add(stays_silent(after=("say: Well.", " ")))
    async with aclosing(model.async_read(asked("why"))) as parts:
        await anext(parts)
    async with asyncio.timeout(5):
        await server.gone.wait()


async def test_cancelling_the_turn_stops_the_server(model: Model, server: Scripted) -> None:
    begun = asyncio.Event()
    server.add(stays_silent(after=("say: Well.", " ")))

    async def read() -> None:
        async with aclosing(model.async_read(asked("why"))) as parts:
            async for _ in parts:
                begun.set()

    async with asyncio.TaskGroup() as group:
        turn = group.create_task(read())
        await begun.wait()
        turn.cancel()
    async with asyncio.timeout(5):
        await server.gone.wait()
    assert turn.cancelled()


async def test_what_it_took_is_told_by_the_server(model: Model, server: Scripted) -> None:
    server.add(writes("no: unclear"))
    await _read(model, asked("hm"))
    assert (model.usage.prompt_tokens, model.usage.cached_tokens, model.usage.generated_tokens) == (640, 600, 12)
    assert model.usage.ms > 0


async def test_it_reads_ahead_while_the_person_speaks(model: Model, server: Scripted) -> None:
    server.add(writes("x"), writes("no: unclear"))
    await model.async_prepare(asked("").around)
    await _read(model, asked("hm"))
    ahead, turn = server.bodies
    assert ahead["max_tokens"] == 1
    assert "grammar" not in ahead
    assert ahead["messages"][:-1] == turn["messages"][:-1]
    assert turn["messages"][-1]["content"].startswith(ahead["messages"][-1]["content"])


async def test_a_conversation_is_not_pushed_out_of_the_slot_by_reading_ahead(model: Model, server: Scripted) -> None:
    server.add(writes("no: unclear"), (500, {}), writes("x"))
    await _read(model, asked("hm"))
    await model.async_prepare(asked("").around)
    assert len(server.bodies) == 1
    await _read(model, asked("hm"))
    await model.async_prepare(asked("").around)  # after a fault it may have begun anew
    assert [body["max_tokens"] for body in server.bodies] == [200, 200, 1]


async def test_another_server_reads_nothing_ahead(hass: HomeAssistant, server: Scripted) -> None:
    server.models = OTHERS
    await (await model_of(hass, Server(url=server.url))).async_prepare(asked("").around)
    assert server.bodies == []


async def test_reading_ahead_may_fail_unheard(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add((500, {}))
    await model.async_prepare(asked("").around)
    assert "WARNING" not in caplog.text


async def test_it_is_reminded_of_a_bounded_history(hass: HomeAssistant, server: Scripted) -> None:
    model = await model_of(hass, Server(url=server.url, history=2))
    server.add(writes("no: unclear"))
    history = tuple(Exchange(said=f"said {number}", answered=f"answer {number}") for number in range(9))
    await _read(model, asked("hm", history=history))
    told = [message["content"] for message in server.bodies[0]["messages"]]
    assert told[1:-1] == ['"said 7"', "say: answer 7", '"said 8"', "say: answer 8"]


async def test_what_voice_may_open_reaches_the_grammar(model: Model, server: Scripted) -> None:
    server.add(writes("do: unlock | Front Door"), writes("no: cannot"))
    what = asked("let him in", policy=Policy(allowed=frozenset({"lock.front"})))
    (plan,) = await _read(model, what)
    assert isinstance(plan, Plan)
    assert '"unlock"' in server.bodies[0]["grammar"]
    await _read(model, asked("let him in"))
    assert '"unlock"' not in server.bodies[1]["grammar"]


async def test_the_time_is_said_last(model: Model, server: Scripted) -> None:
    server.add(writes("no: unclear"), writes("no: unclear"))
    await _read(model, asked("hm"))
    await _read(model, asked("hm", now=SATURDAY.replace(hour=23)))
    first, second = (body["messages"] for body in server.bodies)
    assert first[:-1] == second[:-1]
    assert first[-1] != second[-1]
