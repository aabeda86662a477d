"""Say a line in a room, unless it has quiet hours (rule 10)."""

from typing import Final

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..brain.commands import AudioSay

LONGEST: Final = 1000
"""Characters; more than a minute of speech."""


async def _async_do(call: Call) -> JsonObjectType:
    if call.room.quiet:
        return {"said": False, "reason": "quiet_hours"}
    line = AudioSay(room=call.config.room, text=call.data["text"])
    if (left_out := await call.runtime.async_order(line, call.context)) is not None:
        return {"said": False, "reason": str(left_out)}
    return {"said": True}


SAY: Final = Action(
    name="say",
    async_do=_async_do,
    fields={vol.Required("text"): vol.All(cv.string, vol.Strip, vol.Length(min=1, max=LONGEST))},
)
