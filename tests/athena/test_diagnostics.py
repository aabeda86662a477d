"""Diagnostics tell what helps, and not who lives there."""

import json

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.diagnostics import async_get_config_entry_diagnostics

from .home import async_move


async def test_diagnostics(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_move(hass, "living_room", somebody=True)
    told = await async_get_config_entry_diagnostics(hass, athena)
    text = json.dumps(told, default=str)
    assert "Arman" not in text
    assert told["house"]["rooms"]["living_room"]["state"] == "OCCUPIED"
    assert {room["title"] for room in told["rooms"]} == {"Living Room", "Kitchen", "Bedroom"}
