"""What is right, what was said and done, and which of the four verdicts that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol

from ..virtual.devices import Call, Deeds

NEAR: Final = {
    "brightness": 2,
    "volume_level": 0.005,
    "temperature": 0.05,
    "color_temp_kelvin": 25,
    "current_position": 0.5,
}
"""How far two values may lie apart and still be the same: what rounding between scales makes of them."""


class Verdict(StrEnum):
    """What a reply is worth."""

    RIGHT = "right"
    """Exactly the expected entities, actions and key arguments; or the expected answer."""
    WRONG = "wrong"
    """Any other deed, an answer that is not so, or a deed where a question was asked."""
    ASKED = "asked"
    """A question back where none is expected."""
    DECLINED = "declined"
    """Nothing was done, and it says so."""


class Answer(Protocol):
    """What an answer must say."""

    def is_said(self, speech: str) -> bool:
        """Return whether it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """Any value above (or below) the one before."""

    than: float
    sign: int = 1

    def __eq__(self, other: object) -> bool:
        """Return whether a value lies on the right side, or whether it is the same wish."""
        if isinstance(other, More):
            return (self.than, self.sign) == (other.than, other.sign)
        return isinstance(other, int | float) and (other - self.than) * self.sign > 0

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is right: one of these kinds."""

    deeds: tuple[Mapping[str, Mapping[str, Any]], ...] = ()
    """Any one of these sets is right; empty where nothing is to be done."""
    answer: Answer | None = None
    asks: bool = False
    """A question back is right (which one, or a confirmation), and nothing may be done before it is answered."""
    options: tuple[str, ...] = ()
    """What the question must name; "LG|TV" is one of them."""
    already: frozenset[str] | None = None
    """Entities that are so already: whether a deed is done on them does not matter, nor on others that are so.
    None: it does."""
    nothing: bool = False
    """To do nothing and say that it was not done is right."""
    intents: frozenset[str] = frozenset()
    """To hand it to the handler of one of these intents is right, whatever comes of it."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What the handler must be told, others allowed."""
    quiet: bool = False
    """To do nothing, and to claim no fault either ("never mind")."""

    def __str__(self) -> str:
        """Return it in one line."""
        parts = [" or ".join(told(each) for each in self.deeds)] if self.deeds else []
        parts += [str(self.answer)] if self.answer is not None else []
        parts += [f"intent {' or '.join(sorted(self.intents))} {dict(self.slots) or ''}"] if self.intents else []
        parts += [name for name in ("asks", "nothing", "quiet") if getattr(self, name)]
        return "; or ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an agent said and did."""

    speech: str
    is_error: bool = False
    is_answer: bool = False
    """Whether it answers a question, by its type."""
    goes_on: bool = False
    """Whether it waits for an answer."""
    deeds: Deeds = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    changing: frozenset[str] = frozenset()
    """The entities that were not so already."""
    ms: float = 0.0
    intent: str | None = None
    """The intent whose handler it was handed to."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """What that handler was told."""
    unseen: tuple[str, ...] = ()
    """The entities whose states do not show what was done to them."""

    @property
    def asks(self) -> bool:
        """Return whether it is a question back."""
        return self.goes_on or self.speech.rstrip().endswith("?")

    @property
    def claims(self) -> bool:
        """Return whether it says that something was done."""
        return not (self.is_error or self.is_answer or self.asks) and self.speech.strip() not in UNCLAIMING

    @property
    def is_false_success(self) -> bool:
        """Return whether it claims a deed that the states do not show, or that nobody did."""
        return self.claims and (bool(self.unseen) or not self.deeds)

    def __str__(self) -> str:
        """Return it in one line."""
        kind = "error" if self.is_error else "answer" if self.is_answer else "done"
        by = f"  by {self.intent} {dict(self.slots) or ''}" if self.intent else ""
        return f"{told(self.deeds) or '(nothing done)'}{by}  {kind}: {self.speech!r}"


UNCLAIMING: Final = frozenset(
    {"", "Understood.", "I can't do that.", "I didn't catch that.", "Something went wrong.", "I'm offline."}
)
"""What claims nothing: the persona's own lines (PRD §8)."""
REFUSALS: Final = UNCLAIMING - {"", "Understood."}


def score(expected: Expected, reply: Reply) -> Verdict:
    """Return what a reply is worth.

    A deed decides alone: it is one of those expected, in all entities and key arguments, or it is wrong. Without a deed
    the words decide: the answer expected, an answer that is not, a question back, or that it was not done.
    """
    if reply.intent in expected.intents:
        is_told = all(reply.slots.get(slot) == str(value) for slot, value in expected.slots.items())
        return Verdict.RIGHT if is_told else Verdict.WRONG
    if reply.deeds:
        deeds = _counted(expected, reply)
        is_right = any(same(each, deeds) for each in _wanted(expected, deeds))
        return Verdict.RIGHT if is_right else Verdict.WRONG
    return _score_words(expected, reply)


def _score_words(expected: Expected, reply: Reply) -> Verdict:
    """Return what a reply is worth that has done nothing."""
    declined = reply.is_error or reply.speech.strip() in REFUSALS
    if expected.answer is not None and not declined and expected.answer.is_said(reply.speech):
        return Verdict.RIGHT
    if reply.asks:
        return Verdict.RIGHT if expected.asks and _names_all(reply.speech, expected.options) else Verdict.ASKED
    if declined:
        return Verdict.RIGHT if expected.nothing else Verdict.DECLINED
    if expected.quiet:
        return Verdict.RIGHT
    is_silent = reply.speech.strip() in UNCLAIMING and expected.answer is None
    return Verdict.DECLINED if is_silent else Verdict.WRONG


def _counted(expected: Expected, reply: Reply) -> Deeds:
    """Return the deeds that matter: a deed on what is so already may be forgiven."""
    if expected.already is None:
        return reply.deeds
    named = {entity for each in expected.deeds for entity in each}
    return {entity: effect for entity, effect in reply.deeds.items() if entity in named or entity in reply.changing}


def _wanted(expected: Expected, deeds: Deeds) -> list[Mapping[str, Mapping[str, Any]]]:
    """Return what is right, without what is so already and was left as it is."""
    spared = (expected.already or frozenset()) - deeds.keys()
    return [{entity: effect for entity, effect in each.items() if entity not in spared} for each in expected.deeds]


def _names_all(question: str, options: tuple[str, ...]) -> bool:
    text = question.casefold()
    return all(any(each.casefold() in text for each in option.split("|")) for option in options)


def same(expected: Mapping[str, Mapping[str, Any]], done: Deeds) -> bool:
    """Return whether these are the same deeds."""
    if expected.keys() != done.keys():
        return False
    return all(
        effect.keys() == done[entity].keys()
        and all(_alike(key, value, done[entity][key]) for key, value in effect.items())
        for entity, effect in expected.items()
    )


def _alike(key: str, expected: Any, done: Any) -> bool:
    if key in NEAR and isinstance(expected, int | float) and isinstance(done, int | float):
        return abs(expected - done) <= NEAR[key]
    if key == "rgb_color" and isinstance(done, tuple | list):
        return all(abs(a - b) <= 3 for a, b in zip(expected, done, strict=True))
    return bool(expected == done)


def told(deeds: Mapping[str, Mapping[str, Any]]) -> str:
    """Return deeds in one line."""
    return ", ".join(
        f"{entity} → {' '.join(f'{key}={value}' for key, value in sorted(effect.items()))}"
        for entity, effect in sorted(deeds.items())
    )
