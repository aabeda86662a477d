"""Athena's own sentences."""

from typing import ClassVar, Final

from ...deed import Request
from ..home import Home
from ..named import home_of, things_of
from ..reading import Plan
from ..sentences import Things, slots_of
from .tier import Means, Turn

WARM: Final = (
    "is it warm",
    "set a timer for ten minutes",
    "play it",
    "add it to the list",
    "clean it",
    "what is the weather",
)
"""What makes hassil compile its templates, ranges and lists."""


class SentencesTier:
    """Rooms, scenes and alarms: what Home Assistant knows nothing of."""

    name: ClassVar[str] = "sentences"

    def __init__(self, means: Means) -> None:
        self._hass = means.hass
        self._runtime = means.entry.runtime_data
        self._sentences = means.wordings.sentences
        self._things: tuple[Home, Things] | None = None

    async def async_prepare(self, home: Home) -> None:
        """Compile the templates: hassil does so when they are first matched."""
        named = home_of(self._hass, self._runtime, things=self._things_of(home))
        for text in WARM:
            await self._hass.async_add_executor_job(self._sentences.recognize, text, named)

    async def async_read(self, turn: Turn) -> Plan | None:
        """Return Athena's intent; its handler alone can carry it out."""
        own = self._sentences.recognize(
            turn.text, home_of(self._hass, self._runtime, turn.area, self._things_of(turn.home))
        )
        if own is None:
            return None
        return Plan(steps=(Request(intent=own.intent.name, slots=slots_of(own)),))

    def _things_of(self, home: Home) -> Things:
        if self._things is None or self._things[0] is not home:
            self._things = home, things_of(home)
        return self._things[1]
