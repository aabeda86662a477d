"""A capability's wish, as an intent of Home Assistant's."""

from typing import Any, override

import probatio as vol
from homeassistant.helpers import intent

from ..room_intent import SpokenIntentHandler
from ..rooms import RoomConfig
from ..runtime import Runtime
from .wish import Asked, No, Wish


class WishIntent(SpokenIntentHandler):
    """Let the capability fulfil it, in the room that is meant."""

    def __init__(self, runtime: Runtime, wish: Wish) -> None:
        super().__init__(runtime)
        self._wish = wish
        self.intent_type = wish.intent
        self.description = wish.description
        self.is_question = wish.is_question
        self.needs_room = wish.needs_room

    @property
    @override
    def slot_schema(self) -> dict[vol.Marker, object]:
        return {**self._wish.slots, **super().slot_schema}

    @override
    async def async_answer(self, intent_obj: intent.Intent, room: RoomConfig | None, slots: dict[str, Any]) -> str | No:
        asked = Asked(room=room, slots=slots, context=intent_obj.context, device_id=intent_obj.device_id)
        return await self._wish.fulfil(asked)
