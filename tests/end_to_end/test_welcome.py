"""Somebody comes in. Last of all the tests, since a room that was entered empties by itself after some minutes."""

from datetime import UTC, datetime

import pytest

from script.house.home import MOTION
from script.house.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_motion_in_an_empty_room_lights_it_and_is_greeted_aloud(house: House) -> None:
    async with (
        house.home_assistant.client() as client
    ):  # whoever has spoken in an earlier test is still taken to be there
        await client.post("/api/services/athena/set_room_state", {"room": "living_room", "state": "empty"})
        assert await house.state("sensor.living_room_state") == "empty"
        began_at = datetime.now(UTC)
        await client.post("/api/services/input_boolean/turn_on", {"entity_id": MOTION["living_room"]})
    heard = await house.microphone.until_step("first_audio", began_at)
    assert heard.turn is None  # nobody had asked
    await house.microphone.until_step("played", began_at)
    assert house.microphone.sounds(began_at)
    assert await house.state("sensor.living_room_state") == "occupied"
    assert await house.state("light.living_room_lamp") == "on"
