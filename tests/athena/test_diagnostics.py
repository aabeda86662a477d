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
    [room] = [room for room in told["rooms"] if room["settings"]["title"] == "Living Room"]
    assert room["sensors"] == {"binary_sensor.living_room_motion": "on"}
    assert room["lights"] == {"light.ceiling_light": "on", "light.lamp": "on"}
    assert room["seen_by"] == ["binary_sensor.living_room_motion"]
    assert {room["settings"]["title"] for room in told["rooms"]} == {"Living Room", "Kitchen", "Bedroom"}
