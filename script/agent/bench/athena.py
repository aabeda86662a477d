"""Athena in the house that the bench builds: with its rooms, and with leave to do what a voice may otherwise not."""

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntryState
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.const import DOMAIN

from ..virtual.house import House

ENTITY = "conversation.athena"


async def async_at_home(house: House) -> bool:
    """Let Athena live in the home that stands now; return whether she does: what is being written may not start."""
    entries = house.hass.config_entries.async_entries(DOMAIN)
    if not entries:
        MockConfigEntry(domain=DOMAIN, title="Athena").add_to_hass(house.hass)
        entries = house.hass.config_entries.async_entries(DOMAIN)
        await house.hass.config_entries.async_setup(entries[0].entry_id)
    await house.hass.async_block_till_done()
    return entries[0].state is ConfigEntryState.LOADED and conversation.async_get_agent(house.hass, ENTITY) is not None
