"""Fixtures: a bedroom in which a WLED can be hung, and the time that light programmes go by."""

from collections.abc import AsyncIterator

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..lamps import Clock
from .strips import Strips


@pytest.fixture
async def strips(
    hass: HomeAssistant, athena: MockConfigEntry, socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Strips]:
    """Return the bedroom, in which a strip can be hung."""
    strips = Strips(hass, athena, monkeypatch)
    yield strips
    await strips.async_remove()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the time that light programmes go by; without it they take none."""
    return Clock(monkeypatch)
