"""The agent."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final, Literal, override

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

QUESTION: Final = ("There are several lamps in this house, so let me think a little. Now", " which one?")
"""What it says first, piece by piece; it takes more than 60 characters for Home Assistant to have a reply streamed.

The first piece holds the beginning of the second sentence, which tells the voice that the first one has ended.
"""

ANSWER: Final = ("You have told me now.",)
"""What it says to the answer; conversations go on for minutes, so what is said next is asked back again."""

PAUSE_SECONDS: Final = 5.0
"""How long it thinks before each further piece: longer than it takes to say one."""


async def async_setup_entry(
    hass: HomeAssistant, entry: ConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the agent."""
    async_add_entities([Talker(entry)])


class Talker(conversation.ConversationEntity):
    """Asks back every other time."""

    _attr_name = "Talker"
    _attr_supports_streaming = True

    def __init__(self, entry: ConfigEntry) -> None:
        self._attr_unique_id = entry.entry_id

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        return "*"

    @override
    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        said = sum(isinstance(content, conversation.AssistantContent) for content in chat_log.content)
        pieces = ANSWER if said % 2 else QUESTION
        async for _ in chat_log.async_add_delta_content_stream(self.entity_id, _stream(pieces)):
            pass
        return conversation.async_get_result_from_chat_log(user_input, chat_log)


async def _stream(pieces: tuple[str, ...]) -> AsyncIterator[conversation.AssistantContentDeltaDict]:
    yield {"role": "assistant"}
    for number, piece in enumerate(pieces):
        if number:
            await asyncio.sleep(PAUSE_SECONDS)
        yield {"content": piece}
