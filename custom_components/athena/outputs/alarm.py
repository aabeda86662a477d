"""The end of an alarm's noise."""

from typing import ClassVar, override

from homeassistant.core import Context, HomeAssistant

from ..brain.commands import AlarmStop
from ..output import Output
from ..rooms import RoomConfig
from .audible.room import async_end_alarm


class AlarmStopOutput(Output[AlarmStop]):
    """Lets nothing more of the alarm be heard but the clip that sounds just now, and puts the volumes back."""

    command: ClassVar = AlarmStop

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: AlarmStop, context: Context
    ) -> None:
        await async_end_alarm(hass, room, context)
