"""Athena asks which of several is meant; the answer needs no wake word, and what is done is what was answered."""

import wave
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
import pytest_socket
from wyoming.audio import AudioChunk, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.tts import Synthesize

from script.house.device import Device
from script.house.house import ROOT, House
from script.house.ports import HOST
from script.house.recording import Recording, read
from script.house.voice import SATELLITE_NAME

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEY_JARVIS: Final = ROOT / "wyoming_servers" / "tests" / "audio" / "rms_hey_jarvis.wav"
LIGHTS: Final = ("light.kitchen_light", "light.bedroom_light", "light.living_room_lamp")


async def spoken(house: House, text: str, path: Path) -> Recording:
    """Return what the house's own voice says."""
    async with AsyncTcpClient(HOST, house.ports.tts) as client:
        await client.write_event(Synthesize(text=text).event())
        chunks: list[AudioChunk] = []
        while (event := await client.read_event()) is not None and not AudioStop.is_type(event.type):
            if AudioChunk.is_type(event.type):
                chunks.append(AudioChunk.from_event(event))
    with wave.open(str(path), "wb") as file:
        file.setframerate(chunks[0].rate)
        file.setsampwidth(chunks[0].width)
        file.setnchannels(chunks[0].channels)
        file.writeframes(b"".join(chunk.audio for chunk in chunks))
    return read(path)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def nowhere(shared_house: House) -> AsyncIterator[House]:
    """Let the satellite be in no room: two rooms have a "Light", and neither is the speaker's."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    async with shared_house.home_assistant.client() as client, client.websocket() as socket:
        entity = await (await Device.named(client, SATELLITE_NAME)).entity("assist_satellite")
        listed = await socket.command("config/entity_registry/list")
        device = next(one["device_id"] for one in listed if one["entity_id"] == entity)
        await socket.command("config/device_registry/update", device_id=device, area_id=None)
        try:
            yield shared_house
        finally:
            await socket.command("config/device_registry/update", device_id=device, area_id="living_room")


async def _asked_and_answered(house: House, folder: Path, answer: str) -> tuple[str, str]:
    """Ask for the light, and return Athena's question and her reply to the answer."""
    request = await spoken(house, "Turn on the light.", folder / "request.wav")
    said = await spoken(house, answer, folder / "answer.wav")
    began_at = datetime.now(UTC)
    await house.microphone.speak([read(HEY_JARVIS), request])
    question = await house.microphone.until_step("synthesize", began_at)
    await house.microphone.until_step("follow_up", began_at)
    answered_at = datetime.now(UTC)
    await house.microphone.speak([said])
    reply = await house.microphone.until_step("synthesize", answered_at)
    await house.microphone.until_step("end", reply.at)
    steps = [step.name for step in house.microphone.trace.since(began_at)]
    assert steps.count("wake") == 1, "the answer is heard without a wake word"
    assert "error" not in steps
    return question.details["text"], reply.details["text"]


@pytest.mark.parametrize(
    ("answer", "on"),
    [
        ("The kitchen one.", {"light.kitchen_light"}),
        ("Both of them.", {"light.kitchen_light", "light.bedroom_light"}),
        ("Never mind.", set()),
    ],
)
async def test_the_light_that_was_answered_goes_on_and_no_other(
    house: House, nowhere: House, tmp_path: Path, answer: str, on: set[str]
) -> None:
    question, reply = await _asked_and_answered(house, tmp_path, answer)
    assert question == "Which one: Bedroom Light or Kitchen Light?"
    assert {light for light in LIGHTS if await house.state(light) == "on"} == on
    assert ("on" in reply) == bool(on), reply
