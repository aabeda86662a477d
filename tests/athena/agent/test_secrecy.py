"""A PIN stands nowhere: not in what Athena keeps, nor in what Home Assistant shows to who debugs its assistants."""

import asyncio
import json
import logging
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.components.conversation.chat_log import DATA_CHAT_LOGS
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.athena.agent.reading import Plan
from custom_components.athena.agent.tiers.resolver import ResolverTier
from custom_components.athena.agent.tiers.tier import Turn
from custom_components.athena.diagnostics import async_get_config_entry_diagnostics

from ..saying import AGENT, Speaker, async_settle, expose

PIN = "97531246"


@pytest.fixture
async def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody at a locked door that opens by a PIN, in a home that writes down all it may."""
    expose(hass, "lock.front_door")
    await hass.services.async_call("lock", "lock", {"entity_id": "lock.front_door"}, blocking=True)
    await async_settle(hass, athena, voice_pin=PIN, record_transcripts=True, record_events=True)
    return Speaker(hass)


async def _written(hass: HomeAssistant, athena: MockConfigEntry) -> str:
    """Return all that is kept of the last turns."""
    kept: list[Any] = [
        athena.runtime_data.traces.as_list(with_texts=True),
        await async_get_config_entry_diagnostics(hass, athena),
        [trace.as_dict() for trace in async_get_traces()],
        [log.as_dict() for log in hass.data[DATA_CHAT_LOGS].values()],
    ]
    if (pipelines := hass.data.get(KEY_ASSIST_PIPELINE)) is not None:
        runs = [run for runs in pipelines.pipeline_debug.values() for run in runs.values()]
        kept.append([event.data for run in runs for event in run.events])
    return json.dumps(kept, default=str)


@pytest.mark.parametrize("said", [PIN, f"It's {PIN}.", "97 53 12 46", "nine seven five three one two four six"])
async def test_a_pin_that_was_asked_for(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    await speaker.says("unlock the front door")
    with caplog.at_level(logging.DEBUG, "custom_components.athena"):
        assert await speaker.says(said) == "Front Door unlocked."
    assert said not in await _written(hass, athena)
    assert said not in "".join(one.getMessage() for one in caplog.records if one.name.startswith("custom_comp"))


@pytest.mark.parametrize("said", ["9753 hm 12 er 46", "nine one won for ate"])
async def test_one_that_was_heard_badly(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, said: str
) -> None:
    await speaker.says("unlock the front door")
    await speaker.says(said)
    assert said not in await _written(hass, athena)


async def test_one_that_nobody_asked_for(hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker) -> None:
    said = f"unlock the front door my pin is {PIN}"
    await speaker.says(said)
    assert PIN not in await _written(hass, athena)
    assert hass.states.is_state("lock.front_door", "locked")


async def test_one_whose_turn_is_broken_off(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_read = asyncio.Event()

    async def reads_for_ever(_tier: ResolverTier, _turn: Turn) -> Plan:
        is_read.set()
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(ResolverTier, "async_read", reads_for_ever)
    turn = hass.async_create_task(
        conversation.async_converse(hass, f"hm {PIN}", None, Context(), agent_id=AGENT, language="en")
    )
    await is_read.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert PIN not in json.dumps([trace.as_dict() for trace in async_get_traces()], default=str)


async def test_one_that_was_said_to_an_assistant(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "assist_pipeline", {})
    pipelines = hass.data[KEY_ASSIST_PIPELINE]
    nothing = ("stt_engine", "stt_language", "tts_engine", "tts_language", "tts_voice", "wake_word_entity")
    pipeline = await pipelines.pipeline_store.async_create_item(
        {
            "name": "Hall",
            "language": "en",
            "conversation_engine": AGENT,
            "conversation_language": "en",
            "wake_word_id": None,
            **dict.fromkeys(nothing),
        }
    )
    client = await hass_ws_client(hass)
    run = {"type": "assist_pipeline/run", "start_stage": "intent", "end_stage": "intent", "pipeline": pipeline.id}
    conversation_id, answers = None, []
    for said in ("unlock the front door", PIN):
        await client.send_json_auto_id({**run, "input": {"text": said}, "conversation_id": conversation_id})
        kind = None
        while kind != "run-end":
            event = (await client.receive_json()).get("event") or {}
            kind = event.get("type")
            if kind == "intent-end":
                output = event["data"]["intent_output"]
                conversation_id = output["conversation_id"]
                answers.append(output["response"]["speech"]["plain"]["speech"])
    assert answers == ["Your PIN?", "Front Door unlocked."]
    written = await _written(hass, athena)
    assert "unlock the front door" in written, "all else is there"
    assert PIN not in written
