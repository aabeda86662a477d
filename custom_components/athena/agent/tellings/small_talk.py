"""What wants no deed: a greeting, thanks, a question about Athena herself."""

from typing import ClassVar, override

from homeassistant.helpers.intent import INTENT_NEVERMIND, INTENT_RESPOND, IntentResponse

from ..persona import Persona
from ..telling import Telling, Told, slots_of


class SmallTalkTelling(Telling):
    """The sentence says by its slot `response` which of the persona's lines answers it."""

    intents: ClassVar = (INTENT_NEVERMIND, INTENT_RESPOND)
    failures: ClassVar = {}

    @override
    def tell(self, response: IntentResponse, persona: Persona) -> Told | None:
        slots = slots_of(response)
        is_nothing = response.intent is not None and response.intent.intent_type == INTENT_NEVERMIND
        key = "talk_never_mind" if is_nothing else f"talk_{slots.get('response')}"
        return (
            Told(line=persona.say(key), is_answer=True) if persona.has(key) else None
        )  # the user's own sentences bring their answer
