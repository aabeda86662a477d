"""Fixtures: somebody who does deeds in a real Home Assistant, and is as patient as a test."""

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.outputs.deeds.doer import Doer, Patience

from .liars import HASTY


@pytest.fixture
async def doer(hass: HomeAssistant, athena: MockConfigEntry) -> Doer:
    """Return who does deeds, and waits for a state no longer than a test can."""
    return Doer(hass, athena, HASTY)


@pytest.fixture
def patient(hass: HomeAssistant, athena: MockConfigEntry) -> Doer:
    """Return who waits as long as in a house: for states that come by themselves."""
    return Doer(hass, athena, Patience())
