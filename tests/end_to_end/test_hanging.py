"""A server that neither answers nor ends: the turn does, and says so."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from script.house.house import House
from script.house.processes import Process
from script.house.recording import Recording

pytestmark = pytest.mark.asyncio(loop_scope="session")


@contextmanager
def _stopped(process: Process) -> Iterator[None]:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


async def test_a_turn_whose_reply_never_comes_ends_aloud_and_the_next_one_works(
    house: House, short_request: Recording
) -> None:
    async with house.home_assistant.client() as client:
        await client.post("/api/services/tts/clear_cache")
    began_at = datetime.now(UTC)
    with _stopped(house.voice.tts):
        await house.microphone.speak([short_request])
        line = await house.microphone.until_step("spoken", began_at)
        await house.microphone.until_step("end", began_at)
    assert line.details["text"] == "Something went wrong."
    await house.microphone.until_step("listening", line.at)
    steps = await house.microphone.turn(short_request)
    assert "played" in {step.name for step in steps}
