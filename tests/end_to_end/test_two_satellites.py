"""Two satellites that hear the same words, and each in its own room."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_socket

from script.house.guest import Guest, guest
from script.house.house import ROOT, House
from script.house.recording import Recording, read

from .sounds import joined

pytestmark = pytest.mark.asyncio(loop_scope="session")

AUDIO = ROOT / "wyoming_servers" / "tests" / "audio"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kitchen(shared_house: House) -> AsyncIterator[Guest]:
    """Return a satellite in the kitchen."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    async with guest(shared_house, "Kitchen satellite", area="Kitchen") as one:
        yield one


async def test_one_of_two_that_heard_the_wake_word_answers(
    house: House, kitchen: Guest, short_request: Recording
) -> None:
    both = (house.microphone, kitchen.microphone)
    began_at = datetime.now(UTC)
    heard = await asyncio.gather(*(microphone.turn(short_request) for microphone in both))
    names = [{step.name for step in steps} for steps in heard]
    assert all("wake" in one for one in names)
    assert sorted("transcript" in one for one in names) == [False, True]
    loser = next(number for number, one in enumerate(names) if "transcript" not in one)
    [error] = [step for step in heard[loser] if step.name == "error"]
    assert error.details["code"] == "duplicate_wake_up_detected"
    assert not both[loser].played(began_at)  # silent
    steps = await both[loser].turn(short_request)
    assert "played" in {step.name for step in steps}


async def test_a_satellite_is_put_into_the_area_it_tells(house: House, kitchen: Guest) -> None:
    assert await kitchen.device.area() == "kitchen"


async def test_what_is_asked_without_a_room_is_done_in_the_satellites(
    house: House, kitchen: Guest, tmp_path: Path
) -> None:
    async with house.home_assistant.client() as client:
        await client.post("/api/services/light/turn_on", {"entity_id": "all"})
    request = joined(tmp_path / "request.wav", AUDIO / "rms_hey_jarvis.wav", AUDIO / "slt_turn_off_the_lights.wav")
    steps = await kitchen.microphone.turn(read(request))
    assert "played" in {step.name for step in steps}
    assert await house.state("light.kitchen_light") == "off"
    assert await house.state("light.living_room_lamp") == "on"
