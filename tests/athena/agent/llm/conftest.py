"""A model behind a scripted server."""

from collections.abc import AsyncIterator

import pytest
from homeassistant.core import HomeAssistant

from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.model import Model
from custom_components.athena.agent.llm.server import Server
from custom_components.athena.agent.persona import load_persona

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
