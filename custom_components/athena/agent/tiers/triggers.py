"""The sentences that start the user's automations."""

from dataclasses import replace
from typing import ClassVar

from homeassistant.components import conversation

from ..home import Home
from ..reading import Answer
from .tier import Means, Turn


class TriggersTier:
    """The one tier that acts, by the user's own word for it: a sentence trigger runs as soon as it is found."""

    name: ClassVar[str] = "triggers"

    def __init__(self, means: Means) -> None:
        self._hass = means.hass

    async def async_prepare(self, home: Home) -> None:
        """There is nothing to load."""

    async def async_read(self, turn: Turn) -> Answer | None:
        """Run the automations of this sentence, with the name of the one who is asked or without it."""
        for said in dict.fromkeys((turn.asked.text, turn.text)):
            asked = replace(turn.asked, text=said)
            speech = await conversation.async_handle_sentence_triggers(self._hass, asked, turn.chat_log)
            if speech is not None:
                return Answer(speech=speech)
        return None
