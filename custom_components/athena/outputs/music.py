"""Music in a room, by a media player of it or elsewhere."""

from typing import Any, ClassVar, override

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    SERVICE_PLAY_MEDIA,
)
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_MEDIA_STOP, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..brain.commands import MusicPlay, MusicStop
from ..const import DOMAIN
from ..media import PLAYS, kind_of
from ..output import Output
from ..rooms import RoomConfig


class MusicPlayOutput(Output[MusicPlay]):
    """Begins to play; whether it then really plays, a source tells."""

    command: ClassVar = MusicPlay

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: MusicPlay, context: Context
    ) -> None:
        await _async_call(
            hass,
            command.player,
            SERVICE_PLAY_MEDIA,
            {
                ATTR_MEDIA_CONTENT_ID: command.media,
                ATTR_MEDIA_CONTENT_TYPE: command.kind or kind_of(command.media),
            },
            context,
        )


class MusicStopOutput(Output[MusicStop]):
    """Stops what plays, if anything does."""

    command: ClassVar = MusicStop

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: MusicStop, context: Context
    ) -> None:
        if (state := hass.states.get(command.player)) is not None and state.state in PLAYS:
            await _async_call(hass, command.player, SERVICE_MEDIA_STOP, {}, context)


async def _async_call(hass: HomeAssistant, player: str, service: str, data: dict[str, Any], context: Context) -> None:
    state = hass.states.get(player)
    if state is None or state.state == STATE_UNAVAILABLE:  # Home Assistant would do nothing, and say nothing
        raise _error(player, "it is not available")
    try:
        await hass.services.async_call(
            MEDIA_PLAYER_DOMAIN, service, {ATTR_ENTITY_ID: player, **data}, blocking=True, context=context
        )
    except (HomeAssistantError, OSError, RuntimeError) as err:
        raise _error(player, str(err) or type(err).__name__) from err


def _error(player: str, reason: str) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="player_failed",
        translation_placeholders={"player": player, "reason": reason},
    )
