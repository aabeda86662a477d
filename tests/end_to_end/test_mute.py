"""A microphone that is switched off hears nothing, whoever switched it off."""

import os
import signal
from datetime import UTC, datetime

import pytest

from script.house.device import Device
from script.house.house import House
from script.house.processes import until
from script.house.recording import Recording

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _is_deaf(house: House, recording: Recording) -> None:
    names = {step.name for step in await house.microphone.turn(recording)}
    assert not names & {"wake", "streaming"}


async def test_muted_in_home_assistant_nothing_is_streamed_and_the_connection_is_kept(
    house: House, device: Device, request_for_light: Recording, short_request: Recording
) -> None:
    """Home Assistant neither pings nor reads then; for longer than the satellite would wait for another's ping."""
    log = house.voice.satellite.log
    paused, gone = (log.read_text().count(line) for line in ("pauses the satellite", "is gone"))
    await device.mute(on=True)

    async def told() -> bool | None:
        return log.read_text().count("pauses the satellite") > paused or None

    await until("the satellite being paused", told, within=10)
    await _is_deaf(house, request_for_light)
    await _is_deaf(house, request_for_light)
    assert log.read_text().count("is gone") == gone
    unmuted_at = datetime.now(UTC)
    await device.mute(on=False)
    await house.microphone.until_step("listening", unmuted_at)
    assert "played" in {step.name for step in await house.microphone.turn(short_request)}


async def test_muted_in_mid_command_the_turn_ends(house: House, device: Device, request_for_light: Recording) -> None:
    began_at = datetime.now(UTC)
    await house.microphone.speak([request_for_light])
    await house.microphone.until_step("voice_started", began_at)
    await device.mute(on=True)
    await house.microphone.until_step("end", began_at)
    unmuted_at = datetime.now(UTC)
    await device.mute(on=False)
    await house.microphone.until_step("listening", unmuted_at)
    assert await house.state("light.living_room_lamp") == "off"


async def test_muted_at_the_satellite_it_says_so_and_streams_nothing(house: House, short_request: Recording) -> None:
    pid = house.voice.satellite.pid
    assert pid is not None
    muted_at = datetime.now(UTC)
    os.kill(pid, signal.SIGUSR1)
    line = await house.microphone.until_step("spoken", muted_at)
    assert line.details["text"] == "Microphone off."
    await _is_deaf(house, short_request)
    unmuted_at = datetime.now(UTC)
    os.kill(pid, signal.SIGUSR1)
    line = await house.microphone.until_step("spoken", unmuted_at)
    assert line.details["text"] == "Microphone on."
    await house.microphone.until_step("listening", unmuted_at)
    assert "played" in {step.name for step in await house.microphone.turn(short_request)}
