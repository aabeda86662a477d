"""Playing something on a media player, beside what it plays."""

from typing import Any

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.components.media_player.const import (
    ATTR_MEDIA_ANNOUNCE,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    SERVICE_PLAY_MEDIA,
    MediaPlayerEntityFeature,
    MediaType,
)
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant

from .volumes import can


async def async_play_once(hass: HomeAssistant, player: str, url: str, context: Context) -> None:
    """Let a media player play what is at a URL; one that can announce goes on afterwards with what it played."""
    announced: dict[str, Any] = (
        {ATTR_MEDIA_ANNOUNCE: True} if can(hass, player, MediaPlayerEntityFeature.MEDIA_ANNOUNCE) else {}
    )
    what = {ATTR_MEDIA_CONTENT_ID: url, ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC, **announced}
    await hass.services.async_call(
        MEDIA_PLAYER_DOMAIN, SERVICE_PLAY_MEDIA, {ATTR_ENTITY_ID: player, **what}, blocking=True, context=context
    )
