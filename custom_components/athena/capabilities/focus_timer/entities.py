"""What a room shows of its focus timer."""

from collections.abc import Callable, Mapping
from typing import Any, override

from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.components.sensor import SensorDeviceClass, SensorEntity

from ...brain.stretches import Phase
from ...entity import RoomEntity, Shown
from ...rooms import RoomConfig
from ...runtime import Runtime


class FocusSensor(RoomEntity, SensorEntity):
    """What the focus timer of a room does."""

    _attr_device_class = SensorDeviceClass.ENUM

    def __init__(self, runtime: Runtime, room: RoomConfig, key: str, shown: Callable[[], Shown]) -> None:
        super().__init__(runtime, room, SENSOR_DOMAIN, key)
        self._attr_options = ["idle", *Phase, "paused"]
        self._shown = shown

    @property
    @override
    def native_value(self) -> str:
        return str(self._shown().value)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        return self._shown().attributes
