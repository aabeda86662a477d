"""What a bedroom shows of its last night."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, override

from homeassistant.components.image import DOMAIN as IMAGE_DOMAIN
from homeassistant.components.image import ImageEntity
from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass
from homeassistant.const import UnitOfTime
from homeassistant.core import callback

from ...brain.night import Epoch, Night, Verdict
from ...companion.desk import Desk
from ...entity import RoomEntity
from ...rooms import RoomConfig


class Log(Protocol):
    """The log of every room's nights."""

    desk: Desk

    def last(self, room: RoomConfig) -> Night | None:
        """Return the last night that is over."""

    def listen(self, room: RoomConfig, shows: Callable[[], None]) -> Callable[[], None]:
        """Call `shows` whenever a night is over, until the returned function is called."""

    def picture(self, room: RoomConfig) -> str:
        """Return the last night as SVG."""


class NightEntity(RoomEntity):
    """An entity of the last night, written when one is over."""

    def __init__(self, log: Log, room: RoomConfig, domain: str, key: str) -> None:
        super().__init__(log.desk.runtime, room, domain, key)
        self._log = log

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._log.listen(self._room, self._look_again))

    @callback
    def _look_again(self) -> None:
        self.async_write_ha_state()

    @property
    def _night(self) -> Night | None:
        return self._log.last(self._room)


class SleepSensor(NightEntity, SensorEntity):
    """Whether the last night was restful; unknown where that cannot be said."""

    _attr_device_class = SensorDeviceClass.ENUM
    _unrecorded_attributes = frozenset({"epochs"})

    def __init__(self, log: Log, room: RoomConfig) -> None:
        super().__init__(log, room, SENSOR_DOMAIN, "sleep")
        self._attr_options = [str(verdict) for verdict in Verdict]

    @property
    @override
    def native_value(self) -> Verdict | None:
        return None if self._night is None else self._night.verdict

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        if (night := self._night) is None:
            return {}
        share, minutes = night.restless, len(night.minutes)
        unknown = sum(epoch.unknown for epoch in night.epochs)
        return {
            "asleep_at": night.asleep_at.isoformat(),
            "woke_at": night.end.isoformat(),
            "by_alarm": night.alarm is not None,
            "minutes_asleep": _minutes(night),
            "movements": night.movements,
            "visits": len(night.visits),
            "restless_share": None if share is None else round(100 * share, 1),
            "unknown_share": round(100 * unknown / max(1, minutes), 1),
            "epochs": [_shown(epoch) for epoch in night.epochs],
        }


class TimeAsleepSensor(NightEntity, SensorEntity):
    """For how long somebody slept in the last night."""

    _attr_device_class = SensorDeviceClass.DURATION
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_native_unit_of_measurement = UnitOfTime.MINUTES
    _attr_suggested_unit_of_measurement = UnitOfTime.HOURS
    _attr_suggested_display_precision = 1

    def __init__(self, log: Log, room: RoomConfig) -> None:
        super().__init__(log, room, SENSOR_DOMAIN, "time_asleep")

    @property
    @override
    def native_value(self) -> int | None:
        return None if self._night is None else _minutes(self._night)


class NightPicture(NightEntity, ImageEntity):
    """The picture of the last night."""

    _attr_content_type = "image/svg+xml"

    def __init__(self, log: Log, room: RoomConfig) -> None:
        super().__init__(log, room, IMAGE_DOMAIN, "night")
        ImageEntity.__init__(self, log.desk.hass)

    @property
    @override
    def image_last_updated(self) -> datetime | None:
        return None if self._night is None else self._night.end

    @override
    async def async_image(self) -> bytes:
        return self._log.picture(self._room).encode()


def _minutes(night: Night) -> int:
    return int(night.duration.total_seconds() // 60)


def _shown(epoch: Epoch) -> int | None:
    """Return the minutes of five in which something moved; None where nothing could tell, or they were up."""
    return None if not epoch.moved and epoch.unknown + epoch.up else epoch.moved
