"""Athena's voice in a room."""

from typing import ClassVar, override

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..areas import entities_in
from ..brain.commands import AudioSay
from ..const import DOMAIN
from ..output import Output
from ..rooms import RoomConfig


class SpeechOutput(Output[AudioSay]):
    """Says a line through the room's voice satellites that have nothing else to do; a room without one stays silent.

    An announcement would end a request that somebody is just speaking, and what is spoken comes first (design §3.6).
    """

    command: ClassVar = AudioSay

    @override
    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: AudioSay, context: Context) -> None:
        satellites = [
            entity_id
            for entity_id in entities_in(hass, room.room, ASSIST_SATELLITE_DOMAIN)
            if hass.states.is_state(entity_id, AssistSatelliteState.IDLE)
        ]
        if not satellites:
            return
        try:
            await hass.services.async_call(
                ASSIST_SATELLITE_DOMAIN,
                "announce",
                {ATTR_ENTITY_ID: satellites, "message": command.text, "preannounce": False},
                blocking=True,
                context=context,
            )
        except OSError as err:  # a Wyoming satellite that is gone; a Home Assistant without ffmpeg
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_said",
                translation_placeholders={"satellites": ", ".join(satellites), "reason": str(err)},
            ) from err
