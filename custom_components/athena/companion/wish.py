"""What somebody asks of Athena in words, and what comes of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import probatio as vol
from homeassistant.core import Context

from ..rooms import RoomConfig


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
