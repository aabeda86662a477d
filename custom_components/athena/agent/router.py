"""Which tier answers: Athena's own sentences first, then everything Home Assistant recognises."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import intent, llm

from ..areas import area_of
from ..brain import phrases
from ..const import DOMAIN
from ..runtime import Runtime
from .replies import reply_to
from .sentences import Areas, Sentences

_LOGGER = logging.getLogger(__name__)

DEADLINE: Final = 8.0  # seconds; a satellite waits for the agent without a limit of its own


@callback
def room_areas(hass: HomeAssistant, runtime: Runtime) -> Areas:
    """Return the names by which the rooms are called, each with the room."""
    registry = ar.async_get(hass)
    areas = (registry.async_get_area(room) for room in runtime.rooms)
    return [(name, area.id) for area in areas if area is not None for name in (area.name, *sorted(area.aliases))]


class Router:
    """Turns what was said into a deed and an answer."""

    def __init__(self, hass: HomeAssistant, runtime: Runtime, sentences: Sentences) -> None:
        self._hass = hass
        self._runtime = runtime
        self._sentences = sentences

    async def async_answer(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> intent.IntentResponse:
        """Do what is asked and return the answer; after the deadline a deed goes on, but nobody waits for it."""
        answer = self._hass.async_create_background_task(self._async_answer(user_input, chat_log), "athena answer")
        try:
            response = await asyncio.wait_for(asyncio.shield(answer), DEADLINE)
        except TimeoutError:
            _LOGGER.warning("No answer to %s within %s s", self._runtime.journal.quoted(user_input.text), DEADLINE)
            response = _failed(user_input.language, phrases.WENT_WRONG)
        self._runtime.journal.heard(user_input.text, response.speech.get("plain", {}).get("speech", ""))
        return response

    async def _async_answer(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> intent.IntentResponse:
        text = self._sentences.without_address(user_input.text)
        area = area_of(self._hass, entity_id=user_input.satellite_id, device_id=user_input.device_id)
        if (own := self._sentences.recognize(text, room_areas(self._hass, self._runtime))) is not None:
            slots: dict[str, Any] = {entity.name: {"value": entity.value} for entity in own.entities_list}
            if area is not None:
                slots["preferred_area_id"] = {"value": area.id}
            return await self._async_own(own.intent.name, slots, user_input, chat_log)
        request = replace(
            user_input,
            text=text,
            conversation_id=chat_log.conversation_id,
            agent_id=conversation.HOME_ASSISTANT_AGENT,
        )
        return await self._async_home_assistant(request, area)

    async def _async_home_assistant(
        self, request: conversation.ConversationInput, area: ar.AreaEntry | None
    ) -> intent.IntentResponse:
        """Let Home Assistant's own agent act, and put what it did in the persona's words."""
        try:
            response = (await _home_assistant(self._hass).async_process(request)).response
        except intent.UnknownIntent:  # a sentence of an integration that this home does not use
            return _failed(request.language, phrases.CANNOT_DO)
        response.async_set_speech(reply_to(self._hass, response, area))
        return response

    async def async_prepare(self, language: str | None) -> None:
        """Let Home Assistant's agent load what it needs while the person still speaks."""
        await _home_assistant(self._hass).async_prepare(language)

    async def _async_own(
        self,
        intent_type: str,
        slots: dict[str, Any],
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> intent.IntentResponse:
        """Do what Athena's own sentence asks, and write it in the chat log as Home Assistant's agent writes its own."""
        call = llm.ToolInput(
            tool_name=intent_type, tool_args={name: slot["value"] for name, slot in slots.items()}, external=True
        )
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=None, tool_calls=[call])
        )
        response = await self._async_handle(intent_type, slots, user_input)
        chat_log.async_add_assistant_content_without_tools(
            conversation.ToolResultContent(
                agent_id=user_input.agent_id,
                tool_call_id=call.id,
                tool_name=call.tool_name,
                result=llm.ToolResult(data=llm.IntentResponseDict(response)),
            )
        )
        return response

    async def _async_handle(
        self, intent_type: str, slots: dict[str, Any], user_input: conversation.ConversationInput
    ) -> intent.IntentResponse:
        try:
            return await intent.async_handle(
                self._hass,
                DOMAIN,
                intent_type,
                slots,
                user_input.text,
                user_input.context,
                user_input.language,
                assistant=conversation.DOMAIN,
                device_id=user_input.device_id,
                satellite_id=user_input.satellite_id,
                conversation_agent_id=user_input.agent_id,
            )
        except intent.IntentError as err:
            if isinstance(err.__cause__, ServiceValidationError):  # it was understood, and it is not possible here
                _LOGGER.info("%s: %s", intent_type, err.__cause__)
                return _failed(user_input.language, phrases.CANNOT_DO)
            _LOGGER.exception("%s failed", intent_type)
            return _failed(user_input.language, phrases.WENT_WRONG)


@callback
def _home_assistant(hass: HomeAssistant) -> conversation.AbstractConversationAgent | conversation.ConversationEntity:
    agent = conversation.async_get_agent(hass, conversation.HOME_ASSISTANT_AGENT)
    assert agent is not None  # conversation is a dependency, and it always has this one
    return agent


def _failed(language: str, line: str) -> intent.IntentResponse:
    response = intent.IntentResponse(language=language)
    response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, line)
    return response
