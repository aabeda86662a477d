"""What happens in a bedroom: the bed is left, an alarm rings and ends."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Final, override

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.event import EventEntity
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .brain.commands import AlarmStart, AlarmStop, BedExit, Command, Notice, Notify
from .brain.room_state import Why
from .entity import RoomEntity
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

PARALLEL_UPDATES = 0

RINGING: Final = "ringing"
RINGING_AGAIN: Final = "ringing_again"
STOPPED: Final = "stopped"
PAUSED: Final = "paused"

NOTICES: Final[Mapping[Notice, str]] = {
    Notice.ALARM_MISSED: "missed",
    Notice.ALARM_NOBODY_HOME: "nobody_home",
    Notice.ALARM_UNHEARD: "unheard",
}


async def async_setup_entry(
    _hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the events of every room."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        async_add_entities(
            [BedExitEvent(runtime, room), AlarmEvent(runtime, room)], config_subentry_id=room.subentry_id
        )


class RoomEvent(RoomEntity, EventEntity):
    """Something that happens in a room, as the brain's orders tell it."""

    key: str
    event_types_of: Sequence[str]

    def __init__(self, runtime: Runtime, room: RoomConfig) -> None:
        super().__init__(runtime, room, EVENT_DOMAIN, self.key)
        self._attr_event_types = list(self.event_types_of)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._runtime.async_listen_commands(self._room.room, self._ordered))

    @callback
    def _ordered(self, command: Command, context: Context) -> None:
        if (happens := self.happens(command)) is not None:
            event_type, attributes = happens
            self.async_set_context(context)
            self._trigger_event(event_type, attributes)
            self.async_write_ha_state()

    @abstractmethod
    def happens(self, command: Command) -> tuple[str, dict[str, Any]] | None:
        """Return the event and its attributes that an order tells of; None where it tells of none."""


class BedExitEvent(RoomEvent):
    """A sleeper has left the bed, by two witnesses."""

    key = "bed_exit"
    event_types_of = ("bed_exit",)

    @override
    def happens(self, command: Command) -> tuple[str, dict[str, Any]] | None:
        return ("bed_exit", {"by": list(command.by)}) if isinstance(command, BedExit) else None


class AlarmEvent(RoomEvent):
    """An alarm rings, rings again, pauses or ends, or could not wake anybody."""

    key = "alarm"
    event_types_of = (RINGING, RINGING_AGAIN, STOPPED, PAUSED, *NOTICES.values())

    @override
    def happens(self, command: Command) -> tuple[str, dict[str, Any]] | None:
        match command:
            case AlarmStart(alarm=alarm, occurrence=due, why=why):
                event_type = RINGING_AGAIN if why is Why.ALARM_AGAIN else RINGING
                return event_type, {"alarm": alarm, "occurrence": due.isoformat(), "why": str(why)}
            case AlarmStop(alarm=alarm, occurrence=due, why=why):
                event_type = PAUSED if why is Why.CAP else STOPPED
                return event_type, {"alarm": alarm, "occurrence": due.isoformat(), "why": str(why)}
            case Notify(notice=notice, alarm=alarm) if notice in NOTICES:
                return NOTICES[notice], {"alarm": alarm}
        return None
