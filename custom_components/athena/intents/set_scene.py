"""Focus mode, night mode."""

from typing import override

import probatio as vol
from homeassistant.helpers import intent

from ..brain import phrases
from ..brain.scenes import ALL
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class SetSceneIntent(RoomIntentHandler):
    """Run a scene in a room."""

    intent_type = "AthenaSetScene"
    description = "Runs a scene (focus, night, entry, exit) in a room"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Required("scene"): vol.In([scene.key for scene in ALL]), **super().slot_schema}

    @override
    async def async_handle_room(
        self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, dict[str, str]]
    ) -> str:
        scene = room.scenes[slots["scene"]["value"]]
        await self.runtime.async_activate_scene(room, scene.key, "agent", intent_obj.context)
        return phrases.addressed(scene.line, room.settings.name)
