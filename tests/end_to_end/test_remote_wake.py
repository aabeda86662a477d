"""A satellite that leaves the wake word to Home Assistant, which asks the wake word server."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
import pytest_socket

from script.house import voice
from script.house.guest import Guest, guest
from script.house.house import ROOT, House
from script.house.recording import Recording, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEY_JARVIS = ROOT / "wyoming_servers" / "tests" / "audio" / "rms_hey_jarvis.wav"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def streaming(shared_house: House) -> AsyncIterator[Guest]:
    """Return a satellite without a wake word of its own, and a pipeline of Home Assistant's that has one."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    async with shared_house.home_assistant.client() as client:
        states = await client.get("/api/states")
        engine = next(state["entity_id"] for state in states if state["entity_id"].startswith("wake_word."))
        await voice.add_pipeline(client, "Remote", wake_word_entity=engine, wake_word_id="hey_jarvis")
    async with guest(shared_house, "Hall satellite", "--remote-wake", area="Kitchen") as one:
        await one.device.use("Remote")
        yield one


async def test_home_assistant_hears_the_wake_word_turn_after_turn(streaming: Guest, short_request: Recording) -> None:
    for _ in range(2):
        steps = await streaming.microphone.turn(short_request)
        assert "played" in {step.name for step in steps}, steps


async def test_home_assistant_is_asked_again_after_a_turn_that_failed(
    streaming: Guest, short_request: Recording
) -> None:
    """Home Assistant begins the next run by itself, but not after an error: one without words is one."""
    began_at = datetime.now(UTC)
    steps = await streaming.microphone.turn(read(HEY_JARVIS))
    assert "error" in {step.name for step in steps}
    await streaming.microphone.until_step("listening", began_at)
    steps = await streaming.microphone.turn(short_request)
    assert "played" in {step.name for step in steps}, steps
