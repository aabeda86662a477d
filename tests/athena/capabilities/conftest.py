"""Somebody in the bedroom, and what Athena says there by herself."""

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import AudioSay, Command

from ..saying import Speaker


@pytest.fixture
def in_the_bedroom(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody who speaks to the bedroom's satellite."""
    registry = dr.async_get(hass)
    device = registry.async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "bedroom")}, suggested_area="Bedroom"
    )
    return Speaker(hass, device.id)


def hear(athena: MockConfigEntry) -> list[str]:
    """Return what Athena says in the bedroom without having been asked, from now on, as it is said."""
    lines: list[str] = []

    def listen(command: Command, _context: Context) -> None:
        if isinstance(command, AudioSay):
            lines.append(command.text)

    athena.runtime_data.async_listen_commands("bedroom", listen)
    return lines


@pytest.fixture
def aloud(athena: MockConfigEntry) -> list[str]:
    """Return what Athena says in the bedroom without having been asked, as it is said."""
    return hear(athena)
