"""Athena: rooms that know, and a voice that answers."""

from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from . import health, intents, llm, renames, services, traces, vocabulary
from .audio import clip_view
from .companion import companion
from .companion.companion import Companion
from .const import DOMAIN
from .rooms import rooms_of
from .runtime import AthenaConfigEntry, Runtime
from .store import HouseStore

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CONVERSATION,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.SCENE,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
)


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Register what belongs to the integration rather than to its entry."""
    services.async_register(hass)
    traces.async_register(hass)
    vocabulary.async_register(hass)
    renames.async_register(hass)
    await clip_view.async_register(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: AthenaConfigEntry) -> bool:
    """Bring the house to life."""
    entry.async_on_unload(entry.add_update_listener(_async_reload))  # first: a room may be added while this runs
    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, partial(_async_move, hass, entry)))
    entry.runtime_data = runtime = Runtime(hass, entry)
    entry.async_on_unload(runtime.async_stop)
    await runtime.async_restore()
    company = Companion(hass, entry)
    await company.async_start()
    intents.async_register(hass, entry, company.wishes)
    llm.async_register(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    await runtime.async_start()  # last: what happens from here on is told to every entity, an alarm that is due too
    return True


async def async_unload_entry(hass: HomeAssistant, entry: AthenaConfigEntry) -> bool:
    """Put the house to rest; nothing of it goes on."""
    await entry.runtime_data.async_stop()  # first: what falls due now waits for the next start, where it is told
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, _entry: AthenaConfigEntry) -> None:
    """Forget the house."""
    await health.async_forget(hass)
    await companion.async_forget(hass)
    await HouseStore(hass).async_remove()


@callback
def _async_move(hass: HomeAssistant, entry: AthenaConfigEntry, event: Event[dict[str, Any]]) -> None:
    """Reckon everything by the clock on another wall."""
    if "time_zone" in event.data:
        hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_reload(hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
    """Take in changed options and rooms."""
    if entry.state is ConfigEntryState.LOADED:
        runtime, left = entry.runtime_data, {room.room for room in rooms_of(entry)}
        removed = [room for area, room in runtime.rooms.items() if area not in left]
        health.async_tell_of_removed(hass, runtime.house, removed)
    hass.config_entries.async_schedule_reload(entry.entry_id)
