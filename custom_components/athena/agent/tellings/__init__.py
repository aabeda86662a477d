"""What Athena says of what Home Assistant's handlers have done. Add a file, add its telling here."""

from typing import Final

from homeassistant.helpers.intent import IntentHandleError, IntentResponse

from ..persona import Persona
from ..telling import Telling, Told
from .broadcast import BroadcastTelling
from .clock import ClockTelling
from .lists import ListsTelling
from .music import MusicTelling
from .small_talk import SmallTalkTelling
from .timers import TimersTelling
from .vacuum_area import VacuumAreaTelling
from .weather import WeatherTelling

ALL: Final[tuple[type[Telling], ...]] = (
    TimersTelling,
    ListsTelling,
    MusicTelling,
    WeatherTelling,
    ClockTelling,
    BroadcastTelling,
    VacuumAreaTelling,
    SmallTalkTelling,
)

BY_INTENT: Final[dict[str, Telling]] = {intent: telling() for telling in ALL for intent in telling.intents}


def told(response: IntentResponse, persona: Persona) -> Told | None:
    """Return what is said of what was done; None where it is nobody's here to tell."""
    asked = response.intent
    telling = BY_INTENT.get(asked.intent_type) if asked is not None else None
    return telling.tell(response, persona) if telling is not None else None


def failure(intent_type: str, error: Exception, persona: Persona) -> str | None:
    """Return what is said of a fault that the handler has foreseen; None of any other."""
    telling = BY_INTENT.get(intent_type)
    if telling is None or not isinstance(error, IntentHandleError) or error.__cause__ is not None:
        return None
    line = telling.failures.get(error.response_key or "")
    return persona.say(line) if line is not None else None
