"""What the guard says of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final


class Kind(StrEnum):
    """What may be done."""

    ALLOW = "allow"
    CONFIRM = "confirm"
    """After a yes."""
    PIN = "pin"
    """After the PIN: a spoken yes is not authentication."""
    REFUSE = "refuse"


class Granted(IntEnum):
    """What the speaker has given for this one plan; each includes the ones before."""

    NOTHING = 0
    YES = 1
    PIN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a plan may be carried out."""

    kind: Kind
    cause: str | None = None
    """For the log and the trace: never spoken."""
    line: str | None = None
    """Of CONFIRM and REFUSE: the key of the persona's line; it is what the question asks ("everything off"), or the
    whole answer. None: the persona's own "I can't do that.", and for words against deeds "I didn't catch that."."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The line's fields."""
    is_misheard: bool = False
    """The words and the deeds contradict each other: whoever read them so has read them wrong, another may try."""


ALLOWED: Final = Verdict(kind=Kind.ALLOW)
