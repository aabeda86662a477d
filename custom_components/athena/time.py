"""When each alarm rings, by the clock on the wall."""

import datetime as dt
from typing import Final, override

from homeassistant.components.time import DOMAIN as TIME_DOMAIN
from homeassistant.components.time import TimeEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alarm_entity import AlarmEntity, async_follow_alarms
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0

TIME: Final = "time"


async def async_setup_entry(
    hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the time of every alarm, as alarms come and go."""
    async_follow_alarms(hass, entry, async_add_entities, TIME_DOMAIN, TIME, AlarmTime)


class AlarmTime(AlarmEntity, TimeEntity):
    """When an alarm rings; one that rings just now goes on."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, runtime: Runtime, room: RoomConfig, alarm: str) -> None:
        super().__init__(runtime, room, TIME_DOMAIN, alarm, TIME)

    @property
    @override
    def native_value(self) -> dt.time | None:
        alarm = self._shown.value
        return None if alarm is None else alarm.time

    @override
    async def async_set_value(self, value: dt.time) -> None:
        await self._async_change(time=value)
