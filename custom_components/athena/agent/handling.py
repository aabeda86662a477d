"""Intents that only a handler can carry out: Athena's own, timers, lists, questions that Home Assistant answers."""

import logging
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import intent, llm
from homeassistant.helpers.template import Template, TemplateState

from ..brain import phrases
from ..const import DOMAIN, LANGUAGE
from ..deed import Request
from .intent_request import HomeAssistantRequest
from .persona import load_persona
from .tellings import failure, told
from .tiers.home_assistant import default_agent
from .tiers.tier import Turn

_LOGGER = logging.getLogger(__name__)


async def async_handle(hass: HomeAssistant, request: Request, turn: Turn) -> intent.IntentResponse:
    """Let an intent's handler carry it out, and return its answer; what fails is answered, too, and logged."""
    call = llm.ToolInput(tool_name=request.intent, tool_args=dict(request.slots), external=True)
    turn.chat_log.async_add_assistant_content_without_tools(
        conversation.AssistantContent(agent_id=turn.asked.agent_id, content=None, tool_calls=[call])
    )
    response = await _async_response(hass, request, turn)
    tell(response)
    if isinstance(request, HomeAssistantRequest) and not response.speech and request.response is not None:
        response.async_set_speech(await _async_speech(hass, request, request.response, response, turn))
    turn.chat_log.async_add_assistant_content_without_tools(
        conversation.ToolResultContent(
            agent_id=turn.asked.agent_id,
            tool_call_id=call.id,
            tool_name=call.tool_name,
            result=llm.ToolResult(data=llm.IntentResponseDict(response)),
        )
    )
    return response


async def _async_response(hass: HomeAssistant, request: Request, turn: Turn) -> intent.IntentResponse:
    is_home_assistants = isinstance(request, HomeAssistantRequest)
    said = request.said if isinstance(request, HomeAssistantRequest) else {}
    slots: dict[str, Any] = {
        name: {"value": value} | ({"text": said[name]} if name in said else {}) for name, value in request.slots.items()
    }
    if turn.area is not None:
        slots["preferred_area_id"] = {"value": turn.area.id}
    try:
        response = await intent.async_handle(
            hass,
            conversation.DOMAIN if is_home_assistants else DOMAIN,
            request.intent,
            slots,
            turn.asked.text,
            turn.asked.context,
            turn.asked.language,
            assistant=conversation.DOMAIN,
            device_id=turn.asked.device_id,
            satellite_id=turn.asked.satellite_id,
            conversation_agent_id=turn.asked.agent_id,
        )
        if request.intent == intent.INTENT_GET_STATE and not (response.matched_states or response.unmatched_states):
            return failed(turn.asked.language, phrases.CANNOT_DO)  # "No" would be said of what nobody can tell
        return response
    except intent.UnknownIntent, intent.MatchFailedError, intent.InvalidSlotInfo:
        return failed(turn.asked.language, phrases.CANNOT_DO)  # of an integration that this home does not use, for one
    except intent.IntentError as err:
        if (line := failure(request.intent, err, load_persona(LANGUAGE))) is not None:
            _LOGGER.info("%s: %s", request.intent, err)
            return failed(turn.asked.language, line)
        if isinstance(err.__cause__, ServiceValidationError):  # it was understood, and it is not possible here
            _LOGGER.info("%s: %s", request.intent, err.__cause__)
            return failed(turn.asked.language, phrases.CANNOT_DO)
        _LOGGER.exception("%s failed", request.intent)
        return failed(turn.asked.language, phrases.WENT_WRONG)


@callback
def tell(response: intent.IntentResponse) -> None:
    """Let it say what Athena says of what was done; where it is nobody's here to tell, it stays as it is."""
    if response.response_type is intent.IntentResponseType.ERROR:
        return
    said = told(response, load_persona(LANGUAGE))
    if said is None:
        return
    if said.is_done:
        if said.is_answer:
            response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(said.line)
    else:
        response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, said.line)


async def _async_speech(
    hass: HomeAssistant, request: HomeAssistantRequest, key: str, response: intent.IntentResponse, turn: Turn
) -> str:
    """Return what Home Assistant's own template for this answer says."""
    known = await default_agent(hass).async_get_or_load_intents(turn.asked.language)
    template = known.intent_responses.get(request.intent, {}).get(key) if known is not None else None
    if not template:
        return ""
    speech = Template(template, hass).async_render(
        {
            "slots": {**request.said, **response.speech_slots},
            "state": _first(hass, [*response.matched_states, *response.unmatched_states]),
            "query": {
                "matched": [TemplateState(hass, state) for state in response.matched_states],
                "unmatched": [TemplateState(hass, state) for state in response.unmatched_states],
            },
        }
    )
    return " ".join(str(speech).split())


def _first(hass: HomeAssistant, states: list[State]) -> TemplateState | None:
    return TemplateState(hass, states[0]) if states else None


@callback
def failed(language: str, line: str) -> intent.IntentResponse:
    """Return the answer that nothing was done."""
    response = intent.IntentResponse(language=language)
    response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, line)
    return response
