"""What an automation can ask about a room, by the entities that show it."""

from collections.abc import Mapping
from typing import ClassVar, Final, override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.components.switch import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase

from .brain.room_state import RoomState
from .targets import of_rooms

EMPTY: Final[set[str | bool]] = {RoomState.EMPTY.lower()}
OCCUPIED: Final[set[str | bool]] = {RoomState.OCCUPIED.lower()}
SLEEP: Final[set[str | bool]] = {RoomState.SLEEP.lower()}
WAKE: Final[set[str | bool]] = {RoomState.WAKE.lower()}
ON: Final[set[str | bool]] = {STATE_ON}


class RoomCondition(EntityStateConditionBase):
    """A condition about one of Athena's own entities."""

    key: ClassVar[str]
    """Which of a room's entities shows it."""
    _primary_entities_only: ClassVar[bool] = False

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return of_rooms(self._hass, super().entity_filter(entities), self.key)


class _State(RoomCondition):
    """The state of a room."""

    key = "state"
    _domain_specs: Mapping[str, DomainSpec] = {SENSOR_DOMAIN: DomainSpec()}


class IsEmpty(_State):
    """Nobody is in the room."""

    _states = EMPTY


class IsOccupied(_State):
    """Somebody is in the room, neither asleep nor just waking."""

    _states = OCCUPIED


class IsAsleep(_State):
    """Somebody sleeps in the room."""

    _states = SLEEP


class IsWaking(_State):
    """Somebody is being woken, or has just got up."""

    _states = WAKE


class AlarmIsRinging(RoomCondition):
    """An alarm makes noise."""

    key = "ringing"
    _domain_specs: Mapping[str, DomainSpec] = {BINARY_SENSOR_DOMAIN: DomainSpec()}
    _states = ON


class QuietHoursAreOn(RoomCondition):
    """Quiet hours are on."""

    key = "quiet_hours"
    _domain_specs: Mapping[str, DomainSpec] = {SWITCH_DOMAIN: DomainSpec()}
    _states = ON


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_empty": IsEmpty,
    "is_occupied": IsOccupied,
    "is_asleep": IsAsleep,
    "is_waking": IsWaking,
    "alarm_is_ringing": AlarmIsRinging,
    "quiet_hours_are_on": QuietHoursAreOn,
}


async def async_get_conditions(_hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by their names."""
    return CONDITIONS
