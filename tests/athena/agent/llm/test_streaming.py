"""The model's words on their way through Home Assistant's own pipeline: spoken while they still come."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import web
from homeassistant.components import tts
from homeassistant.components.tts.const import DATA_TTS_MANAGER
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from .scripted import Scripted, event, sends, writes

FIRST = "Rayleigh scattering, which means that short waves go astray far more than long ones do."
THEN = "Blue is short."


class Voice(tts.TextToSpeechEntity):
    """Speaks as the text comes, and keeps it."""

    _attr_name = "Voice"
    _attr_supported_languages = ["en"]  # noqa: RUF012  Home Assistant's own shape
    _attr_default_language = "en"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.begins = asyncio.Event()

    async def async_stream_tts_audio(self, request: tts.TTSAudioRequest) -> tts.TTSAudioResponse:
        """Speak each piece at once."""

        async def spoken() -> AsyncGenerator[bytes]:
            async for piece in request.message_gen:
                self.heard.append(piece)
                self.begins.set()
                yield b"audio"

        return tts.TTSAudioResponse(extension="mp3", data_gen=spoken())


@pytest.fixture
async def voice(hass: HomeAssistant, house: Scripted) -> Voice:
    """Return the voice of a pipeline with Athena in it."""
    assert await async_setup_component(hass, "assist_pipeline", {})
    assert await async_setup_component(hass, "tts", {})
    hass.data[DATA_TTS_MANAGER].use_file_cache = False  # what was said in another test is said again
    one = Voice()
    await hass.data[tts.DATA_COMPONENT].async_add_entities([one])
    await hass.async_block_till_done()
    return one


async def _run(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    voice: Voice,
    said: str,
    meanwhile: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> str:
    """Say something to the pipeline, hear all of its answer, and return what the result says."""
    client = await hass_ws_client(hass)
    pipeline = {
        "name": "Athena", "language": "en", "conversation_engine": "conversation.athena", "conversation_language": "en",
        "stt_engine": None, "stt_language": None, "tts_engine": voice.entity_id, "tts_language": "en",
        "tts_voice": None, "wake_word_entity": None, "wake_word_id": None,
    }  # fmt: skip
    await client.send_json_auto_id({"type": "assist_pipeline/pipeline/create", **pipeline})
    made = await client.receive_json()
    assert made["success"], made
    run = {"start_stage": "intent", "end_stage": "tts", "input": {"text": said}, "pipeline": made["result"]["id"]}
    await client.send_json_auto_id({"type": "assist_pipeline/run", **run})
    result, token = "", ""
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        while True:
            message = await client.receive_json()
            told = message.get("event") or {}
            data = told.get("data") or {}
            match told.get("type"):
                case "run-start":
                    token = data["tts_output"]["token"]
                case "intent-progress" if data.get("tts_start_streaming"):
                    group.create_task(_hear(hass, token))
                    if meanwhile is not None:
                        group.create_task(meanwhile())
                    token = ""
                case "intent-end":
                    result = data["intent_output"]["response"]["speech"]["plain"]["speech"]
                case "run-end":
                    break
                case "error":
                    raise AssertionError(data)
        if token:
            group.create_task(_hear(hass, token))
    return result


async def _hear(hass: HomeAssistant, token: str) -> None:
    stream = tts.async_get_stream(hass, token)
    assert stream is not None
    async for _ in stream.async_stream_result():
        pass


async def test_a_sentence_is_spoken_while_the_model_still_writes_the_next(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, house: Scripted, voice: Voice
) -> None:
    go_on = asyncio.Event()

    async def play(_request: web.Request, response: web.StreamResponse) -> None:
        await response.write(event({"content": f"say: {FIRST} "}))
        await go_on.wait()
        await response.write(event({"content": THEN}))
        await response.write(b"data: [DONE]\n\n")

    async def listen() -> None:
        await voice.begins.wait()
        assert "".join(voice.heard).strip() == FIRST
        go_on.set()

    house.add(play)
    assert await _run(hass, hass_ws_client, voice, "why is the sky blue", listen) == f"{FIRST} {THEN}"
    assert "".join(voice.heard).split() == f"{FIRST} {THEN}".split()


async def test_where_the_model_dies_after_a_sentence_the_fault_is_heard_too(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, house: Scripted, voice: Voice
) -> None:
    house.add(sends(event({"content": f"say: {FIRST} Blue"})))
    told = await _run(hass, hass_ws_client, voice, "why is the sky blue")
    assert told == f"{FIRST} Something went wrong."
    assert "".join(voice.heard).split() == told.split()


async def test_that_she_is_back_online_is_heard_before_what_was_done(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    house: Scripted,
    voice: Voice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("custom_components.athena.agent.llm.offline.LONG", 0.0)
    house.add((503, {}), writes("do: turn_on | Bedroom Lamp"))
    assert await _run(hass, hass_ws_client, voice, "I can hardly find my slippers") == "I'm offline."
    voice.heard.clear()
    told = await _run(hass, hass_ws_client, voice, "I can hardly find my slippers")
    assert told == "I'm back online. Bedroom Lamp on."
    assert "".join(voice.heard).split() == told.split()
