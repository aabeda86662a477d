"""How loud a loudspeaker is, for as long as an order wants it so."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, Final

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature,
    MediaPlayerEntityStateAttribute,
)
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_VOLUME_MUTE, SERVICE_VOLUME_SET
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ... import media
from ...audio.loudspeakers import VolumeBefore
from ...rooms import RoomConfig

_LOGGER = logging.getLogger(__name__)

LEVEL: Final = MediaPlayerEntityStateAttribute.MEDIA_VOLUME_LEVEL
MUTED: Final = MediaPlayerEntityStateAttribute.MEDIA_VOLUME_MUTED

SAME: Final = 0.02
"""Volumes that differ by less are one: a loudspeaker rounds."""

PATIENCE: Final = 2.0
"""Seconds: the alarm does not wait longer for a loudspeaker to be turned up."""


async def async_set_volume(
    hass: HomeAssistant, room: RoomConfig, loudspeaker: str, volume: float | None, context: Context
) -> str | None:
    """Set the volume of a loudspeaker; return the media player that has it, None where none has or none is wanted.

    That is a kindness: a loudspeaker that refuses is heard all the same.
    """
    if volume is None or (player := volume_of(hass, loudspeaker)) is None:
        return None
    volume = min(1.0, max(0.0, volume))
    level, muted = _level(hass, player), _is_muted(hass, player)
    before = room.loudspeakers.volumes.get(player, VolumeBefore(level=level, muted=muted, ours=volume))
    room.loudspeakers.volumes[player] = replace(before, ours=volume)
    if muted:
        await _async_try(hass, player, SERVICE_VOLUME_MUTE, {MUTED: False}, context)
    if level is None or abs(level - volume) >= SAME:
        await _async_try(hass, player, SERVICE_VOLUME_SET, {LEVEL: volume}, context)
    return player


async def async_restore_volume(hass: HomeAssistant, room: RoomConfig, player: str, context: Context) -> None:
    """Put the volume back to what it was before the first order, unless somebody else has changed it since."""
    if (before := room.loudspeakers.volumes.pop(player, None)) is None:
        return
    level = _level(hass, player)
    if before.level is not None and level is not None and abs(level - before.ours) < SAME:
        await _async_try(hass, player, SERVICE_VOLUME_SET, {LEVEL: before.level}, context)
    if before.muted:
        await _async_try(hass, player, SERVICE_VOLUME_MUTE, {MUTED: True}, context)


async def async_restore_volumes(hass: HomeAssistant, room: RoomConfig, context: Context) -> None:
    """Put back every volume that an order has changed in a room."""
    for player in tuple(room.loudspeakers.volumes):
        await async_restore_volume(hass, room, player, context)


@callback
def can(hass: HomeAssistant, player: str, feature: MediaPlayerEntityFeature) -> bool:
    """Return whether a media player can do it."""
    state = hass.states.get(player)
    return state is not None and media.can(state, feature)


@callback
def volume_of(hass: HomeAssistant, loudspeaker: str) -> str | None:
    """Return the media player that sets the volume of a loudspeaker: itself, or the one of the satellite's device."""
    registry = er.async_get(hass)
    beside = [loudspeaker]
    if (entry := registry.async_get(loudspeaker)) is not None and entry.device_id is not None:
        beside += sorted(one.entity_id for one in er.async_entries_for_device(registry, entry.device_id))
    for entity_id in beside:
        if entity_id.startswith(f"{MEDIA_PLAYER_DOMAIN}.") and can(
            hass, entity_id, MediaPlayerEntityFeature.VOLUME_SET
        ):
            return entity_id
    return None


def _level(hass: HomeAssistant, player: str) -> float | None:
    state = hass.states.get(player)
    level = state.attributes.get(LEVEL) if state else None
    return None if level is None else float(level)


def _is_muted(hass: HomeAssistant, player: str) -> bool:
    state = hass.states.get(player)
    muted = state is not None and state.attributes.get(MUTED) is True
    return muted and can(hass, player, MediaPlayerEntityFeature.VOLUME_MUTE)


async def _async_try(hass: HomeAssistant, player: str, service: str, data: dict[str, Any], context: Context) -> None:
    call = hass.services.async_call(
        MEDIA_PLAYER_DOMAIN, service, {ATTR_ENTITY_ID: player, **data}, blocking=True, context=context
    )
    [outcome] = await asyncio.gather(asyncio.wait_for(call, PATIENCE), return_exceptions=True)
    if isinstance(outcome, Exception):  # whatever it is: it is heard as loud as it is
        _LOGGER.debug("%s of %s failed: %s", service, player, outcome)
    elif isinstance(outcome, BaseException):
        raise outcome
