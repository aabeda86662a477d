"""Athena's voice in a room."""

from typing import ClassVar, override

from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE_DOMAIN
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant

from ..areas import entities_in
from ..brain.commands import AudioSay
from ..output import Output
from ..rooms import RoomConfig


class SpeechOutput(Output[AudioSay]):
    """Says a line through the room's voice satellites; a room without one stays silent."""

    command: ClassVar = AudioSay

    @override
    async def async_carry_out(self, hass: HomeAssistant, room: RoomConfig, command: AudioSay, context: Context) -> None:
        satellites = [
            entity_id
            for entity_id in entities_in(hass, room.room, ASSIST_SATELLITE_DOMAIN)
            if (state := hass.states.get(entity_id)) is not None and state.state != STATE_UNAVAILABLE
        ]
        if satellites:
            await hass.services.async_call(
                ASSIST_SATELLITE_DOMAIN,
                "announce",
                {ATTR_ENTITY_ID: satellites, "message": command.text, "preannounce": False},
                blocking=True,
                context=context,
            )
