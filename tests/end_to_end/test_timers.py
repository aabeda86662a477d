"""Timers ring in the room where they were set, whatever becomes of Home Assistant meanwhile."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from script.house.device import Device
from script.house.house import ROOT, House
from script.house.recording import read

pytestmark = pytest.mark.asyncio(loop_scope="session")

AUDIO = ROOT / "wyoming_servers" / "tests" / "audio"


def _hush(house: House) -> None:
    pid = house.voice.satellite.pid
    assert pid is not None
    os.kill(pid, signal.SIGUSR2)


async def test_a_timer_set_by_voice_rings(house: House) -> None:
    recording = read(Path(__file__).with_name("set_a_timer_for_five_seconds.wav"))
    began_at = datetime.now(UTC)
    [turn] = await house.say([recording])
    assert turn.intent == "HassStartTimer", turn
    assert turn.audible
    rung = await house.microphone.until_step("timer", began_at)
    _hush(house)
    await house.microphone.until_step("silenced", rung.at)


async def test_a_timer_rings_aloud_until_the_wake_word(house: House, device: Device) -> None:
    began_at = datetime.now(UTC)
    assert "timer" in (await device.ask("set a timer for 2 seconds")).lower()
    await house.microphone.until_step("timer", began_at)
    await house.microphone.speak([read(AUDIO / "rms_hey_jarvis.wav")])
    await house.microphone.until_step("silenced", began_at)
    assert "wake" not in [step.name for step in house.microphone.trace.since(began_at)]  # no turn begins


async def test_a_cancelled_timer_does_not_ring(house: House, device: Device) -> None:
    began_at = datetime.now(UTC)
    await device.ask("set a timer for 3 seconds")
    await device.ask("cancel the timer")
    await device.ask("set a timer for 5 seconds")
    await house.microphone.until_step("timer", began_at)
    _hush(house)
    await house.microphone.until_step("silenced", began_at)
    assert [step.name for step in house.microphone.trace.since(began_at)].count("timer") == 1


async def test_a_timer_rings_once_though_home_assistant_was_killed(house: House, device: Device) -> None:
    await house.home_assistant.until_saved()
    began_at = datetime.now(UTC)
    await device.ask("set a timer for 4 seconds")
    await house.home_assistant.process.kill()
    rung = await house.microphone.until_step("timer", began_at)
    _hush(house)
    await house.microphone.until_step("silenced", rung.at)
    await house.start_again(house.home_assistant.process)
    assert [step.name for step in house.microphone.trace.since(began_at)].count("timer") == 1


async def test_a_timer_rings_though_the_satellite_was_killed(house: House, device: Device) -> None:
    began_at = datetime.now(UTC)
    await device.ask("set a timer for 6 seconds")
    await house.voice.satellite.kill()
    await house.voice.satellite.start()
    rung = await house.microphone.until_step("timer", began_at)
    _hush(house)
    await house.microphone.until_step("silenced", rung.at)
    await house.microphone.until_step("listening", rung.at)
    assert [step.name for step in house.microphone.trace.since(began_at)].count("timer") == 1
