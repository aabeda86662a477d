"""The tier's front: what the router asks."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..persona import Persona
from ..reading import Refusal
from .turn import Asked, Part, Surroundings, Usage


class Model:
    """A language model behind an OpenAI-compatible server.

    `async_read` never raises for anything the server does: it ends with a `Refusal`, whose cause is for the log. The
    iterator is to be closed (`contextlib.aclosing`), or its task cancelled: the server stops at once.
    """

    def __init__(self, hass: HomeAssistant, persona: Persona) -> None:
        self._hass = hass
        self._persona = persona
        self.usage = Usage()
        """Of the turn that was read last."""

    @property
    def available(self) -> bool:
        """Whether the server was there when it was last asked."""
        return False

    async def async_prepare(self, around: Surroundings) -> None:
        """Let the server read all but the utterance, while the person still speaks; what fails is not worth a word."""

    async def async_read(self, asked: Asked) -> AsyncGenerator[Part]:
        """Yield speech as it comes, or one complete plan, question or refusal."""
        _ = asked
        self.usage = Usage()
        yield Refusal(speech=self._persona.say("offline"), cause="there is no model")


async def async_model_of(hass: HomeAssistant, entry: ConfigEntry[Any], persona: Persona) -> Model | None:
    """Return the model that the hub's agent names, watched until the entry is unloaded; None where it names none."""
    return Model(hass, persona) if entry.get_subentries_of_type("agent") else None
