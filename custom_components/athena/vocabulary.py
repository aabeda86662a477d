"""The WebSocket command `athena/vocabulary`: the words of this home, for a speech-to-text server of the home."""

import asyncio
from typing import Any, Final

import probatio as vol
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent
from homeassistant.helpers.start import async_at_started

from .agent.named import home_of
from .agent.sentences import load_sentences
from .areas import area_of
from .const import DOMAIN, LANGUAGE

VERSION: Final = 1
"""Of what a server must know to read it: a key that is new leaves it as it is, for an older server passes over that."""


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the command; it answers while Athena is set up."""
    websocket_api.async_register_command(hass, _async_vocabulary)


@websocket_api.websocket_command({vol.Required("type"): "athena/vocabulary"})
@websocket_api.async_response
async def _async_vocabulary(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Return what may be said in this home: only what is exposed to Assist, and what this user may see.

    While Home Assistant starts, half of the home is not there yet: the answer waits for the whole.
    """
    await _async_started(hass)
    sentences = await hass.async_add_executor_job(load_sentences, LANGUAGE)
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        connection.send_error(msg["id"], websocket_api.ERR_NOT_FOUND, "Athena is not set up")
        return
    home = home_of(hass, entries[0].runtime_data)
    floors = {floor.floor_id: floor for floor in fr.async_get(hass).async_list_floors()}
    samples = await hass.async_add_executor_job(sentences.samples, home)
    connection.send_result(
        msg["id"],
        {
            "version": VERSION,
            "language": LANGUAGE,
            "floors": [{"name": floor.name, "aliases": sorted(floor.aliases)} for floor in floors.values()],
            "areas": [
                {
                    "name": area.name,
                    "aliases": sorted(area.aliases),
                    "floor": floors[area.floor_id].name if area.floor_id in floors else None,
                }
                for area in ar.async_get(hass).async_list_areas()
            ],
            "entities": [
                _entity(hass, state) for state in hass.states.async_all() if _may_hear(hass, connection.user, state)
            ],
            "sentences": samples,
        },
    )


async def _async_started(hass: HomeAssistant) -> None:
    started = asyncio.Event()

    @callback
    def on_started(_hass: HomeAssistant) -> None:
        started.set()

    stop_waiting = async_at_started(hass, on_started)
    try:
        await started.wait()
    finally:
        stop_waiting()


def _may_hear(hass: HomeAssistant, user: User, state: State) -> bool:
    return async_should_expose(hass, CONVERSATION_DOMAIN, state.entity_id) and user.permissions.check_entity(
        state.entity_id, POLICY_READ
    )


def _entity(hass: HomeAssistant, state: State) -> dict[str, Any]:
    entry = er.async_get(hass).async_get(state.entity_id)
    name, *aliases = intent.async_get_entity_aliases(hass, entry, state=state, allow_empty=False)
    area = area_of(hass, entity_id=state.entity_id, device_id=None)
    return {"name": name, "aliases": aliases, "domain": state.domain, "area": area and area.name}
