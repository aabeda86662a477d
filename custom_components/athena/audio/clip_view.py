"""Hands out Athena's own clips, from memory, to whoever was told to play one."""

from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web
from homeassistant.components.http import HomeAssistantView
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_send

from .clips import clip_name, render_clips
from .sound import Sound

URL: Final = "/api/athena/sounds/{order}/{clip}"


def path_of(order: str, sound: Sound, level: int) -> str:
    """Return where a loudspeaker finds a clip, yet to be signed by Home Assistant; `order` tells fetches apart."""
    return URL.format(order=order, clip=clip_name(sound, level))


def fetched_signal(order: str) -> str:
    """Return the dispatcher's signal that the clip of this order has been fetched: until then nobody can hear it."""
    return f"athena_clip_fetched_{order}"


class ClipView(HomeAssistantView):
    """Knows these clips and nothing else; without a login it wants the signature that Home Assistant gives a player."""

    url = URL
    name = "api:athena:sounds"

    def __init__(self, hass: HomeAssistant, clips: dict[str, bytes]) -> None:
        self._hass = hass
        self._clips = clips

    async def head(self, _request: web.Request, order: str, clip: str) -> web.StreamResponse:
        """Answer a player that asks what it is first; that is no fetch."""
        del order
        status = HTTPStatus.OK if clip in self._clips else HTTPStatus.NOT_FOUND
        return web.Response(status=status, content_type="audio/wav")

    async def get(self, _request: web.Request, order: str, clip: str) -> web.StreamResponse:
        """Hand out a clip."""
        if (body := self._clips.get(clip)) is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        async_dispatcher_send(self._hass, fetched_signal(order))
        return web.Response(body=body, content_type="audio/wav", headers={hdrs.CACHE_CONTROL: "no-store"})


async def async_register(hass: HomeAssistant) -> None:
    """Make the clips, and hand them out from now on."""
    hass.http.register_view(ClipView(hass, await hass.async_add_executor_job(render_clips)))
