"""Say what state a room is in; not while an alarm rings there."""

from typing import Final

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..brain.events import RoomForced
from ..brain.room_state import RoomState


async def _async_do(call: Call) -> JsonObjectType:
    await call.async_wish(RoomForced, state=call.data["state"])
    return {"state": call.room.state.lower()}


SET_ROOM_STATE: Final = Action(
    name="set_room_state",
    async_do=_async_do,
    fields={vol.Required("state"): vol.All(cv.string, vol.Upper, vol.In(list(RoomState)), vol.Coerce(RoomState))},
)
