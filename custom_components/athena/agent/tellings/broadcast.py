"""What is said in all rooms."""

from typing import ClassVar, override

from homeassistant.helpers.intent import INTENT_BROADCAST, IntentResponse

from ..persona import Persona
from ..telling import Telling, Told


class BroadcastTelling(Telling):
    """Only where somebody could hear it: the satellite that was spoken to does not count."""

    intents: ClassVar = (INTENT_BROADCAST,)
    failures: ClassVar = {}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        heard = bool(response.success_results)
        return Told(line=persona.say("announced" if heard else "announced_nowhere"), is_done=heard)
