"""Focus mode, night mode, good night."""

from typing import Any, override

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent

from ..brain import phrases
from ..brain.scenes import SLEEP
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class SetSceneIntent(RoomIntentHandler):
    """Run a scene in a room, one of the user's own too."""

    intent_type = "AthenaSetScene"
    description = "Runs a scene (focus, night, sleep, entry, exit, or one of the user's own) in a room"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Required("scene"): cv.string, **super().slot_schema}

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        scene = room.scenes.get(slots["scene"])
        if scene is None:
            return No(line=phrases.CANNOT_DO)
        if scene is SLEEP and self.runtime.room(room.room).waking:
            return No(line=phrases.OUT_OF_BED_FIRST)
        await self.runtime.async_activate_scene(room, scene.key, "agent", intent_obj.context)
        if scene is SLEEP:
            return phrases.GOOD_NIGHT
        return phrases.addressed(scene.line, room.settings.name) or phrases.UNDERSTOOD
