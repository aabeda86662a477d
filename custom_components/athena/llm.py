"""Athena for other agents: her tools in Home Assistant's own API, and a small API with nothing but them.

Home Assistant loads this module by its name.
"""

from typing import Final, override

from homeassistant.components.llm import LLMTools
from homeassistant.components.llm import async_get_tools as async_get_tools_of_all
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import API, APIInstance, LLMContext, async_register_api

from . import tools
from .const import DOMAIN
from .runtime import AthenaConfigEntry

PROMPT: Final = (
    "Athena keeps rooms: each is empty, occupied, asleep or waking. Her alarms end only once the sleeper is out of bed."
)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:  # noqa: ARG001
    """Return Athena's tools for Home Assistant's API of devices, and for her own."""
    offered = [tool for tool in tools.ALL if api_id in tool.apis]
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    if not offered or not entries:
        return None
    return LLMTools(tools=[tool(entries[0].runtime_data) for tool in offered], prompt=PROMPT)


class AthenaAPI(API):
    """Rooms, scenes, alarms and whatever may be asked of the home by name, through Athena's guard: a few small tools.

    Home Assistant's own API costs a model on a small machine thousands of tokens.
    """

    @override
    async def async_get_api_instance(self, llm_context: LLMContext) -> APIInstance:
        found = await async_get_tools_of_all(self.hass, llm_context, DOMAIN)
        return APIInstance(api=self, api_prompt=found.prompt or "", llm_context=llm_context, tools=found.tools)


@callback
def async_register(hass: HomeAssistant, entry: AthenaConfigEntry) -> None:
    """Offer the API for as long as the entry is loaded."""
    entry.async_on_unload(async_register_api(hass, AthenaAPI(hass=hass, id=DOMAIN, name=entry.title)))
