"""Which loudspeakers a room is heard through, and when."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ...areas import entities_in
from ...const import DOMAIN
from ...output import LeftOut
from ...rooms import RoomConfig
from .audio import Audio
from .volumes import async_restore_volume, async_restore_volumes, async_set_volume, can

_LOGGER = logging.getLogger(__name__)

EXPECTED: Final = (HomeAssistantError, OSError, RuntimeError)
"""What a loudspeaker fails with that is gone or cannot do it; anything else is a fault of its integration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """What has come of an order to some loudspeakers."""

    heard: bool
    """By one at least."""
    failures: dict[str, str]
    """Why those failed that did."""

    @property
    def left_out(self) -> LeftOut | None:
        return None if self.heard else LeftOut.BUSY


async def async_make_heard(
    hass: HomeAssistant, entry: ConfigEntry[Any], room: RoomConfig, audio: Audio, context: Context
) -> LeftOut | None:
    """Let a room hear it, and return None; return why nobody hears it where it was left out.

    Raises HomeAssistantError where something urgent cannot be heard, or something fails.

    A room is spoken to through its satellites. What is not urgent is not heard without them, or while they have
    something else to do; an alarm is left out for some of its cycles then, and no longer. The media players of the room
    are for an alarm that cannot be heard otherwise: nobody wants a welcome from every television.
    """
    if not room.loudspeakers.is_restored_on_unload:
        room.loudspeakers.is_restored_on_unload = True
        entry.async_on_unload(partial(async_restore_volumes, hass, room, Context()))
    satellites = _usable(hass, entities_in(hass, room.room, ASSIST_SATELLITE_DOMAIN))
    if not audio.urgent:
        if not satellites:
            return LeftOut.NO_SATELLITE
        tried = await _async_try_all(satellites, partial(_async_announce, hass, room, audio, context))
        if failures := tried.failures:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_said",
                translation_placeholders={"satellites": ", ".join(failures), "reason": "; ".join(failures.values())},
            )
        return tried.left_out
    admitted = _admitted(hass, room, satellites, context)
    if satellites and not admitted:
        return LeftOut.BUSY
    tried = await _async_try_all(admitted, partial(_async_announce_alarm, hass, room, audio, context))
    if len(tried.failures) == len(admitted):
        return await _async_play_through_players(hass, room, audio, context, tried.failures)
    return tried.left_out


async def async_end_alarm(hass: HomeAssistant, room: RoomConfig, context: Context) -> None:
    """Let nothing more of an alarm be heard in the room but what sounds just now, and put the volumes back."""
    for domain in (ASSIST_SATELLITE_DOMAIN, MEDIA_PLAYER_DOMAIN):
        for loudspeaker in entities_in(hass, room.room, domain):
            room.loudspeakers.turn(loudspeaker).end_alarm()
    await async_restore_volumes(hass, room, context)


async def _async_play_through_players(
    hass: HomeAssistant, room: RoomConfig, audio: Audio, context: Context, failures: dict[str, str]
) -> LeftOut | None:
    """Go on where no satellite can be heard; `failures` says why not."""
    players = [
        player
        for player in _usable(hass, entities_in(hass, room.room, MEDIA_PLAYER_DOMAIN))
        if can(hass, player, MediaPlayerEntityFeature.PLAY_MEDIA)
    ]
    admitted = _admitted(hass, room, players, context)
    if players and not admitted:
        return LeftOut.BUSY
    tried = await _async_try_all(admitted, partial(_async_play_alarm, hass, room, audio, context))
    if len(tried.failures) == len(admitted):
        reasons = "; ".join(f"{one}: {reason}" for one, reason in (failures | tried.failures).items())
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="unheard",
            translation_placeholders={
                "room": room.title,
                "reason": reasons or "no satellite and no media player is there",
            },
        )
    return tried.left_out


async def _async_announce(
    hass: HomeAssistant, room: RoomConfig, audio: Audio, context: Context, satellite: str
) -> bool:
    async with room.loudspeakers.turn(satellite).of_other() as mine:
        # An announcement would end a request that somebody is just speaking, and what is spoken comes first (rule 6).
        if not mine or not hass.states.is_state(satellite, AssistSatelliteState.IDLE):
            return False
        player = await async_set_volume(hass, room, satellite, audio.volume, context)
        try:
            await audio.async_announce(hass, satellite, context, own_volume=player is not None)
        finally:
            if player is not None:
                await async_restore_volume(hass, room, player, context)
        return True


async def _async_announce_alarm(
    hass: HomeAssistant, room: RoomConfig, audio: Audio, context: Context, satellite: str
) -> bool:
    turn = room.loudspeakers.turn(satellite)
    async with turn.of_alarm(context.id) as mine:
        if mine:
            failed = turn.has_failed(context.id)
            turn.fail(context.id)
            player = await async_set_volume(hass, room, satellite, audio.volume, context)
            await audio.async_announce(hass, satellite, context, own_volume=player is not None)
            if failed:  # a clip is known to be fetched, of a line nothing is known: the clip's word counts for both
                raise HomeAssistantError("it did not play the sound before the line either")
            turn.succeed()
        return mine


async def _async_play_alarm(hass: HomeAssistant, room: RoomConfig, audio: Audio, context: Context, player: str) -> bool:
    turn = room.loudspeakers.turn(player)
    async with turn.of_alarm(context.id) as mine:
        if mine:
            settable = await async_set_volume(hass, room, player, audio.volume, context)
            turn.rest(await audio.async_play(hass, player, context, own_volume=settable is not None))
        return mine


async def _async_try_all(loudspeakers: list[str], sound: Callable[[str], Coroutine[Any, Any, bool]]) -> _Tried:
    """Sound through all of them at once; each tells whether it was heard, or left out."""
    outcomes = await asyncio.gather(*(sound(one) for one in loudspeakers), return_exceptions=True)
    failures, heard = {}, False
    for loudspeaker, outcome in zip(loudspeakers, outcomes, strict=True):
        if isinstance(outcome, Exception):
            failures[loudspeaker] = str(outcome) or type(outcome).__name__
            if not isinstance(outcome, EXPECTED):
                _LOGGER.error("%s failed", loudspeaker, exc_info=outcome)
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            heard = heard or outcome
    return _Tried(heard=heard, failures=failures)


@callback
def _admitted(hass: HomeAssistant, room: RoomConfig, loudspeakers: list[str], context: Context) -> list[str]:
    """Return those that the cycle of an alarm is to be heard through; all orders of a cycle have one context."""
    return [
        one
        for one in loudspeakers
        if (state := hass.states.get(one)) and room.loudspeakers.turn(one).admits(context.id, state.state)
    ]


@callback
def _usable(hass: HomeAssistant, entity_ids: list[str]) -> list[str]:
    return [one for one in entity_ids if (state := hass.states.get(one)) and state.state != STATE_UNAVAILABLE]
