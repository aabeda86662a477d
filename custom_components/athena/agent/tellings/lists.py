"""To-do lists and the shopping list."""

from typing import ClassVar, Final, override

from homeassistant.helpers.intent import IntentResponse

from ..persona import Persona
from ..telling import Telling, Told, slots_of

LINES: Final = {
    "HassListAddItem": "list_added",
    "HassShoppingListAddItem": "list_added",
    "HassListCompleteItem": "list_completed",
    "HassShoppingListCompleteItem": "list_completed",
    "HassListRemoveItem": "list_removed",
}


class ListsTelling(Telling):
    """What was written down, checked off or removed."""

    intents: ClassVar = tuple(LINES)
    failures: ClassVar = {"item_not_found": "list_not_there", "list_not_found": "list_unknown"}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        kind = response.intent.intent_type if response.intent is not None else ""
        completed = response.speech_slots.get("completed_items")
        if completed is not None and not completed:
            return Told(line=persona.say("list_not_there"), is_done=False)
        return Told(line=persona.say(LINES[kind], item=slots_of(response)["item"]))
