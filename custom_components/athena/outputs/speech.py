"""Athena's voice in a room."""

from dataclasses import dataclass
from typing import ClassVar, override

from homeassistant.components import assist_pipeline, tts
from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..brain.commands import AudioSay
from ..output import LeftOut, Output
from ..rooms import RoomConfig
from .audible.audio import Audio
from .audible.playing import async_play_once
from .audible.room import async_make_heard

SECONDS_A_LETTER = 0.08
"""About so long a voice takes for it: nobody tells how long a line is on a media player."""


class SpeechOutput(Output[AudioSay]):
    """Says a line; what is not urgent only through satellites that have nothing else to do."""

    command: ClassVar = AudioSay

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: AudioSay, context: Context
    ) -> LeftOut | None:
        line = _Line(text=command.text, voice=command.voice_id, volume=command.volume, urgent=command.urgent)
        return await async_make_heard(hass, self.entry, room, line, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line(Audio):
    """A line, in the voice of the satellite's own assistant, or in the one that the order names."""

    text: str
    voice: str | None
    volume: float | None
    urgent: bool

    @override
    async def async_announce(self, hass: HomeAssistant, satellite: str, context: Context, *, own_volume: bool) -> None:
        what = {"message": self.text} if self.voice is None else {"message": self.text, "media_id": self._spoken(hass)}
        await hass.services.async_call(
            ASSIST_SATELLITE_DOMAIN,
            "announce",
            {ATTR_ENTITY_ID: [satellite], "preannounce": False, **what},
            blocking=True,
            context=context,
        )

    @override
    async def async_play(self, hass: HomeAssistant, player: str, context: Context, *, own_volume: bool) -> float:
        await async_play_once(hass, player, async_process_play_media_url(hass, self._spoken(hass)), context)
        return SECONDS_A_LETTER * len(self.text)

    @callback
    def _spoken(self, hass: HomeAssistant) -> str:
        """Return where the line can be fetched, spoken by the preferred assistant's voice."""
        if not {"assist_pipeline", "tts"} <= hass.config.components:
            raise HomeAssistantError("Home Assistant has no voice")
        assistant = assist_pipeline.async_get_pipeline(hass)
        if (engine := tts.async_resolve_engine(hass, assistant.tts_engine)) is None:
            raise HomeAssistantError(f"the voice {assistant.tts_engine} is not there")
        voice = self.voice or assistant.tts_voice
        stream = tts.async_create_stream(
            hass, engine, assistant.tts_language, {} if voice is None else {tts.ATTR_VOICE: voice}
        )
        stream.async_set_message(self.text)
        return stream.url
