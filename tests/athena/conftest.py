"""Fixtures: Home Assistant with a small home, and Athena in it."""

import custom_components  # noqa: F401, I001  first, or the test plugin's own custom_components would win

import asyncio
import functools
from typing import Any

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.tiers.gazetteer import without_a_home
from custom_components.athena.agent.wordings import load_wordings
from custom_components.athena.audio.clips import render_clips
from custom_components.athena.const import CONF_NAME, DOMAIN, LANGUAGE, SUBENTRY_ROOM

from .home import AREAS, async_set_up_home


@pytest.fixture(scope="session", autouse=True)
def _what_is_read_once() -> None:
    """Read every file of the agent before the first test: no test ends while a thread still reads one."""
    load_wordings(LANGUAGE)
    load_lexicon(LANGUAGE)
    without_a_home()


_CLIPS = functools.cache(render_clips)


@pytest.fixture(autouse=True)
def _clips_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render Athena's sounds for the first home only: they are the same in each, and take a third of its set-up."""
    monkeypatch.setattr("custom_components.athena.audio.clip_view.render_clips", _CLIPS)


@pytest.fixture(autouse=True)
def _custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find Athena."""


@pytest.fixture(autouse=True)
def _light_programmes_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play every light programme at once; the tests about their timing put the real waiting back."""

    async def _go_on(_seconds: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("custom_components.athena.outputs.light_play.player.sleep", _go_on)


@pytest.fixture
async def home(hass: HomeAssistant) -> None:
    """Return once the home's entities are there."""
    await async_set_up_home(hass)


@pytest.fixture
def rooms() -> dict[str, dict[str, Any]]:
    """Return what is chosen for a room, by area: nothing, unless a test has its own."""
    return {}


@pytest.fixture
def entry(rooms: dict[str, dict[str, Any]]) -> MockConfigEntry:
    """Return Athena with a room for every area."""
    areas = {area.lower().replace(" ", "_"): area for area in AREAS}
    return MockConfigEntry(
        domain=DOMAIN,
        title="Athena",
        options={CONF_NAME: "Arman"},
        subentries_data=[
            ConfigSubentryData(data=rooms.get(area, {}), subentry_type=SUBENTRY_ROOM, title=title, unique_id=area)
            for area, title in areas.items()
        ],
    )


@pytest.fixture
async def athena(hass: HomeAssistant, home: None, entry: MockConfigEntry) -> MockConfigEntry:
    """Return Athena's entry, loaded in the home."""
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry
