"""Run a scene in a room."""

from typing import Any, ClassVar, override

import probatio as vol

from ..intents.set_scene import SetSceneIntent
from ..tool import SETS, IntentTool


class SetSceneTool(IntentTool):
    """One of Athena's scenes, or one of the user's own."""

    own_name: ClassVar = "SetScene"
    title = "Set scene"
    description = "Runs a scene of lights in a room"
    annotations = SETS

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        scenes = {scene.name or key: key for room in self.runtime.rooms.values() for key, scene in room.scenes.items()}
        return {vol.Required("scene"): vol.In(sorted(scenes)), **self.room_argument()}

    @override
    def intent_of(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        scenes = {scene.name or key: key for room in self.runtime.rooms.values() for key, scene in room.scenes.items()}
        return SetSceneIntent.intent_type, {"scene": scenes[arguments["scene"]]}
