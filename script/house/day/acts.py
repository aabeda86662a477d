"""An act of the day: as it is to be played, and as it was."""

import re
import textwrap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from .stage import Stage

_UNIT: Final = re.compile(r"(?<=\d) (?=(?:s|min|W|%|AM|PM)\b|%)")


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text in lines of so many letters; a number stays with its unit."""
    return textwrap.wrap(_UNIT.sub("\N{NO-BREAK SPACE}", text), width, subsequent_indent=indent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """When an act began."""

    at: datetime
    """By the clock at the wall."""
    real: datetime
    """By this machine's clock, as the satellite's sounds are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What has to come of an act."""

    what: str
    """As it is named where it does not."""
    seen: Callable[[Stage, Mark], Awaitable[str | None]]
    """Returns what was seen of it, for the timeline; None so far. Nothing to tell: an empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An act as it is to be played."""

    at: str
    """The time of day, HH:MM:SS; one that is earlier than the act before is of the next day."""
    title: str
    do: Callable[[Stage], Awaitable[str]]
    """Returns what the satellite understood; an empty text where nobody spoke."""
    expects: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as it was."""

    at: datetime
    title: str
    heard: str
    """What somebody said, as it was understood."""
    lines: tuple[str, ...]
    """What Athena said meanwhile, as far as the satellite has played it."""
    seen: tuple[str, ...]
    state: str
    """Of the room, at its end."""
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what a program wants to know."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "act": self.title,
            "heard": self.heard or None,
            "said": list(self.lines),
            "seen": list(self.seen),
            "state": self.state,
            "missing": list(self.missing),
        }
