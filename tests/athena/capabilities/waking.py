"""Somebody who is woken by an alarm in the bedroom, and gets up before a mat and a motion sensor."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import BedCleared, BedOccupied, MotionDetected
from custom_components.athena.brain.sensors import SensorKind

from ..clock import BEDROOM, async_pass, async_set_alarm, async_settle

SEVEN_ON_TUESDAY = datetime(2026, 11, 24, 7, tzinfo=ZoneInfo("US/Pacific"))


class Sleeper:
    """One person in a room's bed."""

    def __init__(
        self,
        hass: HomeAssistant,
        athena: MockConfigEntry,
        freezer: FrozenDateTimeFactory,
        room: str = BEDROOM,
        side: str | None = None,
    ) -> None:
        self._hass = hass
        self._athena = athena
        self._freezer = freezer
        self._room = room
        self._side = side
        self._mat = f"mat_{side}"

    async def async_is_woken(self, at: datetime = SEVEN_ON_TUESDAY) -> None:
        """Go to bed the minute before, and let an alarm ring at the hour."""
        self._freezer.move_to(at - timedelta(minutes=10))
        await async_set_alarm(self._hass, room=self._room, time=f"{at:%H:%M}", profile="firm", **self._whose)
        await self.async_lies_down()
        self._freezer.move_to(at)
        await async_settle(self._hass)
        assert self._athena.runtime_data.room(self._room).ringing

    async def async_lies_down(self) -> None:
        """Be felt by the mat."""
        now = dt_util.utcnow()
        self._tell(BedOccupied(room=self._room, at=now, source=self._mat, kind=SensorKind.MAT, side=self._side))
        await self._hass.async_block_till_done(wait_background_tasks=True)

    async def async_gets_up(self, seconds: float = 30) -> None:
        """Leave the bed, and be seen on the floor for as long as two witnesses need to be believed."""
        now = dt_util.utcnow()
        self._tell(BedCleared(room=self._room, at=now, source=self._mat, kind=SensorKind.MAT, side=self._side))
        self._tell(MotionDetected(room=self._room, at=now, source="pir", kind=SensorKind.PIR))
        await async_pass(self._hass, self._freezer, seconds=seconds)

    @property
    def _whose(self) -> dict[str, str]:
        return {} if self._side is None else {"side": self._side}

    def _tell(self, fact: BedOccupied | BedCleared | MotionDetected) -> None:
        self._athena.runtime_data.handle(fact)
