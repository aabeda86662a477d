"""Home Assistant's own sentences, word for word; the user's own sentences are among them."""

from dataclasses import replace
from typing import ClassVar, Final

from hassil import RecognizeResult
from homeassistant.components import conversation
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent

from ...const import LANGUAGE
from ..home import Home
from ..intent_request import HomeAssistantRequest, plan_of
from ..reading import Plan
from .tier import Means, Turn

WARM: Final = "turn on the warm light"
"""What is matched before anybody has said anything: hassil compiles what it needs when it first needs it."""


class HomeAssistantTier:
    """Home Assistant's strict matcher: it is nearly always right, where it makes anything of a sentence.

    It takes 1.8 ms (median of 28 sentences at 450 entities; 5.9 at most) on an idle machine, through a thread, whether
    it matches or not; 81 ms the first time, hence the warming.
    """

    name: ClassVar[str] = "home_assistant"

    def __init__(self, means: Means) -> None:
        self._hass = means.hass

    async def async_prepare(self, home: Home) -> None:  # noqa: ARG002
        """Load the sentences and the names of this home."""
        agent = default_agent(self._hass)
        await agent.async_prepare(LANGUAGE)
        await agent.async_recognize_intent(_warm_input(), strict_intents_only=True)

    async def async_read(self, turn: Turn) -> Plan | None:
        """Return what Home Assistant would do, without doing it."""
        agent = default_agent(self._hass)
        found = await agent.async_recognize_intent(replace(turn.asked, text=turn.text), strict_intents_only=True)
        if found is None or _is_later(found):
            return None
        return read(self._hass, found, turn)


def _is_later(found: RecognizeResult) -> bool:
    """Return whether some words shall be said later: of those, Athena's own sentence takes only a wish."""
    return found.intent.name == intent.INTENT_START_TIMER and "conversation_command" in found.entities


def default_agent(hass: HomeAssistant) -> DefaultAgent:
    """Return Home Assistant's own agent."""
    agent = conversation.async_get_agent(hass, conversation.HOME_ASSISTANT_AGENT)
    assert isinstance(agent, DefaultAgent)  # conversation is a dependency, and it always has this one
    return agent


def read(hass: HomeAssistant, found: RecognizeResult, turn: Turn) -> Plan | None:
    """Return what a sentence of Home Assistant's means here; None where the home has nothing for it."""
    request = HomeAssistantRequest(
        intent=found.intent.name,
        slots={entity.name: entity.value for entity in found.entities_list},
        said={entity.name: entity.text or str(entity.value) for entity in found.entities_list},
        response=found.response,
    )
    return plan_of(hass, request, turn.area)


def _warm_input() -> conversation.ConversationInput:
    return conversation.ConversationInput(
        text=WARM,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language=LANGUAGE,
        agent_id=conversation.HOME_ASSISTANT_AGENT,
    )
