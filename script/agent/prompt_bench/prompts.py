"""The prompts of one home: Athena's, and what Home Assistant's own agents tell every model."""

import json
import time
from dataclasses import dataclass
from typing import Final

import probatio
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.util import dt as dt_util

from custom_components.athena.agent.home import Situation
from custom_components.athena.agent.llm.asking import Asking
from custom_components.athena.agent.llm.language import load_language
from custom_components.athena.agent.llm.turn import Asked, Surroundings
from custom_components.athena.agent.snapshot import take

SAID: Final = (
    "it's stuffy in the bedroom",
    "make it a bit cosier in here",
    "turn on the lamp next to the kitchen window",
    "is it warmer upstairs than downstairs",
    "what is the capital of France",
)
SCENES: Final = ("entry", "exit", "focus", "night", "sleep")
ROUNDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """Texts whose tokens are counted, and what making them takes."""

    entities: int
    prefix: str
    new: tuple[str, ...]
    """For each utterance, what is new in the last message: all but what was read ahead, and the utterance."""
    whole: tuple[str, ...]
    """For each utterance, all messages."""
    stock: str
    """Home Assistant's: instructions, the exposed entities, and the tools as they are sent."""
    grammar_bytes: int
    build_ms: float
    ready_ms: float
    """Median of making a request ready, the grammar included."""


async def async_prompts(hass: HomeAssistant) -> Prompts:
    """Return the prompts of the home that stands."""
    home = take(hass, ())
    language = await hass.async_add_executor_job(load_language, "en")
    begun = time.perf_counter()
    asking = Asking(home, language, "", is_grammar=True)
    build = time.perf_counter() - begun
    area = min(home.areas)
    around = Surroundings(
        home=home, situation=Situation(states=hass.states.get, area=area), now=dt_util.now(), scenes=SCENES
    )
    new, whole, times, size = [], [], [], 0
    for said in SAID:
        asked = Asked(text=said, around=around)
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            ready = asking.ready(asked)
            times.append(time.perf_counter() - begun)
        ahead, last = asking.ahead(asked)[-1]["content"], ready.messages[-1]["content"]
        new.append(last.removeprefix(ahead).removesuffix(f'"{said}"'))
        whole.append("\n".join(message["content"] for message in ready.messages))
        size = max(size, len(ready.grammar))
    return Prompts(
        entities=len(home.entities),
        prefix=ready.messages[0]["content"],
        new=tuple(new),
        whole=tuple(whole),
        stock=await _async_stock(hass),
        grammar_bytes=size,
        build_ms=1000 * build,
        ready_ms=1000 * sorted(times)[len(times) // 2],
    )


async def _async_stock(hass: HomeAssistant) -> str:
    context = llm.LLMContext(
        platform="athena", context=Context(), language="en", assistant=conversation.DOMAIN, device_id=None
    )
    api = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context)
    tools = [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": probatio.to_openapi(tool.parameters, custom_serializer=api.custom_serializer),
            },
        }
        for tool in api.tools
    ]
    return "\n".join([llm.DEFAULT_INSTRUCTIONS_PROMPT, api.api_prompt, json.dumps(tools)])
