"""Athena's scenes, in each room, as Home Assistant scenes."""

from typing import Any, override

from homeassistant.components.scene import DOMAIN as SCENE_DOMAIN
from homeassistant.components.scene import Scene
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .brain import scenes
from .entity import RoomEntity
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add every scene to every room."""
    for room in entry.runtime_data.rooms.values():
        async_add_entities(
            [RoomScene(entry.runtime_data, room, scene.key) for scene in scenes.ALL],
            config_subentry_id=room.subentry_id,
        )


class RoomScene(RoomEntity, Scene):
    """One scene of one room; whoever activates it is a person, or acts for one."""

    def __init__(self, runtime: Runtime, room: RoomConfig, key: str) -> None:
        super().__init__(runtime, room, SCENE_DOMAIN, key)
        self._scene = key

    @override
    async def async_activate(self, **kwargs: Any) -> None:
        """Activate the scene; raise ServiceValidationError in a room without lights."""
        await self._runtime.async_activate_scene(self._room, self._scene, self.entity_id, self._context or Context())
