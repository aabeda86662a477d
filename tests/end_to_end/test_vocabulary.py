"""The words of the home, as the speech-to-text server gets them."""

import pytest

from script.house.client import Client
from script.house.house import House
from script.house.onboarding import SERVICE_NAME

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_user_who_is_no_administrator_gets_the_vocabulary(house: House) -> None:
    token = house.home_assistant.service_token_file.read_text()
    async with Client.open(house.home_assistant.url, token) as client, client.websocket() as socket:
        user = await socket.command("auth/current_user")
        assert user["name"] == SERVICE_NAME
        assert not user["is_admin"]
        vocabulary = await socket.command("athena/vocabulary")
    assert vocabulary["version"] == 1
    assert {"name": "Lamp", "aliases": [], "domain": "light", "area": "Living Room"} in vocabulary["entities"]
    assert "focus mode" in vocabulary["sentences"]
