"""A reply that is streamed with pauses in it comes whole; where it asks back, no wake word is needed to answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
import pytest_socket

from script.house import home, voice
from script.house.guest import Guest, guest
from script.house.house import House
from script.house.recording import Recording

from .sounds import longest_silence, seconds
from .talker.conversation import ANSWER, PAUSE_SECONDS, QUESTION

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def talking(shared_house: House) -> AsyncIterator[Guest]:
    """Return a satellite whose agent streams and asks back."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    async with shared_house.home_assistant.client() as client:
        await home.submit(client, "/api/config/config_entries/flow", {"handler": "talker"}, {})
        await voice.add_pipeline(client, "Talker", conversation_engine="conversation.talker")
    async with guest(shared_house, "Bedroom satellite", area="Bedroom") as one:
        await one.device.use("Talker")
        yield one


async def test_a_question_is_answered_without_a_wake_word_in_the_same_conversation(
    shared_house: House, talking: Guest, short_request: Recording, lamp_alone: Recording
) -> None:
    began_at = datetime.now(UTC)
    await talking.microphone.speak([short_request])
    asked = await talking.microphone.until_step("synthesize", began_at)
    assert asked.details["text"] == "".join(QUESTION)
    await talking.microphone.until_step("follow_up", began_at)
    [file] = talking.microphone.played(began_at)
    answered_at = datetime.now(UTC)
    await talking.microphone.speak([lamp_alone])
    reply = await talking.microphone.until_step("synthesize", answered_at)
    assert reply.details["text"] == "".join(ANSWER)
    await talking.microphone.until_step("end", reply.at)
    steps = talking.microphone.trace.since(began_at)
    assert [step.name for step in steps].count("wake") == 1
    # The reply began before its text was known, so it was streamed; and it is one playback, its pauses in it.
    first_audio = next(step for step in steps if step.name == "first_audio")
    assert first_audio.at < asked.at
    assert not [step for step in steps if step.name == "error"]
    assert longest_silence(file) > 1.0  # between two pieces
    assert seconds(file) > PAUSE_SECONDS
    async with shared_house.home_assistant.client() as client, client.websocket() as socket:
        listed = await socket.command("assist_pipeline/pipeline/list")
        pipeline = next(one["id"] for one in listed["pipelines"] if one["name"] == "Talker")
        conversations = [
            event["data"]["conversation_id"]
            for events in await voice.runs(socket, pipeline, began_at)
            for event in events
            if event["type"] == "run-start"
        ]
    assert len(conversations) == 2
    assert len(set(conversations)) == 1


async def test_a_question_that_nobody_answers_ends_in_silence(talking: Guest, short_request: Recording) -> None:
    began_at = datetime.now(UTC)
    await talking.microphone.speak([short_request])
    follow_up = await talking.microphone.until_step("follow_up", began_at)
    await talking.microphone.until_step("end", follow_up.at)
    await talking.microphone.until_step("listening", follow_up.at)
    assert "spoken" not in [step.name for step in talking.microphone.trace.since(began_at)]
