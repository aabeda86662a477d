"""Stop the alarm: no word does."""

from typing import Any, override

from homeassistant.helpers import intent

from ..brain import phrases
from ..brain.room import Room
from ..room_intent import No, RoomIntentHandler
from ..rooms import RoomConfig


class StopAlarmIntent(RoomIntentHandler):
    """Say what ends an alarm: to be out of bed (design §3.7, PRD §15). It never tells the brain anything."""

    intent_type = "AthenaStopAlarm"
    description = "Tells what stops an alarm that rings: leaving the bed, and nothing that is said"

    @override
    def concerns(self, room: Room) -> bool:
        return bool(room.waking)

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        rings = self.runtime.room(room.room).waking
        return No(line=phrases.OUT_OF_BED_FIRST if rings else phrases.NOTHING_RINGS)
