"""What a tier makes of an utterance. None where it makes nothing of it, and the next tier is asked."""

from dataclasses import dataclass

from ..deed import Deed, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Something to do, in this order."""

    steps: tuple[Deed | Request, ...]
    goes_on: bool = False
    """It was said as more of the turn before ("and the fan"): "them" is then what both were about."""

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What will be done to entities, whoever does it."""
        return tuple(deed for step in self.steps for deed in ((step,) if isinstance(step, Deed) else step.deeds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a question about the home; nothing is to be done."""

    speech: str
    about: tuple[str, ...] = ()
    """The entities that were asked about: a follow-up ("turn them off") may mean them."""
    matched: tuple[str, ...] = ()
    """Those of them for which the answer is yes ("which lights are on?")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several things that may be meant."""

    names: tuple[str, ...]
    """What it may be called in the answer; the first is what the question says."""
    reading: Plan | Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """A question which of several is meant; the next utterance may answer it."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """It was understood, and it is not done."""

    speech: str
    cause: str
    """For the log and the trace: never spoken."""


type Reading = Plan | Answer | Which | Refusal
