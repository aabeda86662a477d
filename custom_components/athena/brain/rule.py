"""What a rule of a room is: facts it takes in, and what time brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .events import Event
from .mind import Mind


def _never(_mind: Mind, _at: datetime) -> None:
    """Do nothing as time passes."""


def _nothing(_mind: Mind) -> datetime | None:
    """Wait for nothing."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Some of design §3's rules."""

    facts: Mapping[type[Event], Callable[[Mind, Any], None]] = field(default_factory=dict)
    """What to do about each kind of fact."""
    due: Callable[[Mind], datetime | None] = _nothing
    """When `elapse` has something to do next."""
    elapse: Callable[[Mind, datetime], None] = _never
    """Do what is due by then, so that `due` lies later, or is None."""
    refuse: Mapping[type[Event], Callable[[Mind, Any], None]] = field(default_factory=dict)
    """Raise BrainError about a fact that cannot be; nothing has been changed yet."""
