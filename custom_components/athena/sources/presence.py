"""Motion and occupancy sensors, of any make, as evidence of presence."""

from collections.abc import Mapping
from typing import Final, override

from homeassistant.const import ATTR_AREA_ID, ATTR_ENTITY_ID, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, CoreState, HomeAssistant, State
from homeassistant.helpers.target import TargetStateChangedData, async_track_target_selector_state_change_event
from homeassistant.util import dt as dt_util

from ..areas import shows_presence
from ..brain.events import MotionDetected, PresenceCleared
from ..rooms import RoomConfig
from ..source import Emit, Source

GONE: Final = {None, STATE_UNAVAILABLE}


class PresenceSource(Source):
    """Tells that somebody is seen, and that nobody is any more.

    A sensor that cannot tell (unavailable, unknown, gone) counts as one that sees nobody: it may not hold a room for
    ever. One that sees somebody from the first moment we know of it is evidence, but nobody has just come in. Where
    Home Assistant has started and a sensor has only been without news (unknown), its first news is an arrival.
    """

    @override
    async def async_start(self, hass: HomeAssistant, room: RoomConfig, emit: Emit) -> CALLBACK_TYPE:
        def tell(sensor: str, state: State | None, before: str | None) -> None:
            at = dt_util.utcnow()
            if state is not None and state.state == STATE_ON:
                found = before in GONE or (before == STATE_UNKNOWN and hass.state is not CoreState.running)
                emit(MotionDetected(room=room.room, at=at, source=sensor, found=found))
            else:
                emit(PresenceCleared(room=room.room, at=at, source=sensor))

        def on_change(data: TargetStateChangedData) -> None:
            change = data.state_change_event.data
            before = change["old_state"]
            if before is None or change["new_state"] is None or before.state != change["new_state"].state:
                tell(change["entity_id"], change["new_state"], None if before is None else before.state)

        def on_sensors(added: set[str], removed: set[str], states: Mapping[str, State | None]) -> None:
            for sensor in sorted(added):
                tell(sensor, states[sensor], None)
            for sensor in sorted(removed):
                tell(sensor, None, None)

        def presence_only(entity_ids: set[str]) -> set[str]:
            return {entity_id for entity_id in entity_ids if shows_presence(hass, entity_id)}

        if room.sensors:
            return await async_track_target_selector_state_change_event(
                hass, {ATTR_ENTITY_ID: list(room.sensors)}, on_change, on_entities_update=on_sensors
            )
        return await async_track_target_selector_state_change_event(
            hass, {ATTR_AREA_ID: room.room}, on_change, presence_only, on_sensors
        )
