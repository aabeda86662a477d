"""Athena as a conversation agent."""

from typing import Literal, override

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .agent.router import Router
from .agent.sentences import load_sentences
from .const import DOMAIN, LANGUAGE
from .runtime import AthenaConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the agent."""
    sentences = await hass.async_add_executor_job(load_sentences, LANGUAGE)
    async_add_entities([AthenaAgent(entry, Router(hass, entry, sentences))])


class AthenaAgent(conversation.ConversationEntity):
    """Answers Athena's own sentences, and everything Home Assistant recognises, in the persona's words."""

    _attr_has_entity_name = True
    _attr_name = None
    _attr_translation_key = "agent"
    _attr_supported_features = conversation.ConversationEntityFeature.CONTROL

    def __init__(self, entry: AthenaConfigEntry, router: Router) -> None:
        self._router = router
        self._attr_unique_id = entry.entry_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer="Athena",
            model="Conversation agent",
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        return [LANGUAGE]

    @override
    async def async_prepare(self, language: str | None = None) -> None:
        await self._router.async_prepare(language)

    @override
    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        response = await self._router.async_answer(user_input, chat_log)
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(
                agent_id=user_input.agent_id, content=response.speech.get("plain", {}).get("speech", "")
            )
        )
        return conversation.ConversationResult(response=response, conversation_id=chat_log.conversation_id)
