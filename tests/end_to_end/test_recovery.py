"""Whatever dies, the person is told, a log names the cause, and the next turn works."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from script.house.house import House
from script.house.processes import Process
from script.house.recording import Recording

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIVE: dict[str, Callable[[House], Process]] = {
    "Home Assistant": lambda house: house.home_assistant.process,
    "wake": lambda house: house.voice.wake,
    "stt": lambda house: house.voice.stt,
    "tts": lambda house: house.voice.tts,
    "satellite": lambda house: house.voice.satellite,
}


@pytest.mark.parametrize("which", FIVE)
async def test_the_turn_after_a_killed_process_is_back(
    house: House, request_for_light: Recording, recoveries: dict[str, float], which: str
) -> None:
    process = FIVE[which](house)
    await house.home_assistant.until_saved()
    await process.kill()
    started_at = time.monotonic()
    await house.start_again(process)
    recoveries[process.name] = time.monotonic() - started_at
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn


async def test_home_assistant_restarted_mid_turn(house: House, request_for_light: Recording) -> None:
    began_at = datetime.now(UTC)
    await house.microphone.speak([request_for_light])
    await house.microphone.until_step("voice_started", began_at)
    await house.home_assistant.process.stop()
    line = await house.microphone.until_step("spoken", began_at)
    assert line.details["text"] in ("I'm offline.", "Something went wrong.")
    await house.microphone.until_step("end", began_at)
    assert house.voice.satellite.has_said("Home Assistant at")
    await house.start_again(house.home_assistant.process)
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn


async def test_satellite_killed_mid_turn(house: House, request_for_light: Recording) -> None:
    began_at = datetime.now(UTC)
    await house.microphone.speak([request_for_light])
    await house.microphone.until_step("voice_started", began_at)
    await house.voice.satellite.kill()
    await house.start_again(house.voice.satellite)
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn


async def test_server_down_at_start(house: House, request_for_light: Recording) -> None:
    """The speech-to-text server is down when Home Assistant starts."""
    await house.home_assistant.until_saved()
    await house.voice.stt.stop()
    await house.home_assistant.process.stop()
    restarted_at = datetime.now(UTC)
    await house.home_assistant.process.start()
    await house.home_assistant.until_up()
    await house.microphone.until_step("listening", restarted_at)
    [deaf] = await house.say([request_for_light])
    assert deaf.reply == "Something went wrong."
    assert deaf.audible
    assert deaf.changed == ()
    assert house.voice.satellite.has_said("stt-provider-missing")
    await house.start_again(house.voice.stt)
    [turn] = await house.say([request_for_light])
    assert turn.missing is None, turn
