"""Fixtures: a home with Athena in it, whose Home Assistant knows the blueprints."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..athena.clock import MONDAY_EVENING
from ..athena.conftest import (  # noqa: F401  fixtures are found by their names
    _clips_are_rendered_once,
    _custom_integrations,
    _light_programmes_take_no_time,
    _what_is_read_once,
    athena,
    entry,
    home,
    rooms,
)
from .running import BLUEPRINTS, Runs


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture
async def runs(
    hass: HomeAssistant,
    athena: MockConfigEntry,  # noqa: F811
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Runs]:
    """Return the home, into whose configuration folder the blueprints have been imported."""
    shutil.copytree(BLUEPRINTS, tmp_path / "blueprints")
    monkeypatch.setattr(hass.config, "config_dir", str(tmp_path))
    assert await async_setup_component(hass, "scene", {})
    yield Runs(hass, athena, freezer)
    for automation in hass.states.async_entity_ids("automation"):  # or what they wait for would outlive them
        await hass.services.async_call("automation", "turn_off", {"entity_id": automation}, blocking=True)
