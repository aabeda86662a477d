"""The weather, as it is now."""

from typing import ClassVar, override

from homeassistant.helpers.intent import IntentResponse

from ..persona import Persona
from ..telling import Telling, Told


class WeatherTelling(Telling):
    """Its condition and the temperature."""

    intents: ClassVar = ("HassGetWeather",)
    failures: ClassVar = {}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told:
        if not response.matched_states:
            return Told(line=persona.say("cannot_tell"), is_done=False)
        state = response.matched_states[0]
        key = f"weather_{state.state}"
        condition = persona.part(key) if persona.has(key) else None
        temperature = state.attributes.get("temperature")
        if temperature is None:
            known = condition is not None
            line = (
                persona.say("weather_without_temperature", condition=condition) if known else persona.say("cannot_tell")
            )
            return Told(line=line, is_done=known, is_answer=True)
        degrees = _spoken(float(temperature), persona)
        if condition is None:
            return Told(line=persona.say("weather_unknown", temperature=degrees), is_answer=True)
        return Told(line=persona.say("weather", condition=condition, temperature=degrees), is_answer=True)


def _spoken(degrees: float, persona: Persona) -> str:
    rounded = f"{abs(degrees):.0f}"
    return persona.part("minus", number=rounded) if degrees <= -0.5 else rounded
