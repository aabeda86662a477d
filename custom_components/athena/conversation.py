"""Athena as a conversation agent."""

from typing import Literal, override

from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.intent import IntentResponseType
from homeassistant.helpers.llm import LLMContext
from homeassistant.util.ulid import ulid_now

from .agent.tiers.tier import Means
from .agent.turns import Turns
from .agent.wordings import load_wordings
from .const import DOMAIN, LANGUAGE, SUBENTRY_AGENT
from .control import Controlled
from .runtime import AthenaConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant, entry: AthenaConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the agent."""
    wordings = await hass.async_add_executor_job(load_wordings, LANGUAGE)
    async_add_entities([AthenaAgent(entry, Turns(Means(hass=hass, entry=entry, wordings=wordings)))])


class AthenaAgent(conversation.ConversationEntity):
    """Understands what is asked of this home, does it where it may be done, and tells what has become of it."""

    _attr_has_entity_name = True
    _attr_name = None
    _attr_translation_key = "agent"
    _attr_supported_features = conversation.ConversationEntityFeature.CONTROL

    def __init__(self, entry: AthenaConfigEntry, turns: Turns) -> None:
        self.turns = turns
        self._runtime = entry.runtime_data
        self._attr_supports_streaming = bool(entry.get_subentries_of_type(SUBENTRY_AGENT))
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
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self.turns.async_start())
        self._runtime.control = self._async_control
        self.async_on_remove(self._is_gone)

    @callback
    def _is_gone(self) -> None:
        self._runtime.control = None

    @override
    async def async_prepare(self, language: str | None = None) -> None:
        await self.turns.async_listen()

    async def _async_control(self, request: str, llm_context: LLMContext) -> Controlled:
        """Do what the model of another agent asks for somebody who speaks to that one."""
        theirs = current_chat_log.get()
        chat_log = conversation.ChatLog(self.hass, theirs.conversation_id if theirs is not None else ulid_now())
        asked = conversation.ConversationInput(
            text=request,
            context=llm_context.context or Context(),
            conversation_id=chat_log.conversation_id,
            device_id=llm_context.device_id,
            satellite_id=None,
            language=LANGUAGE,
            agent_id=self.entity_id,
        )
        reply = await self.turns.async_control(asked, chat_log)
        response = reply.response
        return Controlled(
            said=reply.speech,
            done=tuple(target.id for target in response.success_results if target.id is not None),
            failed=tuple(target.id for target in response.failed_results if target.id is not None),
            is_refused=response.response_type is IntentResponseType.ERROR,
            is_question=reply.is_question,
            options=reply.options,
        )

    @override
    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        reply = await self.turns.async_answer(user_input, chat_log)
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=reply.speech)
        )
        return conversation.ConversationResult(
            response=reply.response,
            conversation_id=chat_log.conversation_id,
            continue_conversation=reply.is_question,
        )
