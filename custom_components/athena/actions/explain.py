"""Why did she do that? The last things that were done in a room, in words."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.util.json import JsonObjectType

from ..action import Action, Call, told_at
from ..reasons import decision_in_words, presence_in_words


async def _async_do(call: Call) -> JsonObjectType:
    room = call.room
    presence = presence_in_words(call.runtime.hass, room, room.occupancy(call.at))
    last = [decision_in_words(room, room.decisions[-1])] if room.decisions else []
    return {
        "text": " ".join([*last, presence]),
        "presence": presence,
        "held_until": told_at(room.held_until(call.at)),
        "empty_at": told_at(room.empty_at(call.at)),
        "decisions": [
            {**one.as_dict(), "at": told_at(one.at), "text": decision_in_words(room, one)}
            for one in reversed(room.decisions)
        ],
    }


EXPLAIN: Final = Action(name="explain", async_do=_async_do, response=SupportsResponse.ONLY)
