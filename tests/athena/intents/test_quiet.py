"""In quiet hours Home Assistant's own pipeline says nothing (PRD §7, phase 4)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

type Events = Callable[[str], Awaitable[list[str]]]


@pytest.fixture
async def events(hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Events:
    """Return what runs a pipeline in the bedroom from words to voice, and returns the types of its events."""
    assert await async_setup_component(hass, "tts", {"tts": {"platform": "demo"}})
    assert await async_setup_component(hass, "assist_pipeline", {})
    await hass.async_block_till_done()
    socket = await hass_ws_client(hass)
    none = dict.fromkeys(
        ("stt_engine", "stt_language", "tts_voice", "wake_word_entity", "wake_word_id"),
    )
    await socket.send_json_auto_id(
        {
            "type": "assist_pipeline/pipeline/create",
            "name": "Athena",
            "language": "en",
            "conversation_engine": "conversation.athena",
            "conversation_language": "en",
            "tts_engine": "demo",
            "tts_language": "en",
            **none,
        }
    )
    pipeline = (await socket.receive_json())["result"]["id"]
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "satellite")}, suggested_area="Bedroom"
    )

    async def run(text: str) -> list[str]:
        await socket.send_json_auto_id(
            {
                "type": "assist_pipeline/run",
                "start_stage": "intent",
                "end_stage": "tts",
                "input": {"text": text},
                "pipeline": pipeline,
                "device_id": device.id,
            }
        )
        found: list[str] = []
        while not found or found[-1] != "run-end":
            message: dict[str, Any] = await socket.receive_json()
            if message["type"] == "event":
                found.append(message["event"]["type"])
        return found

    return run


async def test_an_answer_in_quiet_hours_reaches_no_voice(events: Events) -> None:
    assert "tts-end" in await events("what alarms are set")
    assert "tts-end" in await events("quiet mode"), "which is said once"
    silent = await events("what alarms are set")
    assert "intent-end" in silent
    assert not {"tts-start", "tts-end", "error"} & set(silent)
    assert "tts-end" in await events("quiet mode off")
