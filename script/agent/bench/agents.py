"""Who is asked: each agent takes a sentence from a device, and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol

from homeassistant.components import conversation
from homeassistant.components.conversation import chat_log as logs
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import chat_session, intent

LEGEND: Final = {
    "athena": "Athena's conversation entity with all its tiers but the language model",
    "athena_alone": "the same with Home Assistant's matchers (hassil, gazetteer) switched off",
    "hassil": "Home Assistant's agent with strict sentences alone, as it runs before a language model",
    "gazetteer": "Home Assistant's agent as it is: hassil, then gazetteer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came back."""

    response: intent.IntentResponse | None
    """None: the agent makes nothing of it."""
    ms: float
    conversation: str | None = None
    goes_on: bool = False


class Agent(Protocol):
    """Somebody to talk to."""

    name: str

    async def async_say(self, text: str, device: str, conversation_id: str | None) -> Said:
        """Say something, and return what comes back."""


class Entity:
    """A conversation entity."""

    def __init__(self, hass: HomeAssistant, name: str, entity: str, mode: Callable[[], None] | None = None) -> None:
        self._hass = hass
        self.name = name
        self._entity = entity
        self._mode = mode

    async def async_say(self, text: str, device: str, conversation_id: str | None) -> Said:
        """Say it through Home Assistant, as a satellite does."""
        forget(self._hass)
        if self._mode is not None:
            self._mode()
        began = perf_counter()
        result = await conversation.async_converse(
            self._hass, text, conversation_id, Context(), language="en", agent_id=self._entity, device_id=device
        )
        return Said(
            response=result.response,
            ms=(perf_counter() - began) * 1000,
            conversation=result.conversation_id,
            goes_on=result.continue_conversation,
        )


class Strict:
    """Home Assistant's strict sentences and nothing else."""

    name = "hassil"

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    async def async_say(self, text: str, device: str, conversation_id: str | None) -> Said:
        """Say it as an assistant does that prefers local intents."""
        forget(self._hass)
        request = conversation.ConversationInput(
            text=text,
            context=Context(),
            conversation_id=conversation_id,
            device_id=device,
            satellite_id=None,
            language="en",
            agent_id=conversation.HOME_ASSISTANT_AGENT,
        )
        began = perf_counter()
        with (
            chat_session.async_get_chat_session(self._hass, conversation_id) as session,
            logs.async_get_chat_log(self._hass, session, request) as log,
        ):
            response = await default_agent(self._hass).async_handle_intents(request, log)
        return Said(response=response, ms=(perf_counter() - began) * 1000, conversation=session.conversation_id)


def default_agent(hass: HomeAssistant) -> DefaultAgent:
    """Return Home Assistant's own agent."""
    agent = conversation.async_get_agent(hass, conversation.HOME_ASSISTANT_AGENT)
    assert isinstance(agent, DefaultAgent)
    return agent


def forget(hass: HomeAssistant) -> None:
    """Let nobody profit from what another has had recognised: the cache is by text and device."""
    default_agent(hass)._intent_cache.clear()  # noqa: SLF001  it has no other way
