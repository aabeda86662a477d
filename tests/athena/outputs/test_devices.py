"""Devices by the name people call them."""

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import DeviceOff, DeviceOn
from custom_components.athena.outputs.devices import DeviceOffOutput, DeviceOnOutput


async def test_a_device_is_found_by_its_name_on_the_wire(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    room = athena.runtime_data.rooms["kitchen"]
    await DeviceOnOutput(athena).async_carry_out(hass, room, DeviceOn(room="kitchen", device="coffee_maker"), Context())
    await hass.async_block_till_done()
    assert hass.states.is_state("switch.coffee_maker", "on")
    off = DeviceOff(room="kitchen", device="coffee_maker")
    await DeviceOffOutput(athena).async_carry_out(hass, room, off, Context())
    await hass.async_block_till_done()
    assert hass.states.is_state("switch.coffee_maker", "off")


async def test_a_device_of_another_room_is_refused_by_name(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    room = athena.runtime_data.rooms["bedroom"]
    order = DeviceOn(room="bedroom", device="coffee_maker")
    with pytest.raises(ServiceValidationError) as err:
        await DeviceOnOutput(athena).async_carry_out(hass, room, order, Context())
    assert err.value.translation_placeholders == {"device": "coffee maker", "room": "Bedroom"}
    assert hass.states.is_state("switch.coffee_maker", "off")
