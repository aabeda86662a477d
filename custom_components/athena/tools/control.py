"""Do what a sentence says."""

from typing import Any, ClassVar, override

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import LLMContext, ToolAnnotations, ToolResult

from ..const import DOMAIN
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
        if self.runtime.control is None:
            raise HomeAssistantError("Athena's conversation agent is disabled")
        controlled = await self.runtime.control(arguments["request"], llm_context)
        told: dict[str, Any] = {
            "said": controlled.said,
            "done": list(controlled.done),
            "failed": list(controlled.failed),
        }
        if controlled.is_question:
            told |= {"asks": True, "options": list(controlled.options)}
        return ToolResult(data=told, error=controlled.is_refused)
