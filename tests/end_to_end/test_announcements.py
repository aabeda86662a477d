"""What Home Assistant announces is played, to its last sample, and Home Assistant is told when."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from script.house.device import Device
from script.house.errors import RefusedError
from script.house.house import House
from script.house.processes import until
from script.house.recording import BUILT_IN, Recording, loudest, read

from .sounds import frames, seconds, tone
from .wire import describe

pytestmark = pytest.mark.asyncio(loop_scope="session")

RATE = 22_050
"""At which Home Assistant sends an announcement: a file of it comes through unchanged."""


async def test_a_minute_of_announcement_is_played_to_its_last_sample(
    house: House, device: Device, tmp_path: Path
) -> None:
    """It comes in one burst; Home Assistant would drop the satellite if a ping of that minute went unanswered."""
    minute = tone(tmp_path / "minute.wav", 60.0, rate=RATE)
    began_at = datetime.now(UTC)
    log = house.voice.satellite.log
    said_before = log.read_text().count("is gone")
    async with asyncio.TaskGroup() as tasks:
        announcing = tasks.create_task(device.announce(media_id=minute.as_uri()))
        await house.microphone.until_step("first_audio", began_at)
        assert await device.state("assist_satellite") == "responding"
        assert (await describe(house.ports.satellite)).satellite is not None
        await house.microphone.until_step("played", began_at)
        await announcing
    assert await device.state("assist_satellite") == "idle"
    [file] = house.microphone.played(began_at)
    assert frames(file).endswith(frames(minute))
    assert log.read_text().count("is gone") == said_before


async def test_a_chime_of_the_satellites_own_comes_first(house: House, device: Device, tmp_path: Path) -> None:
    """Home Assistant plays none of its own on a Wyoming satellite."""
    beep = tone(tmp_path / "beep.wav", 0.5, rate=RATE)
    began_at = datetime.now(UTC)
    await device.announce(media_id=beep.as_uri())
    await house.microphone.until_step("played", began_at)
    [file] = house.microphone.played(began_at)
    assert frames(file).endswith(frames(beep))
    chime = frames(file).removesuffix(frames(beep))
    assert seconds(file) > seconds(beep) + 0.2
    assert max(abs(int.from_bytes(chime[at : at + 2], "little", signed=True)) for at in range(0, len(chime), 2)) > 3000


async def test_home_assistant_takes_a_reply_for_played_when_it_is(
    house: House, device: Device, short_request: Recording
) -> None:
    """It would wait for 2 s beyond the reply's length for a satellite that does not tell."""
    satellite = await device.entity("assist_satellite")
    async with house.home_assistant.client() as client, client.websocket() as socket:
        await socket.subscribe("state_changed")
        steps = await house.microphone.turn(short_request)
        await until("the satellite being idle", lambda: _is_idle(device), within=10)
        states = [event for event in await socket.events() if event.data["entity_id"] == satellite]
    [played] = [step for step in steps if step.name == "played"]
    assert [event.data["new_state"]["state"] for event in states] == ["listening", "processing", "responding", "idle"]
    assert played.at < states[-1].at < played.at + timedelta(seconds=1)


async def _is_idle(device: Device) -> bool | None:
    return await device.state("assist_satellite") == "idle" or None


async def test_a_message_is_spoken(house: House, device: Device) -> None:
    began_at = datetime.now(UTC)
    await device.announce(message="Dinner is ready.")
    await house.microphone.until_step("played", began_at)
    [file] = house.microphone.played(began_at)
    assert seconds(file) > 1
    assert loudest(file) > 0.02


async def test_an_announcement_during_a_turn_takes_its_place(
    house: House, device: Device, short_request: Recording, tmp_path: Path
) -> None:
    beep = tone(tmp_path / "beep.wav", 0.5, rate=RATE)
    began_at = datetime.now(UTC)
    await house.microphone.speak([read(BUILT_IN)])
    await house.microphone.until_step("voice_started", began_at)
    await device.announce(media_id=beep.as_uri())
    await house.microphone.until_step("end", began_at)
    assert any(frames(file).endswith(frames(beep)) for file in house.microphone.played(began_at))
    steps = await house.microphone.turn(short_request)
    assert "played" in [step.name for step in steps]


async def test_home_assistant_starts_no_conversation_over_wyoming(house: House, device: Device) -> None:
    """Its own Wyoming integration offers announcements only."""
    satellite = await device.entity("assist_satellite")
    async with house.home_assistant.client() as client:
        with pytest.raises(RefusedError):
            await client.post(
                "/api/services/assist_satellite/start_conversation",
                {"entity_id": satellite, "start_message": "Shall I close the blinds?"},
            )
        with pytest.raises(RefusedError):
            await client.post(
                "/api/services/assist_satellite/ask_question?return_response",
                {"entity_id": satellite, "question": "Shall I close the blinds?"},
            )
