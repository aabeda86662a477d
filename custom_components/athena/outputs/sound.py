"""Athena's own sounds in a room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar, override

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util.ulid import ulid_now

from ..audio.clip_view import fetched_signal, path_of
from ..audio.clips import LEVELS, SOUNDS, level_of
from ..audio.sound import Sound
from ..brain.commands import AudioPlay
from ..const import DOMAIN
from ..output import LeftOut, Output
from ..rooms import RoomConfig
from .audible.audio import Audio
from .audible.playing import async_play_once
from .audible.room import async_make_heard

FETCH_SECONDS = 2.0
"""So long after a loudspeaker has taken an order it may still fetch the clip; it cannot have been heard before."""


class SoundOutput(Output[AudioPlay]):
    """Plays a sound; what is not urgent only through satellites that have nothing else to do."""

    command: ClassVar = AudioPlay

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: AudioPlay, context: Context
    ) -> LeftOut | None:
        if (sound := SOUNDS.get(command.sound)) is None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="unknown_sound",
                translation_placeholders={"sound": command.sound, "sounds": ", ".join(SOUNDS)},
            )
        clip = _Clip(sound=sound, volume=command.volume, urgent=command.urgent)
        return await async_make_heard(hass, self.entry, room, clip, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clip(Audio):
    """A clip: the loudest one where the loudspeaker's volume makes the rest, else one as loud as is wanted."""

    sound: Sound
    volume: float | None
    urgent: bool

    @override
    async def async_announce(self, hass: HomeAssistant, satellite: str, context: Context, *, own_volume: bool) -> None:
        async with self._fetched(hass, own_volume=own_volume) as url:
            await hass.services.async_call(
                ASSIST_SATELLITE_DOMAIN,
                "announce",
                {ATTR_ENTITY_ID: [satellite], "media_id": url, "preannounce": False},
                blocking=True,
                context=context,
            )

    @override
    async def async_play(self, hass: HomeAssistant, player: str, context: Context, *, own_volume: bool) -> float:
        async with self._fetched(hass, own_volume=own_volume) as url:
            await async_play_once(hass, player, url, context)
        return self.sound.seconds

    @asynccontextmanager
    async def _fetched(self, hass: HomeAssistant, *, own_volume: bool) -> AsyncIterator[str]:
        """Yield where the clip is, and then wait until it has been fetched; raise HomeAssistantError where it is not.

        A satellite whose converter does not reach Home Assistant announces silence, and says that all is well.
        """
        order, fetched = ulid_now(), asyncio.Event()

        @callback
        def on_fetched() -> None:
            fetched.set()

        disconnect = async_dispatcher_connect(hass, fetched_signal(order), on_fetched)
        level = LEVELS if own_volume else level_of(self.volume)
        url = async_process_play_media_url(hass, path_of(order, self.sound, level))
        try:
            yield url
            async with asyncio.timeout(FETCH_SECONDS):
                await fetched.wait()
        except TimeoutError as err:
            if fetched.is_set():
                raise
            raise HomeAssistantError(f"it has not fetched {url.partition('?')[0]}") from err
        finally:
            disconnect()
