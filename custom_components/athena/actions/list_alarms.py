"""What alarms are set?"""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call, alarm_told


async def _async_do(call: Call) -> JsonObjectType:
    clocks = [
        (room, clock) for config in call.rooms for room in [call.runtime.room(config.room)] for clock in room.clocks
    ]
    coming = [(clock.next, index) for index, (_, clock) in enumerate(clocks) if clock.next is not None]
    told = [alarm_told(room, clock) for room, clock in clocks]
    return {"alarms": list(told), "next": told[min(coming)[1]] if coming else None}


LIST_ALARMS: Final = Action(name="list_alarms", async_do=_async_do, response=SupportsResponse.ONLY, every_room=True)
