"""The time and the date."""

from typing import ClassVar, override

from homeassistant.helpers.intent import INTENT_GET_CURRENT_DATE, INTENT_GET_CURRENT_TIME, IntentResponse

from ...brain import phrases
from ..persona import Persona
from ..telling import Telling, Told


class ClockTelling(Telling):
    """As people say them; a date with its weekday, for both are asked for alike."""

    intents: ClassVar = (INTENT_GET_CURRENT_TIME, INTENT_GET_CURRENT_DATE)
    failures: ClassVar = {}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        if (time := response.speech_slots.get("time")) is not None:
            return Told(line=persona.say("time", time=phrases.clock(time)), is_answer=True)
        date = response.speech_slots["date"]
        return Told(
            line=persona.say(
                "date",
                weekday=persona.part(f"weekday_{date.weekday()}"),
                month=persona.part(f"month_{date.month}"),
                day=date.day,
            ),
            is_answer=True,
        )
