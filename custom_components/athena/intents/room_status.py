"""Is anyone asleep? Which rooms are empty? What is the house doing?"""

from collections.abc import Callable, Sequence
from typing import Any, Final, override

import probatio as vol
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent

from ..agent.persona import Persona, load_persona
from ..brain.room_state import RoomState
from ..const import LANGUAGE
from ..rooms import RoomConfig
from ..runtime import Runtime

IS: Final[dict[str, Callable[[RoomState], bool]]] = {
    "asleep": lambda state: state is RoomState.SLEEP,
    "awake": lambda state: state in (RoomState.OCCUPIED, RoomState.WAKE),
    "occupied": lambda state: state is not RoomState.EMPTY,
    "empty": lambda state: state is RoomState.EMPTY,
}
"""What is asked, and in which states of a room it is so: where somebody sleeps, there is somebody."""


class RoomStatusIntent(intent.IntentHandler):
    """Tell of the room named, else of every room of Athena's: a question about the house, wherever it is asked."""

    intent_type = "AthenaRoomStatus"
    description = "Tells which rooms are empty or occupied, and where somebody sleeps or is awake"

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {
            vol.Optional("state"): vol.In(tuple(IS)),
            vol.Optional("area"): cv.string,
            vol.Optional("preferred_area_id"): cv.string,
        }

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        slots: dict[str, Any] = {
            name: slot["value"] for name, slot in self.async_validate_slots(intent_obj.slots).items()
        }
        rooms = [room for key, room in self.runtime.rooms.items() if slots.get("area", key) == key]
        persona = load_persona(LANGUAGE)
        response = intent_obj.create_response()
        if not rooms:
            response.async_set_error(intent.IntentResponseErrorCode.NO_VALID_TARGETS, persona.say("rooms_none"))
            return response
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(self._told(persona, rooms, slots.get("state"), is_one="area" in slots))
        response.async_set_results(
            [intent.IntentResponseTarget(room.title, intent.IntentResponseTargetType.AREA, room.room) for room in rooms]
        )
        return response

    def _told(self, persona: Persona, rooms: Sequence[RoomConfig], asked: str | None, *, is_one: bool) -> str:
        """Return the answer: yes or no of one room, the names where it is so of several, the state of each of all."""
        if asked is None:
            return " ".join(
                persona.say(f"room_is_{self._state(room).value.lower()}", room=room.title) for room in rooms
            )
        so = [room.title for room in rooms if IS[asked](self._state(room))]
        if is_one:
            state = self._state(rooms[0]).value.lower()
            return persona.say("room_yes" if so else "room_no", what=persona.part(f"room_state_{state}"))
        if not so:
            return persona.say(f"rooms_nowhere_{asked}")
        return persona.say(f"rooms_{asked}", rooms=persona.listed(so))

    def _state(self, room: RoomConfig) -> RoomState:
        return self.runtime.room(room.room).state
