"""A model behind a scripted server."""

from collections.abc import AsyncIterator
from types import MappingProxyType

import pytest
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.server import Server
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.const import SUBENTRY_AGENT

from .scripted import Scripted, scripted


@pytest.fixture
async def server(socket_enabled: None) -> AsyncIterator[Scripted]:
    """Serve on loopback."""
    async with scripted() as serving:
        yield serving


@pytest.fixture
async def model(hass: HomeAssistant, server: Scripted) -> Model:
    """Return the model that is to be asked."""
    return await model_of(hass, Server(url=server.url))


async def model_of(hass: HomeAssistant, server: Server) -> Model:
    """Return a model behind a server."""
    language = await hass.async_add_executor_job(load_language, "en")
    persona = await hass.async_add_executor_job(load_persona, "en")
    return Model(hass, server, language, persona)


@pytest.fixture
async def house(hass: HomeAssistant, athena: MockConfigEntry, server: Scripted) -> Scripted:
    """Return the server of a house that has a model."""
    data = MappingProxyType({"url": server.url, "model": "tiny"})
    subentry = ConfigSubentry(data=data, subentry_type=SUBENTRY_AGENT, title="tiny", unique_id="agent")
    hass.config_entries.async_add_subentry(athena, subentry)
    await hass.async_block_till_done()
    server.plays = []
    return server
