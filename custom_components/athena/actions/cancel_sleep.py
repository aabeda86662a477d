"""Nobody sleeps here, whatever it looks like (rule 4)."""

from typing import Final

from homeassistant.util.json import JsonObjectType

from ..action import Action, Call
from ..brain.events import StillAwake


async def _async_do(call: Call) -> JsonObjectType:
    was_asleep = call.room.sleeping
    await call.async_wish(StillAwake)
    return {"was_asleep": was_asleep, "state": call.room.state.lower()}


CANCEL_SLEEP: Final = Action(name="cancel_sleep", async_do=_async_do)
