"""The sentences that the user has written for Home Assistant's own agent, in YAML."""

from dataclasses import replace
from typing import ClassVar

from hassil.intents import Intents
from homeassistant.components.conversation.const import METADATA_CUSTOM_SENTENCE

from ...const import LANGUAGE
from ..home import Home
from ..reading import Plan
from .home_assistant import default_agent, read
from .tier import Means, Turn


class CustomSentencesTier:
    """What the user has written is meant as it is written: it comes before all that Athena makes of words.

    Only who has written any waits for the match; the matcher remembers it, should its own tier be asked later on.
    """

    name: ClassVar[str] = "custom_sentences"

    def __init__(self, means: Means) -> None:
        self._hass = means.hass
        self._known: tuple[Intents, bool] | None = None

    async def async_prepare(self, home: Home) -> None:  # noqa: ARG002
        """Look whether there are any."""
        await self._async_has_any()

    async def async_read(self, turn: Turn) -> Plan | None:
        """Return what the user's own sentence means."""
        if not await self._async_has_any():
            return None
        asked = replace(turn.asked, text=turn.text)
        found = await default_agent(self._hass).async_recognize_intent(asked, strict_intents_only=True)
        if found is None or not (found.intent_metadata or {}).get(METADATA_CUSTOM_SENTENCE):
            return None
        return read(self._hass, found, turn)

    async def _async_has_any(self) -> bool:
        loaded = await default_agent(self._hass).async_get_or_load_intents(LANGUAGE)
        if loaded is None:
            return False
        if self._known is None or self._known[0] is not loaded.intents:
            data = (one for intent in loaded.intents.intents.values() for one in intent.data)
            has_any = any((one.metadata or {}).get(METADATA_CUSTOM_SENTENCE) for one in data)
            self._known = loaded.intents, has_any
        return self._known[1]
