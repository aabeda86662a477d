"""What Athena says where an intent's handler has done something and says nothing itself, as Home Assistant's do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from homeassistant.helpers.intent import IntentResponse

from .persona import Persona


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said."""

    line: str
    is_done: bool = True
    """False where nothing has come of it."""
    is_answer: bool = False
    """Whether it tells what is so, and claims no deed."""


class Telling(Protocol):
    """Tells of the intents of one subject."""

    intents: ClassVar[tuple[str, ...]]
    failures: ClassVar[Mapping[str, str]]
    """Which line tells of a fault, by Home Assistant's key for it; "" stands for one that has none."""

    def tell(self, response: IntentResponse, persona: Persona) -> Told | None:
        """Return what is said of what was done, by a handler that has not failed; None where it has said so itself."""


def slots_of(response: IntentResponse) -> dict[str, Any]:
    """Return what was asked for, by slot."""
    asked = response.intent
    return {name: slot["value"] for name, slot in asked.slots.items()} if asked is not None else {}
