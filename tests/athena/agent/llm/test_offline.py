"""The server goes and comes back: said once each time, and people are told where it was long."""

import asyncio
import logging
from contextlib import aclosing

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.agent.llm import offline
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.offline import LONG, Reach
from custom_components.athena.agent.llm.server import OfflineError, Served
from custom_components.athena.agent.llm.turn import Part, Said
from custom_components.athena.agent.reading import Plan, Refusal

from .homes import asked
from .scripted import Scripted, writes

THERE = Served(models=("tiny",), is_llama_cpp=True)
OFFLINE = "I'm offline."
BACK = Said(text="I'm back online. ")


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def _there() -> Served:
    return THERE


async def _read(model: Model) -> list[Part]:
    async with aclosing(model.async_read(asked("why is the sky blue"))) as parts:
        return [part async for part in parts]


async def _go_away_and_come_back(model: Model, server: Scripted, seconds: float) -> None:
    """Let the server be away for so long."""
    clock = Clock()
    model.reach._clock = clock
    server.add((503, {}))
    (refusal,) = await _read(model)
    assert isinstance(refusal, Refusal)
    assert refusal.speech == OFFLINE
    clock.now += seconds


async def test_after_a_long_time_away_it_is_said_once_that_it_is_back(model: Model, server: Scripted) -> None:
    await _go_away_and_come_back(model, server, LONG)
    await model.reach.async_look()
    server.add(writes("say: Air."), writes("say: Air."))
    assert await _read(model) == [BACK, Said(text="Air. ")]
    assert await _read(model) == [Said(text="Air. ")]


async def test_it_is_said_before_a_deed_too(model: Model, server: Scripted) -> None:
    await _go_away_and_come_back(model, server, LONG)
    await model.reach.async_look()
    server.add(writes("do: turn_on | TV"))
    said, plan = await _read(model)
    assert said == BACK
    assert isinstance(plan, Plan)


async def test_after_a_short_time_away_nothing_is_said(model: Model, server: Scripted) -> None:
    await _go_away_and_come_back(model, server, LONG - 1)
    await model.reach.async_look()
    server.add(writes("say: Air."))
    assert await _read(model) == [Said(text="Air. ")]


async def test_an_answer_is_asked_for_though_it_was_away_a_moment_ago(model: Model, server: Scripted) -> None:
    await _go_away_and_come_back(model, server, 1)
    server.add(writes("say: Air."))
    assert await _read(model) == [Said(text="Air. ")]
    assert model.available


async def test_it_is_logged_once_that_it_is_away_and_once_that_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    reach = Reach(_there, Clock())
    await reach.async_look()
    for _ in range(5):
        reach.lose("HTTP 503")
    for _ in range(5):
        reach.find()
    told = [record.message for record in caplog.records if record.name == offline.__name__]
    assert told == ["The model is away: HTTP 503", "The model is back after 0 s"]


async def test_it_comes_back_by_itself(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    answers: list[Served | None] = [THERE, *[None] * 9, THERE]
    is_back, is_watched = asyncio.Event(), asyncio.Event()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await yield_once()

    async def yield_once() -> None:
        await hass.async_add_executor_job(int)

    async def probe() -> Served:
        if (served := answers.pop(0)) is None:
            raise OfflineError("nobody is there")
        (is_back if not answers else is_watched).set()
        return served

    monkeypatch.setattr(offline.asyncio, "sleep", pause)
    reach = Reach(probe, Clock())
    async with asyncio.TaskGroup() as group:
        watch = group.create_task(reach.async_watch())
        await is_watched.wait()
        assert reach.available
        reach.lose("nobody is there")
        assert not reach.available
        await is_back.wait()
        watch.cancel()
    assert reach.available
    assert pauses == [5, 10, 20, 40, 80, 120, 120, 120, 120, 120]


async def test_it_is_not_available_before_it_has_been_asked() -> None:
    assert not Reach(_there, Clock()).available
