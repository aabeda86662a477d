"""Why did the lights come on?"""

from typing import ClassVar, override

from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..brain import phrases
from ..brain.room import Why
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class ExplainIntent(RoomIntentHandler):
    """Say why the lights of a room are as Athena left them."""

    intent_type = "AthenaExplain"
    description = "Tells why Athena changed the lights of a room"
    is_question: ClassVar = True

    @override
    async def async_handle_room(
        self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, dict[str, str]]
    ) -> str:
        cause = self.runtime.room(room.room).cause
        if cause is None:
            return phrases.NOT_MINE
        at = dt_util.as_local(cause.at)
        match cause.why:
            case Why.CAME_IN:
                return phrases.you_came_in(at)
            case Why.ASKED:
                return phrases.you_asked(cause.scene, at)
            case Why.LEFT:
                return phrases.nobody_was_there(int(room.settings.empty_after.total_seconds() // 60))
