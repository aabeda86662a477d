"""What a tier is, and what it is asked."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar

from ...runtime import AthenaConfigEntry
from ..home import Home, Situation
from ..llm.turn import Surroundings
from ..reading import Reading
from ..trace import Trace
from ..wordings import Wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the tiers work with."""

    hass: HomeAssistant
    entry: AthenaConfigEntry
    wordings: Wordings


@dataclass(slots=True, kw_only=True)
class Turn:
    """What somebody has said, and where."""

    text: str
    """Without the name of the one who is asked."""
    asked: conversation.ConversationInput
    chat_log: conversation.ChatLog
    area: ar.AreaEntry | None
    around: Surroundings
    """The home, the speaker's place in it, and what was said before."""
    trace: Trace
    deadline: float
    """By the event loop's clock."""
    is_thinking: bool = False
    """A model reads it: that may be broken off at any time, a deed may not."""
    is_understood: bool = False
    """Something is to be done to a thing that nobody knows: it was heard well."""
    is_secret: bool = False
    """A PIN was said, or may have been: it stands in no log."""
    may_think: bool = True
    """Whether a model may be asked: it hears no PIN, and it is no model that asks."""
    is_quiet: bool = False
    """In quiet hours nothing is said aloud, so nothing is while it still comes."""
    spoken: str = ""
    """What the model has said so far: it was heard as it came."""
    is_over: bool = False
    """The speaker has been answered already, or has gone: nothing is begun any more."""

    @property
    def home(self) -> Home:
        """What there is."""
        return self.around.home

    @property
    def situation(self) -> Situation:
        """Where it was said, and what was last spoken of."""
        return self.around.situation

    @property
    def keys(self) -> tuple[str, ...]:
        """By what the turn's dialogue is found."""
        return keys_of(self.asked, self.chat_log)


def keys_of(asked: conversation.ConversationInput, chat_log: conversation.ChatLog) -> tuple[str, ...]:
    """Return the conversation, and the satellite, which may begin another conversation with each word."""
    satellite = asked.satellite_id or asked.device_id
    return (chat_log.conversation_id, *((satellite,) if satellite is not None else ()))


class Tier(Protocol):
    """One way to make something of what was said. It does nothing: what it reads out of it is done later, or not."""

    name: ClassVar[str]

    def __init__(self, means: Means) -> None: ...

    async def async_prepare(self, home: Home) -> None:
        """Load and build what the first turn would wait for otherwise; called again when the home has changed."""

    async def async_read(self, turn: Turn) -> Reading | None:
        """Return what was said, or None where this tier makes nothing of it."""
