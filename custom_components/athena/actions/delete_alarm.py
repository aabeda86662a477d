"""Delete an alarm; one that rings just now goes on until somebody is out of bed."""

from typing import Final

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..alarms import alarms_of
from ..brain.events import AlarmDeleted


async def _async_do(call: Call) -> JsonObjectType:
    alarm: str = call.data["id"]
    if alarm in alarms_of(call.room) or alarm not in call.room.waking:  # else it rings for the last time as it is
        await call.async_wish(AlarmDeleted, alarm=alarm)
    return {"deleted": alarm, "still_ringing": alarm in call.room.waking}


DELETE_ALARM: Final = Action(name="delete_alarm", async_do=_async_do, fields={vol.Required("id"): cv.string})
