"""What every intent about a room shares: which room it is about."""

from abc import ABC, abstractmethod
from typing import Any, override

import probatio as vol
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent

from .brain import phrases
from .brain.errors import BrainError
from .brain.events import Event
from .brain.room import Room
from .brain.room_state import RoomState
from .companion.wish import No
from .rooms import RoomConfig
from .runtime import Runtime


class SpokenIntentHandler(intent.IntentHandler, ABC):
    """What is asked for in a room: the one named, else the one spoken from, else the only one it can be."""

    is_question: bool = False
    needs_room: bool = True

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {vol.Optional("area"): cv.string, vol.Optional("preferred_area_id"): cv.string}

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        slots = self.async_validate_slots(intent_obj.slots)
        response = intent_obj.create_response()
        room = self._room(slots)
        if room is None and self.needs_room:
            response.async_set_error(intent.IntentResponseErrorCode.NO_VALID_TARGETS, phrases.WHICH_ROOM)
            return response
        try:
            answer = await self.async_answer(intent_obj, room, {name: slot["value"] for name, slot in slots.items()})
        except HomeAssistantError as err:
            raise intent.IntentHandleError(str(err)) from err
        if isinstance(answer, No):
            response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, answer.line)
            return response
        if room is not None:
            response.async_set_results(
                [intent.IntentResponseTarget(room.title, intent.IntentResponseTargetType.AREA, room.room)]
            )
        if self.is_question:
            response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(answer)
        return response

    @abstractmethod
    async def async_answer(self, intent_obj: intent.Intent, room: RoomConfig | None, slots: dict[str, Any]) -> str | No:
        """Do what is asked and return what Athena says; raise HomeAssistantError where it fails.

        There is a room, but for what needs none.
        """

    def concerns(self, room: Room) -> bool:  # noqa: ARG002
        """Return whether it can be about the room, where nobody says about which it is."""
        return True

    def _room(self, slots: dict[str, Any]) -> RoomConfig | None:
        rooms = self.runtime.rooms
        for slot in ("area", "preferred_area_id"):
            if slot in slots:
                return rooms.get(slots[slot]["value"])
        can_be = [room for key, room in rooms.items() if self.concerns(self.runtime.room(key))]
        occupied = [room for key, room in rooms.items() if self.runtime.room(key).state is not RoomState.EMPTY]
        for candidates in (list(rooms.values()), can_be, occupied):
            if len(candidates) == 1:
                return candidates[0]
        return None


class RoomIntentHandler(SpokenIntentHandler):
    """An intent about one room."""

    @override
    async def async_answer(self, intent_obj: intent.Intent, room: RoomConfig | None, slots: dict[str, Any]) -> str | No:
        assert room is not None  # an intent of these needs one
        return await self.async_handle_room(intent_obj, room, slots)

    @abstractmethod
    async def async_handle_room(self, intent_obj: intent.Intent, room: RoomConfig, slots: dict[str, Any]) -> str | No:
        """Do what is asked in the room and return what Athena says; raise HomeAssistantError where it fails."""

    async def async_tell(self, event: Event, context: Context) -> BrainError | None:
        """Tell the house a wish, and return what the brain says against it.

        Raises HomeAssistantError where the house is gone.
        """
        try:
            await self.runtime.async_tell(event, context)
        except HomeAssistantError as err:
            if isinstance(err.__cause__, BrainError):
                return err.__cause__
            raise
        return None
