"""I'm still awake."""

from typing import Any, override

from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..brain import phrases
from ..brain.events import StillAwake
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class StillAwakeIntent(RoomIntentHandler):
    """Keep the room awake (rule 4); to an alarm it is no answer."""

    intent_type = "AthenaStillAwake"
    description = "Cancels the sleep mode of a room: somebody there is still awake"

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        event = StillAwake(room=room.room, at=dt_util.utcnow(), source="agent")
        await self.async_tell(event, intent_obj.context)
        if self.runtime.room(room.room).waking:
            return No(line=phrases.OUT_OF_BED_FIRST)
        return phrases.SLEEP_MODE_DISABLED
