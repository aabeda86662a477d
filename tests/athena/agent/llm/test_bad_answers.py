"""Whatever the server sends: the persona's line, a word in the log that names the cause, and no deed."""

import time
from contextlib import aclosing

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.agent.llm import client
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.server import Server
from custom_components.athena.agent.llm.turn import Part, Said
from custom_components.athena.agent.reading import Refusal

from .conftest import model_of
from .homes import asked
from .scripted import Play, Scripted, calls, event, never_ends, sends, stays_silent, writes

OTHERS = {"data": [{"id": "gpt", "owned_by": "openai"}]}
WRONG = "Something went wrong."
UNHEARD = "I didn't catch that."
OFFLINE = "I'm offline."


async def _read(model: Model) -> list[Part]:
    async with aclosing(model.async_read(asked("it's so dark in here"))) as parts:
        return [part async for part in parts]


async def _line(model: Model) -> str:
    """Return what is said of a turn that comes to nothing."""
    *spoken, last = await _read(model)
    assert spoken == []
    assert isinstance(last, Refusal)
    return last.speech


async def test_garbage(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(writes("@@#! ggg {{{ \x07"), writes("@@#! ggg"))
    assert await _line(model) == UNHEARD
    assert "a line that is none of ours" in caplog.text


async def test_garbage_instead_of_a_stream(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(sends(b"<html>hello</html>"))
    assert await _line(model) == WRONG
    assert "no stream of events" in caplog.text


async def test_events_that_are_no_json(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(sends(b"data: {nope\n\n"))
    assert await _line(model) == WRONG
    assert "not JSON" in caplog.text


@pytest.mark.parametrize(
    "raw", [b"data: 7\n\n", b"data: []\n\n", b'data: {"choices": 5}\n\n', b'data: {"choices": [{"delta": 3}]}\n\n']
)
async def test_events_of_another_shape(model: Model, server: Scripted, raw: bytes) -> None:
    server.add(*[sends(raw, b"data: [DONE]\n\n")] * 2)
    assert await _line(model) in (WRONG, UNHEARD)


async def test_not_utf_8(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(sends(b'data: {"choices": [{"delta": {"content": "\xff\xfe\xff"}}]}\n\n'))
    assert await _line(model) == WRONG
    assert "not UTF-8" in caplog.text


async def test_half_a_json(hass: HomeAssistant, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.models = OTHERS
    half = ("do", '{"verb": "turn_on", "name": "Kitch')
    server.add(calls(half), calls(half))
    assert await _line(await model_of(hass, Server(url=server.url))) == UNHEARD
    assert "no JSON" in caplog.text


@pytest.mark.parametrize(
    "call",
    [
        ("do", '{"verb": "unlock", "name": "Front Door"}'),
        ("do", '{"verb": "open", "name": "Garage Door"}'),
        ("do", '{"verb": "turn_on", "name": "light.secret"}'),
        ("do", '{"verb": "turn_on", "name": "Kitchen Light\\ndo: unlock | Front Door"}'),
        ("do", '["turn_on"]'),
        ("do", "7"),
        ("HassTurnOff", '{"name": "all"}'),
        ("", "{}"),
        ("homeassistant.restart", "{}"),
        ("scene", '{"scene": "party"}'),
        ("ask", '{"verb": "unlock", "names": ["Front Door", "Garage Door"]}'),
    ],
)
async def test_tool_calls_for_what_it_may_not_touch(
    hass: HomeAssistant, server: Scripted, call: tuple[str, str]
) -> None:
    server.models = OTHERS
    server.add(calls(call), calls(call))
    assert await _line(await model_of(hass, Server(url=server.url))) == UNHEARD


async def test_200_tool_calls(hass: HomeAssistant, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.models = OTHERS
    many = [("do", '{"verb": "turn_on", "name": "Kitchen Light"}')] * 200
    server.add(calls(*many), calls(*many))
    assert await _line(await model_of(hass, Server(url=server.url))) == UNHEARD
    assert "more than 10 deeds" in caplog.text


async def test_200_lines(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(*[writes(*["do: turn_on | Kitchen Light\n"] * 200)] * 2)
    assert await _line(model) == UNHEARD
    assert "more than 10 deeds" in caplog.text


@pytest.mark.parametrize("after", [(), ("do: turn_on | Kitchen Light\n",)])
async def test_nothing_for_60_s(
    model: Model,
    server: Scripted,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    after: tuple[str, ...],
) -> None:
    monkeypatch.setattr(client, "FIRST_WITHIN", 0.2)
    monkeypatch.setattr(client, "IDLE_FOR", 0.2)
    server.add(stays_silent(after))
    begun = time.monotonic()
    assert await _line(model) == WRONG
    assert time.monotonic() - begun < 8
    assert "does not answer in time" in caplog.text


async def test_http_500(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add((500, {"error": {"message": "it's so dark in here"}}))
    assert await _line(model) == WRONG
    assert "HTTP 500" in caplog.text
    assert "so dark" not in caplog.text  # a server may send back what was said


async def test_http_401(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add((401, {"error": {"message": "Invalid API key"}}))
    assert await _line(model) == WRONG
    assert "the key is refused" in caplog.text


@pytest.mark.parametrize("status", [400, 404])
async def test_a_wrong_model_name(
    model: Model, server: Scripted, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    server.add((status, {"error": {"message": "The model `gpt-9` does not exist"}}))
    assert await _line(model) == WRONG
    assert "no model of that name" in caplog.text


async def test_a_model_that_is_still_loading(model: Model, server: Scripted) -> None:
    server.add((503, {"error": {"message": "Loading model"}}))
    assert await _line(model) == OFFLINE
    assert not model.available


@pytest.mark.parametrize(
    "play",
    [
        sends(event({"content": "do: turn_on | Kitchen Light\n"}), drops=True),
        sends(event({"content": "do: turn_on | Kitchen Light\n"})),  # no word that this was all
        sends(event({"content": "do: turn_on | Kitchen Light\n"}), b'data: {"error": {"code": 500}}\n\n'),
    ],
)
async def test_a_connection_dropped_in_the_middle(
    model: Model, server: Scripted, caplog: pytest.LogCaptureFixture, play: Play
) -> None:
    server.add(play)
    assert await _line(model) == WRONG
    assert "in the middle" in caplog.text


async def test_a_connection_dropped_in_the_middle_of_speech(model: Model, server: Scripted) -> None:
    server.add(sends(event({"content": "say: Well. That is "}), drops=True))
    said, last = await _read(model)
    assert said == Said(text="Well. ")
    assert isinstance(last, Refusal)


async def test_an_empty_answer(model: Model, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.add(writes(""), writes())
    assert await _line(model) == UNHEARD
    assert "it is empty" in caplog.text


@pytest.mark.parametrize("piece", ["do: turn_on | Kitchen Light\n", "x", "\n", "<think>hm"])
async def test_a_stream_without_an_end(model: Model, server: Scripted, piece: str) -> None:
    server.add(never_ends(piece), never_ends(piece))
    assert await _line(model) == UNHEARD


async def test_speech_without_an_end(model: Model, server: Scripted) -> None:
    server.add(never_ends(" and so on."), never_ends("say: more. "))
    server.plays[0] = never_ends("say: and so on. ")
    parts = await _read(model)
    assert sum(len(part.text) for part in parts if isinstance(part, Said)) < 500


async def test_a_line_of_the_stream_without_an_end(
    model: Model, server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(sends(b"data: " + b"x" * (client.LONGEST_LINE + 1)))
    assert await _line(model) == WRONG
    assert "does not end" in caplog.text


async def test_nobody_there(hass: HomeAssistant, server: Scripted, unused_tcp_port: int) -> None:
    model = await model_of(hass, Server(url=f"http://127.0.0.1:{unused_tcp_port}/v1"))
    assert await _line(model) == OFFLINE


@pytest.mark.parametrize("models", ["hello", [], {"data": "x"}, {"data": [7]}, {}])
async def test_no_server_for_models_at_all(hass: HomeAssistant, server: Scripted, models: object) -> None:
    server.models = models
    assert await _line(await model_of(hass, Server(url=server.url))) in (WRONG, OFFLINE)
    assert server.bodies == []
