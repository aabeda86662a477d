"""What a person tells a room by a press."""

from typing import override

from homeassistant.components.button import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .brain.events import AlarmSkipped, StillAwake
from .brain.room import Room
from .entity import RoomEntity, RoomView, Shown
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the buttons of every room."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities(
            [StillAwakeButton(runtime, room), SkipNextAlarmButton(runtime, room)],
            config_subentry_id=room.subentry_id,
        )


class StillAwakeButton(RoomEntity, ButtonEntity):
    """Whoever lies there does not sleep."""

    def __init__(self, runtime: Runtime, room: RoomConfig) -> None:
        super().__init__(runtime, room, BUTTON_DOMAIN, "still_awake")

    @override
    async def async_press(self) -> None:
        event = StillAwake(room=self._room.room, at=dt_util.utcnow(), source=self.entity_id)
        await self._runtime.async_tell(event, self._told_by)


def _next(_runtime: Runtime, room: Room) -> Shown:
    clock = room.next_clock
    return Shown(value=None if clock is None else clock.alarm.id)


class SkipNextAlarmButton(RoomView, ButtonEntity):
    """Leave the next ring out; available while there is one."""

    def __init__(self, runtime: Runtime, room: RoomConfig) -> None:
        super().__init__(runtime, room, BUTTON_DOMAIN, "skip_next_alarm", _next)

    @property
    @override
    def available(self) -> bool:
        return super().available and self._shown.value is not None

    @override
    async def async_press(self) -> None:
        if self._shown.value is not None:
            event = AlarmSkipped(
                room=self._room.room, at=dt_util.utcnow(), source=self.entity_id, alarm=self._shown.value
            )
            await self._runtime.async_tell(event, self._told_by)
