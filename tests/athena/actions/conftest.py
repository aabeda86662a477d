"""How the actions are tried: on a Monday evening, and nothing that is said goes to a real satellite."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_mock_service

from ..clock import MONDAY_EVENING


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture(autouse=True)
def _satellite(hass: HomeAssistant) -> None:
    """Let nothing that is said go to a real satellite."""
    async_mock_service(hass, "assist_satellite", "announce")
