"""Do what a sentence says."""

from typing import Any, ClassVar, override

import probatio as vol
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.components.conversation import async_get_agent
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent
from homeassistant.helpers.llm import LLMContext, ToolAnnotations, ToolResult

from ..const import DOMAIN
from ..conversation import AthenaAgent
from ..tool import AthenaTool


class ControlTool(AthenaTool):
    """The agent's own way from words to deeds, guard and all, but for its model: whoever asks has one.

    Not in Home Assistant's own API: that has a tool for each intent, and they would be two ways to the same thing.
    """

    own_name: ClassVar = "Control"
    apis: ClassVar = frozenset({DOMAIN})
    title = "Control"
    description = (
        "Does what one plain sentence asks of the home, or answers a question about it: 'turn off the kitchen light', "
        "'is a window open'. Where it asks back, ask the user, and give their answer as the next request"
    )
    annotations = ToolAnnotations(open_world=False)

    @override
    def arguments(self) -> dict[vol.Marker, object]:
        return {vol.Required("request", description="One plain sentence, in English"): cv.string}

    @override
    async def async_use(self, hass: HomeAssistant, arguments: dict[str, Any], llm_context: LLMContext) -> ToolResult:
        reply = await _agent(hass).async_control(arguments["request"], llm_context)
        response = reply.response
        told: dict[str, Any] = {
            "said": reply.speech,
            "done": [target.id for target in response.success_results if target.id is not None],
            "failed": [target.id for target in response.failed_results if target.id is not None],
        }
        if reply.is_question:
            told |= {"asks": True, "options": list(reply.options)}
        return ToolResult(data=told, error=response.response_type is intent.IntentResponseType.ERROR)


def _agent(hass: HomeAssistant) -> AthenaAgent:
    """Return Athena's agent; raise HomeAssistantError where the user has disabled it."""
    (entry,) = hass.config_entries.async_loaded_entries(DOMAIN)
    entity = er.async_get(hass).async_get_entity_id(CONVERSATION_DOMAIN, DOMAIN, entry.entry_id)
    agent = async_get_agent(hass, entity) if entity is not None else None
    if not isinstance(agent, AthenaAgent):
        raise HomeAssistantError("Athena's conversation agent is disabled")
    return agent
