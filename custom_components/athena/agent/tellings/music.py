"""What was searched for, and plays."""

from typing import ClassVar, override

from homeassistant.helpers.intent import IntentResponse

from ..persona import Persona
from ..telling import Telling, Told, slots_of


class MusicTelling(Telling):
    """The title that was found, not the one that was wished for: people hear what it is."""

    intents: ClassVar = ("HassMediaSearchAndPlay",)
    failures: ClassVar = {"": "media_unknown"}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        found = response.speech_slots.get("media") or {}
        return Told(line=persona.say("media_plays", what=found.get("title") or slots_of(response)["search_query"]))
