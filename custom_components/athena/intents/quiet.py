"""Quiet mode."""

from typing import Any, override

import probatio as vol
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ..brain import phrases
from ..brain.events import QuietSet
from ..room_intent import RoomIntentHandler
from ..rooms import RoomConfig


class QuietIntent(RoomIntentHandler):
    """Begin or end quiet hours (rule 10)."""

    intent_type = "AthenaQuiet"
    description = "Turns the quiet mode of a room on or off: no voice, nothing by itself"

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Optional("quiet"): bool, **super().slot_schema}

    @override
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str:
        on = slots.get("quiet", True)
        event = QuietSet(room=room.room, at=dt_util.utcnow(), source="agent", on=on)
        await self.async_tell(event, intent_obj.context)
        return phrases.QUIET_MODE if on else phrases.UNDERSTOOD
