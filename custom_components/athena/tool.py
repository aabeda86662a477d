"""What a tool for a language model is: one of Athena's intents, with arguments that a model knows how to give."""

from abc import abstractmethod
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
    async_get_match_preferences,
)

from .const import DOMAIN
from .runtime import Runtime

SETS: Final = ToolAnnotations(destructive=False, idempotent=True, open_world=False)
TAKES_AWAY: Final = ToolAnnotations(idempotent=True, open_world=False)
READS: Final = ToolAnnotations(read_only=True, open_world=False)


class AthenaTool(Tool):
    """A tool of Athena's; what it does goes the same way as what is said."""

    integration = DOMAIN
    own_name: ClassVar[str]
    apis: ClassVar[frozenset[str]] = frozenset({LLM_API_ASSIST, DOMAIN})
    """In which of Home Assistant's APIs it is: its own one of devices, Athena's small one, or both."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.name = f"{DOMAIN}__{self.own_name}"
        self.parameters = vol.Schema(self.arguments())

    @callback
    @abstractmethod
    def arguments(self) -> dict[vol.Marker, object]:
        """Return the schema of the arguments, with the names of this home."""

    @abstractmethod
    async def async_use(self, hass: HomeAssistant, arguments: dict[str, Any], llm_context: LLMContext) -> ToolResult:
        """Do it; raise HomeAssistantError where it cannot be done."""

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Do it, or return as an error what is wrong: the model may mend it."""
        try:
            arguments = self.parameters(tool_input.tool_args)
            return await self.async_use(hass, arguments, llm_context)
        except vol.Invalid as err:
            return ToolResult(data={"error": f"Invalid arguments: {err}"}, error=True)
        except (HomeAssistantError, intent.IntentError) as err:
            return ToolResult(data={"error": str(err)}, error=True)


class IntentTool(AthenaTool):
    """A tool that is one of Athena's intents about a room."""

    def room_argument(self) -> dict[vol.Marker, object]:
        """Return the argument that names a room."""
        titles = sorted(room.title for room in self.runtime.rooms.values())
        return {vol.Optional("room", description="Only where another room than the speaker's is meant"): vol.In(titles)}

    @abstractmethod
    def intent_of(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the type of the intent and its slots, the room aside."""

    @override
    async def async_use(self, hass: HomeAssistant, arguments: dict[str, Any], llm_context: LLMContext) -> ToolResult:
        intent_type, slots = self.intent_of(arguments)
        if (room := arguments.get("room")) is not None:
            slots["area"] = next(one.room for one in self.runtime.rooms.values() if one.title == room)
        elif (area := async_get_match_preferences(hass, llm_context).area_id) is not None:
            slots["preferred_area_id"] = area
        response = await intent.async_handle(
            hass,
            llm_context.platform,
            intent_type,
            {name: {"value": value} for name, value in slots.items()},
            context=llm_context.context,
            language=llm_context.language,
            assistant=llm_context.assistant,
            device_id=llm_context.device_id,
        )
        failed = response.response_type is intent.IntentResponseType.ERROR
        return ToolResult(data={"said": response.speech["plain"]["speech"]}, error=failed)
