"""Entities of single alarms: they come with the alarm, and go with it for good."""

from collections.abc import Callable
from typing import override

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util
from homeassistant.util import slugify

from .alarms import alarms_of, changed, label_of
from .brain.events import AlarmSet
from .brain.room import Room
from .brain.settings import Alarm
from .entity import RoomView, Shown
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

GONE = Shown(value=None)


class AlarmEntity(RoomView):
    """An entity of one alarm, named as the alarm is."""

    def __init__(self, runtime: Runtime, room: RoomConfig, domain: str, alarm: str, shows: str) -> None:
        self._alarm_id = alarm
        super().__init__(runtime, room, domain, f"alarm_{slugify(alarm)}", self._look_at_alarm)
        self._attr_translation_key = f"alarm_{shows}"
        self._attr_unique_id = unique_id_of(room, alarm, shows)

    @property
    @override
    def name(self) -> str | None:
        alarm = self._shown.value
        return None if alarm is None else label_of(alarm)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._leave_if_gone()

    @callback
    @override
    def _look_again(self) -> None:
        if not self._leave_if_gone():
            super()._look_again()

    def _leave_if_gone(self) -> bool:
        if self._alarm_id in alarms_of(self._runtime.room(self._room.room)):
            return False
        registry = er.async_get(self.hass)
        if registry.async_get(self.entity_id) is not None:
            registry.async_remove(self.entity_id)  # which takes this entity away, too
        return True

    def _look_at_alarm(self, _runtime: Runtime, room: Room) -> Shown:
        for clock in room.clocks:
            if clock.alarm.id == self._alarm_id:
                moments = {"next": clock.next, "skipped": clock.skipped}
                told = {key: moment and dt_util.as_local(moment).isoformat() for key, moment in moments.items()}
                return Shown(value=clock.alarm, attributes={"alarm": clock.alarm.id, **told})
        return GONE

    async def _async_change(self, **changes: object) -> None:
        """Set the alarm with these changes; what rings just now goes on. Raises ServiceValidationError."""
        alarm: Alarm | None = self._shown.value
        if alarm is not None:
            now = dt_util.utcnow()
            room = self._runtime.room(self._room.room)
            await self._runtime.async_tell(
                AlarmSet(
                    room=self._room.room, at=now, source=self.entity_id, alarm=changed(room, alarm, now, **changes)
                ),
                self._told_by,
            )


def unique_id_of(room: RoomConfig, alarm: str, shows: str) -> str:
    """Return by which Home Assistant knows the entity that shows this of an alarm."""
    return f"{room.room}_alarm_{alarm}_{shows}"


@callback
def async_follow_alarms(
    hass: HomeAssistant,
    entry: AthenaConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    domain: str,
    shows: str,
    make: Callable[[Runtime, RoomConfig, str], Entity],
) -> None:
    """Have an entity for every alarm of every room, as alarms come and go; what was deleted meanwhile is forgotten."""
    runtime = entry.runtime_data
    for room in runtime.rooms.values():
        known: set[str] = set()

        @callback
        def follow(room: RoomConfig = room, known: set[str] = known) -> None:
            alarms = set(alarms_of(runtime.room(room.room)))
            new = sorted(alarms - known)
            known.clear()
            known.update(alarms)
            if new:
                async_add_entities([make(runtime, room, alarm) for alarm in new], config_subentry_id=room.subentry_id)

        _forget_deleted(
            hass, entry, room, domain, {unique_id_of(room, a, shows) for a in alarms_of(runtime.room(room.room))}
        )
        follow()
        entry.async_on_unload(runtime.async_listen(room.room, follow))


def _forget_deleted(
    hass: HomeAssistant, entry: AthenaConfigEntry, room: RoomConfig, domain: str, alive: set[str]
) -> None:
    registry = er.async_get(hass)
    for found in er.async_entries_for_config_entry(registry, entry.entry_id):
        is_ours = found.domain == domain and found.config_subentry_id == room.subentry_id
        if is_ours and found.unique_id.startswith(f"{room.room}_alarm_") and found.unique_id not in alive:
            registry.async_remove(found.entity_id)
