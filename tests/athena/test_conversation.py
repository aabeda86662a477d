"""What Athena answers, in a real Home Assistant."""

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry


async def _say(hass: HomeAssistant, text: str, device_id: str | None = None) -> str:
    result = await conversation.async_converse(hass, text, None, Context(), agent_id="conversation.athena", device_id=device_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    print(text, '->', result.as_dict())
    return str(result.response.speech["plain"]["speech"])

async def test_x(hass, athena):
    print(sorted(hass.states.async_entity_ids()))
    dev = dr.async_get(hass).async_get_or_create(config_entry_id=athena.entry_id, identifiers={("x","y")}, name="Sat", suggested_area="Living Room")
    for t in ["turn on the living room lamp","turn off the lights","turn on the lights","Jarvis, turn off the lights","focus mode","night mode in the bedroom","why did the lights come on","open the blinds","lock the front door","what is the weather on mars","turn on the dishwasher","is the lamp on","lights on", "lamp off", "turn on the coffee maker and the lamp","set the lamp to 40 percent", "which lights are on", "set a timer for 5 minutes", "what time is it", "turn on the bedroom lamp","close the blinds and turn off the lamp","unlock the front door"]:
        print("##", t, "=>", await _say(hass, t, dev.id))
