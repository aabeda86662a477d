"""The app's stop, behind a confirmation: what is left to somebody whom no sensor can see (design §3.8)."""

from typing import Final

import probatio as vol
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..brain.commands import AlarmStop
from ..brain.events import AlarmDismissed
from ..refusals import refused


async def _async_do(call: Call) -> JsonObjectType:
    if call.data.get("confirmation") is not True:
        raise refused("not_confirmed")
    waking = call.room.waking
    commands = await call.async_wish(AlarmDismissed)
    silenced = [command.alarm for command in commands if isinstance(command, AlarmStop)]
    return {"stopped": [alarm for alarm in waking if alarm not in call.room.waking], "silenced": list(silenced)}


STOP_ALARM: Final = Action(
    name="stop_alarm",
    async_do=_async_do,
    fields={vol.Optional("confirmation"): object},  # required; without it the error says what it is for
)
