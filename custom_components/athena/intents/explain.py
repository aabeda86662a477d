"""Why did the lights come on?"""

from typing import ClassVar, override

import probatio as vol
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..brain import phrases
from ..brain.decisions import Decision
from ..brain.room_state import Why
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class ExplainIntent(RoomIntentHandler):
    """Say why the lights of a room are as Athena left them."""

    intent_type = "AthenaExplain"
    description = "Tells why Athena changed the lights of a room"
    is_question: ClassVar = True

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Optional("power"): vol.In(("on", "off")), **super().slot_schema}

    @override
    async def async_handle_room(
        self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, dict[str, str]]
    ) -> str:
        cause = self.runtime.room(room.room).cause
        power = None if cause is None else _power(room, cause)
        if cause is None or slots.get("power", {"value": power})["value"] != power:
            return phrases.NOT_MINE  # the lights are not as Athena left them
        at = dt_util.as_local(cause.at)
        match cause.why:
            case Why.CAME_IN:
                return phrases.you_came_in(at)
            case Why.ASKED if cause.scene is not None:
                return phrases.you_asked(cause.scene, at)
            case Why.LEFT:
                return phrases.nobody_was_there(room.settings.empty_after)
        return phrases.NOT_MINE


def _power(room: RoomConfig, cause: Decision) -> str | None:
    scene = room.scenes.get(cause.scene or "")
    return None if scene is None else "on" if scene.is_light else "off"
