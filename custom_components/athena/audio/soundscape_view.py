"""Hands out soundscapes as WAV without an end, no faster than they are heard, for as long as a player listens."""

import asyncio
import struct
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web
from homeassistant.components.http import HomeAssistantView
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util

from .fading import faded
from .on_air import Airing, OnAir
from .rounds import BYTES_A_SECOND, FRAME_BYTES
from .soundscape import CHANNELS, RATE

URL: Final = "/api/athena/soundscapes/{order}/{name}"

AHEAD: Final = 10.0
"""Seconds that a player may have in store: what it takes beyond, it gets as it plays it."""

CHUNK: Final = BYTES_A_SECOND // 4

FADE_IN: Final = 2.0
FADE_OUT: Final = 30.0
"""Seconds."""

MOST_STREAMS: Final = 4
"""Of one airing: a player may look at it first, or lose its connection; more are none of its."""

_ENDLESS: Final = 0xFFFF_FFFF  # the most that a WAV's header can say, and what players take for no end

HEADER: Final = struct.pack(
    "<4sI8sIHHIIHH4sI",
    b"RIFF", _ENDLESS, b"WAVEfmt ", 16, 1, CHANNELS, RATE, BYTES_A_SECOND, FRAME_BYTES, 16, b"data", _ENDLESS,
)  # fmt: skip

_HEADERS: Final = {hdrs.CACHE_CONTROL: "no-store"}
"""Not a word of ranges: mpd takes even `Accept-Ranges: none` for a leave to seek, and plays the header as a click."""


def path_of(airing: Airing) -> str:
    """Return where a player finds it."""
    return URL.format(order=airing.order, name=f"{airing.soundscape.key}.wav")


class SoundscapeView(HomeAssistantView):
    """Knows what is on the air and nothing else; whoever knows the address of that may listen.

    It wants neither a login nor a signature: a player looks beside it for a picture (mpd for `cover.png`), and each
    time Home Assistant would tell its owner that somebody has tried to log in.
    """

    requires_auth = False
    url = URL
    name = "api:athena:soundscapes"

    def __init__(self, on_air: OnAir) -> None:
        self._on_air = on_air

    async def head(self, _request: web.Request, order: str, name: str) -> web.StreamResponse:
        """Answer a player that asks what it is first; that is no fetch."""
        if self._airing(order, name) is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.Response(content_type="audio/wav", headers=_HEADERS)

    async def get(self, request: web.Request, order: str, name: str) -> web.StreamResponse:
        """Hand it out from its begin, whichever part is asked for: of what has no end, there are no parts."""
        if (airing := self._airing(order, name)) is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if len(airing.streams) >= MOST_STREAMS:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        response = web.StreamResponse(headers=_HEADERS)
        response.content_type = "audio/wav"
        await response.prepare(request)
        async with asyncio.TaskGroup() as group:
            stream = group.create_task(self._stream(airing, response))
            airing.streams.add(stream)
            airing.fetched.set()
            stream.add_done_callback(airing.streams.discard)
        if stream.cancelled() and request.transport is not None:
            request.transport.abort()  # a player that holds on may not be asked to take the rest
        return response

    def _airing(self, order: str, name: str) -> Airing | None:
        airing = self._on_air.of(order)
        return airing if airing is not None and name == f"{airing.soundscape.key}.wav" else None

    async def _stream(self, airing: Airing, response: web.StreamResponse) -> None:
        round_ = await self._on_air.async_round(airing.soundscape)
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            await response.write(HEADER)
            for number, chunk in enumerate(_chunks(round_)):
                ahead = number * CHUNK / BYTES_A_SECOND - (clock() - began)
                if ahead > AHEAD:
                    await asyncio.sleep(ahead - AHEAD)
                begin, end = _gains(airing, number, max(0.0, ahead))
                if begin <= 0.0 < number:
                    airing.is_over = True
                    return
                await response.write(chunk if begin == end == 1.0 else faded(chunk, begin, end))
        except ConnectionError:  # the player has hung up
            return


def _chunks(round_: bytes) -> Iterator[memoryview]:
    """Yield the round again and again, as one sound."""
    whole = memoryview(round_)
    while True:
        for begin in range(0, len(whole), CHUNK):
            yield whole[begin : begin + CHUNK]


def _gains(airing: Airing, number: int, ahead: float) -> tuple[float, float]:
    """Return how loud a chunk begins and ends, 0 to 1, where it is heard so many seconds from now."""
    length = CHUNK / BYTES_A_SECOND
    begin, end = number * length / FADE_IN, (number + 1) * length / FADE_IN
    if airing.until is not None:
        left = (airing.until - dt_util.utcnow() - timedelta(seconds=ahead)).total_seconds()
        begin, end = min(begin, left / FADE_OUT), min(end, (left - length) / FADE_OUT)
    return min(1.0, max(0.0, begin)), min(1.0, max(0.0, end))


@singleton("athena_on_air")
@callback
def on_air_of(hass: HomeAssistant) -> OnAir:
    """Return what is on the air; it is Home Assistant's: players go on while Athena is loaded anew."""
    on_air = OnAir(hass)
    hass.http.register_view(SoundscapeView(on_air))
    hass.async_add_shutdown_job(HassJob(on_air.hang_up, "athena soundscapes"))
    return on_air
