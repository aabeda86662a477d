"""What a person has asked of the home: the seam between the agent, which finds it, and the outputs, which do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

STAND_INS: Final[Mapping[str, Mapping[str, str]]] = {
    "button": {"turn_on": "press"},
    "cover": {"turn_on": "open_cover", "turn_off": "close_cover"},
    "input_button": {"turn_on": "press"},
    "lock": {"turn_on": "lock", "turn_off": "unlock"},
    "valve": {"turn_on": "open_valve", "turn_off": "close_valve"},
}
"""What to turn something on and off means where it has no such action (Home Assistant's `OnOffIntentHandler`).

What is missing cannot be done.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One action of Home Assistant on some entities."""

    domain: str
    """Of the action, "light"; of "homeassistant" only where entities of several kinds are meant."""
    action: str
    """Its name, "turn_on"."""
    entities: tuple[str, ...]
    """Entity ids; never empty, except for an action that has no target."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The rest of the action's data, without the target."""
    kind: str | None = None
    """What the entities are called together, where a kind was named: "lights". None where each was meant by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An intent that Home Assistant handles, with the deeds that it comes to: the guard looks at these."""

    intent: str
    """Its type, "HassTurnOn"."""
    slots: Mapping[str, Any]
    """Values by slot, not wrapped."""
    deeds: tuple[Deed, ...] = ()
    """What its handler will call; empty for a question, and for what concerns no entity (a timer, a list)."""


class Result(StrEnum):
    """How a deed has turned out."""

    DONE = "done"
    """The states, read back, show it."""
    UNSEEN = "unseen"
    """It was called without a fault, and nothing shows whether it has happened: a scene, an assumed state."""
    FAILED = "failed"
    """It was tried twice, and the states do not show it; or Home Assistant refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What has become of a deed."""

    deed: Deed
    result: Result
    failed: tuple[str, ...] = ()
    """The entities whose states do not show it."""
    cause: str | None = None
    """For the log and the trace: never spoken."""
    tries: int = 1


def speaker_of(satellite: str | None, device: str | None, user: str | None) -> str:
    """Return by what a speaker's last deeds are kept, for undoing: where they speak, else who they are."""
    return satellite or device or user or ""
