"""Which tier answers: Athena's own sentences first, then everything Home Assistant recognises."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import intent, llm

from ..areas import area_of
from ..brain import phrases
from ..const import DOMAIN
from ..runtime import AthenaConfigEntry, Runtime
from .replies import reply_to
from .sentences import Home, Sentences, slots_of

_LOGGER = logging.getLogger(__name__)

DEADLINE: Final = 8.0  # seconds; a satellite waits for the agent without a limit of its own


@callback
def home_of(hass: HomeAssistant, runtime: Runtime, speaker_area: ar.AreaEntry | None = None) -> Home:
    """Return what this home has that sentences name; what rings elsewhere than where the speaker is, does not count."""
    registry = ar.async_get(hass)
    areas = [area for room in runtime.rooms if (area := registry.async_get_area(room)) is not None]
    names = [(name, area.id) for area in areas for name in (area.name, *sorted(area.aliases))]
    own = {scene.name or scene.key: scene.key for room in runtime.rooms.values() for scene in room.settings.scenes}
    rings = {room for room in runtime.rooms if runtime.room(room).waking}
    ringing = bool(rings) if speaker_area is None else speaker_area.id in rings
    return Home(areas=names, scenes=list(own.items()), ringing=ringing)


class Router:
    """Turns what was said into a deed and an answer."""

    def __init__(self, hass: HomeAssistant, entry: AthenaConfigEntry, sentences: Sentences) -> None:
        self._hass = hass
        self._entry = entry
        self._runtime = entry.runtime_data
        self._sentences = sentences

    async def async_answer(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> intent.IntentResponse:
        """Do what is asked and return the answer.

        After the deadline a deed goes on, for as long as the house does, but nobody waits for it: what it would have
        said is not in the chat log.
        """
        area = area_of(self._hass, entity_id=user_input.satellite_id, device_id=user_input.device_id)
        room = self._runtime.room(area.id) if area is not None and area.id in self._runtime.rooms else None
        if room is not None:  # a satellite's word that it listens may be a false alarm; this is what was said
            self._runtime.spoken_to(room.settings.room, user_input.satellite_id or "agent")
        was_quiet = room is not None and room.quiet
        draft = replace(chat_log, content=list(chat_log.content))
        answer = self._entry.async_create_background_task(
            self._hass, self._async_answer(user_input, draft, area), "athena answer"
        )
        try:
            await asyncio.wait([answer], timeout=DEADLINE)
        finally:
            if not answer.done():
                answer.add_done_callback(_log_late)
        if answer.done() and not answer.cancelled():
            response = answer.result()
            chat_log.content.extend(draft.content[len(chat_log.content) :])
        else:
            if not answer.cancelled():
                _LOGGER.warning("No answer to %s within %s s", self._runtime.journal.quoted(user_input.text), DEADLINE)
            response = _failed(user_input.language, phrases.WENT_WRONG)
        if was_quiet and room is not None and room.quiet and not room.waking:
            response.async_set_speech("")  # Home Assistant then says nothing (rule 10); what rings is exempt
        self._runtime.journal.heard(user_input.text, response.speech.get("plain", {}).get("speech", ""))
        return response

    async def _async_answer(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
        area: ar.AreaEntry | None,
    ) -> intent.IntentResponse:
        current_chat_log.set(chat_log)  # of this task: where Home Assistant's own agent writes, too
        text = self._sentences.without_address(user_input.text)
        if (own := self._sentences.recognize(text, home_of(self._hass, self._runtime, area))) is not None:
            slots: dict[str, Any] = {name: {"value": value} for name, value in slots_of(own).items()}
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


def _log_late(answer: asyncio.Task[intent.IntentResponse]) -> None:
    """Tell what went wrong with a deed for which nobody waits any more."""
    if not answer.cancelled() and (err := answer.exception()) is not None:
        _LOGGER.error("What was asked has failed after its deadline", exc_info=err)


def _failed(language: str, line: str) -> intent.IntentResponse:
    response = intent.IntentResponse(language=language)
    response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, line)
    return response
