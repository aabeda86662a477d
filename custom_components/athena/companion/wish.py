"""What somebody asks of Athena in words, and what comes of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import probatio as vol
from homeassistant.core import Context

from ..agent.spoken_length import SECONDS
from ..rooms import RoomConfig

LENGTH: Final[Mapping[vol.Marker, Any]] = {vol.Optional(unit): vol.Coerce(int) for unit in SECONDS}
"""The slots of a wish in which a length may be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """What was asked has not been done."""

    line: str
    """What Athena says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A wish, as it was said."""

    room: RoomConfig | None
    """The one named, else the one spoken from, else the only one it can be; None only where a wish needs none."""
    slots: Mapping[str, Any]
    context: Context
    device_id: str | None
    """Of the satellite that heard it."""

    @property
    def in_room(self) -> RoomConfig:
        """The room of a wish that needs one."""
        assert self.room is not None  # or it would not have been asked for
        return self.room


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that can be asked for: an intent of Home Assistant's."""

    intent: str
    """`AthenaFlipCoin`; a capability's `sentences` say how it is asked for."""
    description: str
    """What it does, for a language model."""
    fulfil: Callable[[Asked], Awaitable[str | No]]
    """Does it and returns what Athena says; raises HomeAssistantError where it fails."""
    slots: Mapping[vol.Marker, Any] = field(default_factory=dict)
    """What may be said with it besides `area`, as a schema."""
    is_question: bool = False
    """Only something is told, and nothing done."""
    needs_room: bool = True
    """Where no room can be meant, Athena asks for one."""
