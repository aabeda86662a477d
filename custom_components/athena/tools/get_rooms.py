"""What the rooms are doing."""

from typing import Any, ClassVar, override

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import LLMContext, ToolResult
from homeassistant.util import dt as dt_util

from ..agent.spoken_alarms import called, local
from ..brain.room import Room
from ..tool import READS, AthenaTool


class GetRoomsTool(AthenaTool):
    """Every room at once: a home has few."""

    own_name: ClassVar = "GetRooms"
    title = "Get rooms"
    description = "Tells of every room whether it is empty, occupied, asleep or waking, its scene and its alarms"
    annotations = READS

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        return {}

    @override
    async def async_use(self, hass: HomeAssistant, arguments: dict[str, Any], llm_context: LLMContext) -> ToolResult:
        rooms = self.runtime.rooms.values()
        return ToolResult(data={room.title: _told(self.runtime.room(room.room)) for room in rooms})


def _told(room: Room) -> dict[str, Any]:
    now = local(room, dt_util.utcnow())
    return {
        "state": room.state.value,
        "scene": room.scene,
        "quiet": room.quiet,
        "alarm_rings": bool(room.ringing),
        "alarms": [called(clock, now) for clock in room.clocks if clock.alarm.enabled],
    }
