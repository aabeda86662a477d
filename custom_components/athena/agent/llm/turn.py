"""What a turn with the model is made of: what it is asked, what comes back, and what that took."""

from dataclasses import dataclass, field
from datetime import datetime

from ..guard.risk import Policy
from ..home import Home, Situation
from ..reading import Plan, Refusal, Which


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A turn that is over."""

    said: str
    answered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known before the person has finished the sentence: the model reads it in the meantime."""

    home: Home
    situation: Situation
    now: datetime
    """Local."""
    scenes: tuple[str, ...] = ()
    """The keys of Athena's scenes that the speaker's room has."""
    history: tuple[Exchange, ...] = ()
    """The turns of this conversation, the newest last."""
    policy: Policy = field(default_factory=Policy)
    """What may be unlocked, opened and disarmed by voice: the rest the model cannot even say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody has said."""

    text: str
    around: Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A piece of the answer, in the model's words: it may be spoken at once. Pieces are joined as they are."""

    text: str


type Part = Said | Plan | Which | Refusal
"""Pieces of speech, or one of the others: where something is done, the model's own words are no answer to it."""


@dataclass(slots=True, kw_only=True)
class Usage:
    """What a turn took, for its trace; None where the server does not tell."""

    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    """Of the prompt's tokens: those that the server still knew."""
    generated_tokens: int | None = None
    first_ms: float | None = None
    """Until the first piece of the answer."""
    ms: float = 0.0
    rounds: int = 0
    """Two where the first answer could not be used."""
    rejected: list[str] = field(default_factory=list)
    """Why lines of the answer were not used: never spoken."""
