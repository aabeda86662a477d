"""A bedroom that something can be heard in."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import yarl
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.athena.audio import clip_view
from custom_components.athena.brain.settings import RoomSettings
from custom_components.athena.const import DOMAIN
from custom_components.athena.rooms import RoomConfig

from .loudspeakers import MAKER, Fetch, Player, Satellite, Voice

type Put = Callable[..., Awaitable[None]]
"""Puts loudspeakers into the bedroom."""


@pytest.fixture
def room(hass: HomeAssistant) -> RoomConfig:
    """Return the bedroom."""
    area = ar.async_get(hass).async_get_or_create("Bedroom")
    return RoomConfig(subentry_id="bedroom", title="Bedroom", settings=RoomSettings(room=area.id))


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return the hub's entry: what an output is made with."""
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
async def fetch(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, tmp_path: Path) -> Fetch:
    """Return how a loudspeaker gets something from Home Assistant."""
    hass.config.config_dir = str(tmp_path)  # where Home Assistant keeps what was said
    hass.config.internal_url = "http://home.invalid:8123"
    for component in ("homeassistant", "assist_satellite", "media_player"):  # before a client, which freezes the paths
        assert await async_setup_component(hass, component, {})
    await clip_view.async_register(hass)
    client = await hass_client_no_auth()

    async def get(url: str) -> None:
        answer = await client.get(yarl.URL(url).path_qs)
        assert answer.status == 200
        await answer.read()

    return get


@pytest.fixture
async def voice(hass: HomeAssistant, put: Put, fetch: Fetch) -> Voice:
    """Return the voice of Home Assistant's own assistant."""
    voice = Voice()
    await put(voice)
    assert await async_setup_component(hass, "assist_pipeline", {})
    await hass.async_block_till_done()
    return voice


@pytest.fixture
async def put(hass: HomeAssistant, room: RoomConfig) -> Put:
    """Return what puts things into the bedroom, each in the domain of its kind."""
    kinds: dict[str, type[Entity]] = {"assist_satellite": Satellite, "media_player": Player, "tts": Voice}
    added: dict[str, list[Entity]] = {}

    async def set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, list(added))
        return True

    mock_integration(hass, MockModule(MAKER, async_setup_entry=set_up))
    mock_platform(hass, f"{MAKER}.config_flow", None)
    for domain in kinds:

        async def set_up_platform(
            _hass: HomeAssistant,
            _entry: ConfigEntry[Any],
            add: AddConfigEntryEntitiesCallback,
            domain: str = domain,
        ) -> None:
            add(added[domain])

        mock_platform(hass, f"{MAKER}.{domain}", MockPlatform(async_setup_entry=set_up_platform))

    async def put_there(*entities: Entity) -> None:
        added.clear()
        for entity in entities:
            domain = next(domain for domain, kind in kinds.items() if isinstance(entity, kind))
            added.setdefault(domain, []).append(entity)
        entry = MockConfigEntry(domain=MAKER)
        entry.add_to_hass(hass)
        with mock_config_flow(MAKER, ConfigFlow):
            assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        for entity in entities:
            if entity.device_entry is not None:
                dr.async_get(hass).async_update_device(entity.device_entry.id, area_id=room.room)

    return put_there
