"""Fixtures: a home with Athena in it, whose Home Assistant knows the blueprints."""

import functools
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.audio.clips import render_clips

from ..athena.clock import MONDAY_EVENING
from ..athena.conftest import (  # noqa: F401  fixtures are found by their names
    _custom_integrations,
    _light_programmes_take_no_time,
    _what_is_read_once,
    athena,
    entry,
    home,
    rooms,
)
from .running import BLUEPRINTS, Runs

_CLIPS = functools.cache(render_clips)


@pytest.fixture(autouse=True)
def _clips_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render Athena's sounds for the first home only: they are the same in each, and take a third of its set-up."""
    monkeypatch.setattr("custom_components.athena.audio.clip_view.render_clips", _CLIPS)


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
