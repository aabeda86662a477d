"""How the briefing is asked for, and what it says."""

from collections.abc import Mapping, Sequence
from typing import Final

from ...companion.capability import Template

SENTENCES: Final[Mapping[str, Sequence[Template]]] = {
    "AthenaBriefing": (
        "briefing",
        "morning briefing",
        "brief me",
        {
            "metadata": {"sampled": False},
            "sentences": [
                "[<ask>(give|read|tell|play) me |<ask>(start|play|do) |(can|could|may) i (have|get|hear)"
                " |let's hear ]"
                "[<the> |a |today's ][morning |daily ]briefing[ for today| today| now]",
                "<ask>brief me[ on] [today|my day|the day]",
                "(what's|what is|how's|how is) (my|the|our) day[ like| look like| looking| looking like|"
                " going to be like]",
                "(what|how) does (my|the|our) day look[ like][ today]",
                "<ask>(tell me about|run me through|walk me through|take me through) (my|the|our) day",
                "<ask>(catch me up|fill me in)[ on (my|the|our) day| on today]",
                "[<ask>tell me ](what's|what is) (on|up|happening|planned|in store)[ for (me|us)] [for ]today",
                "<ask>(read|tell|give) me (my|our|the|today's) (schedule|agenda|calendar|appointments)[ [for ]today]",
                "(what's|what is) on (my|the|our|today's) (calendar|agenda|schedule)[ today| for today]",
                "(what's|what is) (my|our|the|today's) (schedule|agenda|plan)[ today| for today]",
                "what (do|have) (i|we) (have|got)[ on| planned| going on] today",
                "(do|have) (i|we) (have|got) anything[ on| planned| going on] today",
                "[do (i|we) have |are there ]any (events|appointments|meetings)[ today]",
                "do (i|we) have (events|appointments|meetings)[ today]",
            ],
        },
    )
}

LINES: Final = {
    "degree": "{degrees} degree",
    "degrees": "{degrees} degrees",
    "sky_and_air": "{degrees} and {sky}",
    "sky_later": "{sky}, later {later}",
    "up_to": "up to {high}",
    "one_event": "{number} event: {events}.",
    "many_events": "{number} events: {events}.",
    "no_events": "Nothing today.",
    "event_at": "{title} at {time}",
    "event_until": "{title} until {time}",
    "untitled": "an event",
    "sky_clear-night": "clear",
    "sky_cloudy": "cloudy",
    "sky_fog": "foggy",
    "sky_hail": "hailing",
    "sky_lightning": "thundery",
    "sky_lightning-rainy": "thundery",
    "sky_partlycloudy": "partly cloudy",
    "sky_pouring": "pouring",
    "sky_rainy": "rainy",
    "sky_snowy": "snowy",
    "sky_snowy-rainy": "sleety",
    "sky_sunny": "sunny",
    "sky_windy": "windy",
    "sky_windy-variant": "windy",
}

NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
