"""What another agent's model asks for in a sentence: the seam between Athena's tools and her agent."""

from dataclasses import dataclass
from typing import Protocol

from homeassistant.helpers.llm import LLMContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Controlled:
    """What has come of a sentence."""

    said: str
    done: tuple[str, ...] = ()
    """The entities and areas to which something was done, or that were asked about."""
    failed: tuple[str, ...] = ()
    is_refused: bool = False
    is_question: bool = False
    options: tuple[str, ...] = ()
    """Between what a question lets choose; empty where it is to be confirmed."""


class Control(Protocol):
    """Does what a sentence says, or asks back: by the agent's own tiers and its guard, without its model."""

    async def __call__(self, request: str, llm_context: LLMContext) -> Controlled:
        """Return what has come of it."""
