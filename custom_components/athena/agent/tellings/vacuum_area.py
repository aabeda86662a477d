"""A vacuum that cleans an area."""

from typing import ClassVar, override

from homeassistant.helpers.intent import IntentResponse

from ..persona import Persona
from ..telling import Telling, Told, slots_of


class VacuumAreaTelling(Telling):
    """Where it cleans."""

    intents: ClassVar = ("HassVacuumCleanArea",)
    failures: ClassVar = {}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        return Told(line=persona.say("vacuum_cleans", area=slots_of(response)["area"]))
