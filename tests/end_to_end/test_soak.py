"""Turns leave nothing behind, and what is killed at whatever step comes back; `script/soak` does more of both."""

import sys

import pytest

from script.house.house import House
from script.house.kills import Plan, kill_at_random
from script.house.recording import Recording
from script.house.usage import usage_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

TURNS = 3


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
async def test_turns_leave_no_files_and_no_threads_behind(house: House, short_request: Recording) -> None:
    """Home Assistant is left out: what it keeps open is its own."""
    servers = (house.voice.wake, house.voice.stt, house.voice.tts, house.voice.satellite)
    await house.microphone.turn(short_request)
    before = {process.name: usage_of(process) for process in servers}
    for _ in range(TURNS):
        assert "played" in {step.name for step in await house.microphone.turn(short_request)}
    after = {process.name: usage_of(process) for process in servers}
    for name, usage in before.items():
        assert after[name].files <= usage.files, name
        assert after[name].threads <= usage.threads, name


@pytest.mark.parametrize(
    "plan",
    [
        Plan(process="stt", step="voice_started", later_seconds=0.2),
        Plan(process="wake", step="microphone", later_seconds=0.3),
    ],
    ids=lambda plan: f"{plan.process} at {plan.step}",
)
async def test_a_process_killed_in_mid_turn(house: House, plan: Plan) -> None:
    kill = await kill_at_random(house, plan)
    assert kill.well, kill
