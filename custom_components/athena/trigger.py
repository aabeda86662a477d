"""What can start an automation: what happens in a room, by the entities that show it."""

from collections.abc import Mapping
from typing import ClassVar, Final, override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    EntityOriginStateTriggerBase,
    EntityTargetStateTriggerBase,
    EntityTransitionTriggerBase,
    EntityTriggerBase,
    StatelessEntityTriggerBase,
    Trigger,
)

from .brain.room_state import RoomState
from .targets import of_rooms

EMPTY: Final = {RoomState.EMPTY.lower()}
ASLEEP: Final = {RoomState.SLEEP.lower()}
ASLEEP_BEFORE: Final[set[str | bool]] = {RoomState.SLEEP.lower()}
AWAKE: Final[set[str | bool]] = {RoomState.WAKE.lower(), RoomState.OCCUPIED.lower()}
RINGS: Final = {STATE_ON}
SILENT: Final = {STATE_OFF}


class RoomTrigger(EntityTriggerBase):
    """A trigger of one of Athena's own entities."""

    key: ClassVar[str]
    """Which of a room's entities shows it."""
    _primary_entities_only: ClassVar[bool] = False

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return of_rooms(self._hass, super().entity_filter(entities), self.key)


class _State(RoomTrigger):
    """The state of a room changes."""

    key = "state"
    _domain_specs: Mapping[str, DomainSpec] = {SENSOR_DOMAIN: DomainSpec()}


class _Ringing(RoomTrigger, EntityTargetStateTriggerBase):
    """An alarm begins or ends to make noise."""

    key = "ringing"
    _domain_specs: Mapping[str, DomainSpec] = {BINARY_SENSOR_DOMAIN: DomainSpec()}


class RoomEntered(_State, EntityOriginStateTriggerBase):
    """Somebody is in a room that was empty."""

    _from_state = RoomState.EMPTY.lower()


class RoomEmptied(_State, EntityTargetStateTriggerBase):
    """Nobody is in a room any more."""

    _to_states = EMPTY


class FellAsleep(_State, EntityTargetStateTriggerBase):
    """Somebody has fallen asleep."""

    _to_states = ASLEEP


class WokeUp(_State, EntityTransitionTriggerBase):
    """Somebody who slept is awake: by an alarm, by themselves, or since they have said so."""

    _from_states = ASLEEP_BEFORE
    _to_states = AWAKE


class LeftBed(RoomTrigger, StatelessEntityTriggerBase):
    """A sleeper has left the bed, by two witnesses."""

    key = "bed_exit"
    _domain_specs: Mapping[str, DomainSpec] = {EVENT_DOMAIN: DomainSpec()}


class AlarmRinging(_Ringing):
    """An alarm has begun to make noise, or does so again."""

    _to_states = RINGS


class AlarmStopped(_Ringing):
    """Nothing makes noise any more."""

    _to_states = SILENT


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "room_entered": RoomEntered,
    "room_emptied": RoomEmptied,
    "fell_asleep": FellAsleep,
    "woke_up": WokeUp,
    "left_bed": LeftBed,
    "alarm_ringing": AlarmRinging,
    "alarm_stopped": AlarmStopped,
}


async def async_get_triggers(_hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by their names."""
    return TRIGGERS
