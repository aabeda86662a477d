"""Athena's scenes and the user's own, in each room, as Home Assistant scenes."""

from typing import Any, override

from homeassistant.components.scene import DOMAIN as SCENE_DOMAIN
from homeassistant.components.scene import Scene as SceneEntity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .brain.scene import Scene
from .entity import RoomEntity
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add every scene to every room, and forget those that are gone."""
    there: set[str | None] = set()
    for room in entry.runtime_data.rooms.values():
        entities = [RoomScene(entry.runtime_data, room, scene) for scene in room.scenes.values()]
        there |= {entity.unique_id for entity in entities}
        async_add_entities(entities, config_subentry_id=room.subentry_id)
    registry = er.async_get(hass)
    for known in er.async_entries_for_config_entry(registry, entry.entry_id):
        if known.domain == SCENE_DOMAIN and known.unique_id not in there:
            registry.async_remove(known.entity_id)  # a device is of one subentry, the room's: nobody else removes it


class RoomScene(RoomEntity, SceneEntity):
    """One scene of one room; whoever activates it is a person, or acts for one."""

    def __init__(self, runtime: Runtime, room: RoomConfig, scene: Scene) -> None:
        super().__init__(runtime, room, SCENE_DOMAIN, scene.key)
        self._scene = scene.key
        if scene.name is not None:
            self._attr_name = scene.name
        if scene.icon is not None:
            self._attr_icon = scene.icon

    @override
    async def async_activate(self, **kwargs: Any) -> None:
        """Activate the scene; raise ServiceValidationError in a room without lights."""
        await self._runtime.async_activate_scene(self._room, self._scene, self.entity_id, self._context or Context())
