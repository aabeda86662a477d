"""Entities and areas that are called otherwise from now on: what a room was set up with follows."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .alarms import alarms_of
from .brain.events import AlarmSet
from .const import DOMAIN, SUBENTRY_ROOM
from .runtime import AthenaConfigEntry, Runtime

_LOGGER = logging.getLogger(__name__)

SOURCE: Final = "registry"
"""Who changes an alarm whose player is called otherwise."""


@callback
def async_register(hass: HomeAssistant) -> None:
    """Follow from now on; a room is found too that is not alive just now, between two reloads for one."""
    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, partial(_on_entity, hass))
    hass.bus.async_listen(ar.EVENT_AREA_REGISTRY_UPDATED, partial(_on_area, hass))


@callback
def _on_entity(hass: HomeAssistant, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
    if event.data["action"] != "update" or "old_entity_id" not in event.data:
        return
    old, new = event.data["old_entity_id"], event.data["entity_id"]
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.state is ConfigEntryState.LOADED:
            entry.async_create_task(hass, _async_rename_players(entry, old, new), "athena player renamed")
        for subentry in tuple(entry.subentries.values()):
            hass.config_entries.async_update_subentry(entry, subentry, data=_renamed(subentry.data, old, new))
        hass.config_entries.async_update_entry(entry, options=_renamed(entry.options, old, new))


@callback
def _on_area(hass: HomeAssistant, event: Event[ar.EventAreaRegistryUpdatedData]) -> None:
    """Call a room as its area is called."""
    area_id = event.data["area_id"]
    if event.data["action"] != "update" or area_id is None:
        return
    if (area := ar.async_get(hass).async_get_area(area_id)) is None:
        return
    for entry in hass.config_entries.async_entries(DOMAIN):
        for subentry in entry.get_subentries_of_type(SUBENTRY_ROOM):
            if subentry.unique_id == area_id:
                hass.config_entries.async_update_subentry(entry, subentry, title=area.name)


async def _async_rename_players(entry: AthenaConfigEntry, old: str, new: str) -> None:
    """Let the alarms that play music by this player play it by its new name."""
    runtime: Runtime = entry.runtime_data
    for area in runtime.rooms:
        for alarm in alarms_of(runtime.room(area)).values():
            if alarm.music is None or alarm.music.player != old:
                continue
            followed = replace(alarm, music=replace(alarm.music, player=new))
            try:
                await runtime.async_tell(AlarmSet(room=area, at=dt_util.utcnow(), source=SOURCE, alarm=followed))
            except HomeAssistantError as err:
                _LOGGER.warning(
                    "The alarm %s still plays its music by %s, which is %s now: %s", alarm.id, old, new, err
                )


def _renamed(value: Any, old: str, new: str) -> Any:
    """Return what was stored, with the new name wherever the old one stood."""
    match value:
        case str():
            return new if value == old else value
        case list():
            return [_renamed(item, old, new) for item in value]
        case Mapping():
            return {_renamed(key, old, new): _renamed(item, old, new) for key, item in value.items()}
    return value
