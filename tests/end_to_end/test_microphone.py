"""Microphones of any rate."""

from pathlib import Path

import pytest

from script.house.house import House
from script.house.recording import Recording, read

from .sounds import stereo_48k

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_microphone_of_48_khz_and_two_channels(house: House, short_request: Recording, tmp_path: Path) -> None:
    steps = await house.microphone.turn(read(stereo_48k(tmp_path / "turn_on.wav", short_request.path)))
    [heard] = [step for step in steps if step.name == "transcript"]
    assert heard.details["text"] == "turn on the lamp"
    assert await house.state("light.living_room_lamp") == "on"
