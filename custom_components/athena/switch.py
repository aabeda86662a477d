"""Quiet hours, and each alarm on or off."""

from typing import Any, Final, override

from homeassistant.components.switch import DOMAIN as SWITCH_DOMAIN
from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .alarm_entity import AlarmEntity, async_follow_alarms
from .brain.events import QuietSet
from .brain.room import Room
from .entity import RoomView, Shown
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0

ENABLED: Final = "enabled"


async def async_setup_entry(
    hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the switches of every room, and of every alarm as it comes."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities([QuietSwitch(runtime, room)], config_subentry_id=room.subentry_id)
    async_follow_alarms(hass, entry, async_add_entities, SWITCH_DOMAIN, ENABLED, AlarmSwitch)


def _quiet(_runtime: Runtime, room: Room) -> Shown:
    return Shown(value=room.quiet)


class QuietSwitch(RoomView, SwitchEntity):
    """Whether the room is silent and does nothing of itself; alarms are exempt."""

    _attr_entity_category = EntityCategory.CONFIG  # else "turn on everything in here" would silence the room

    def __init__(self, runtime: Runtime, room: RoomConfig) -> None:
        super().__init__(runtime, room, SWITCH_DOMAIN, "quiet_hours", _quiet)

    @property
    @override
    def is_on(self) -> bool:
        return bool(self._shown.value)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self._async_set(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self._async_set(on=False)

    async def _async_set(self, *, on: bool) -> None:
        event = QuietSet(room=self._room.room, at=dt_util.utcnow(), source=self.entity_id, on=on)
        await self._runtime.async_tell(event, self._told_by)


class AlarmSwitch(AlarmEntity, SwitchEntity):
    """Whether an alarm is on; turned off while it rings, it is off from the next time on."""

    _attr_entity_category = EntityCategory.CONFIG  # else "turn off everything in here" would let a sleeper sleep on

    def __init__(self, runtime: Runtime, room: RoomConfig, alarm: str) -> None:
        super().__init__(runtime, room, SWITCH_DOMAIN, alarm, ENABLED)

    @property
    @override
    def is_on(self) -> bool | None:
        alarm = self._shown.value
        return None if alarm is None else alarm.enabled

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self._async_change(enabled=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self._async_change(enabled=False)
