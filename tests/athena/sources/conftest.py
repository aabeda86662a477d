"""What a source tells of the bedroom, without the brain: the facts as they come."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er

from custom_components.athena.brain.events import Event
from custom_components.athena.brain.settings import RoomSettings
from custom_components.athena.rooms import RoomConfig
from custom_components.athena.source import Source


@dataclass
class Facts:
    """What has been told since one last looked."""

    hass: HomeAssistant
    stop: CALLBACK_TYPE = lambda: None
    events: list[Event] = field(default_factory=list)

    @callback
    def tell(self, event: Event) -> None:
        """Take a fact in."""
        assert event.room == "bedroom"
        assert event.at.tzinfo is not None
        self.events.append(event)

    async def all(self) -> list[tuple[str, str]]:
        """Return type and source of what was told."""
        await self.hass.async_block_till_done()
        told = [(event.type, event.source) for event in self.events]
        self.events.clear()
        return told

    async def only(self) -> Event:
        """Return the one fact that was told, with the moment left out."""
        await self.hass.async_block_till_done()
        (event,) = self.events
        self.events.clear()
        return replace(event, at=event.at.min)


type Watch = Callable[..., Awaitable[Facts]]


@pytest.fixture
async def watch(hass: HomeAssistant) -> AsyncGenerator[Watch]:
    """Return what starts a source of the bedroom, whose roles are given; stopped, none tells anything any more."""
    started: list[Facts] = []

    async def start(source: Source, **roles: Any) -> Facts:
        facts = Facts(hass)
        room = RoomConfig(subentry_id="1", title="Bedroom", settings=RoomSettings(room="bedroom"), **roles)
        facts.stop = await source.async_start(hass, room, facts.tell)
        started.append(facts)
        return facts

    yield start
    for facts in started:
        facts.stop()
        facts.events.clear()
    for state in hass.states.async_all():
        hass.states.async_set(state.entity_id, "unavailable")
    await hass.async_block_till_done()
    assert not any(facts.events for facts in started)


@pytest.fixture
def put(hass: HomeAssistant) -> Callable[..., str]:
    """Return what registers an entity in the bedroom and tells its entity id."""
    area = ar.async_get(hass).async_get_or_create("Bedroom")
    registry = er.async_get(hass)

    def register(domain: str, name: str, **registered: Any) -> str:
        found = registry.async_get_or_create(domain, "test", name, suggested_object_id=name, **registered)
        return registry.async_update_entity(found.entity_id, area_id=area.id).entity_id

    return register
