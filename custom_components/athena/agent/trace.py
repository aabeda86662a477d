"""What became of an utterance, step by step: the last fifty turns, in memory only."""

from collections import Counter, deque
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from homeassistant.util.ulid import ulid_now

from ..deed import Deed, Outcome, Request, Result
from .llm.turn import Usage
from .reading import Answer, Plan, Reading, Refusal, Which

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT: Final = 50

SECRET: Final = frozenset({"code", "pin"})
"""What an action is told that stands in no trace."""


@dataclass(slots=True, kw_only=True)
class Tried:
    """One tier that was asked."""

    tier: str
    ms: float
    found: str | None
    """What it made of it: "plan", "answer", "which", "refusal"; None where nothing; "failed" where it broke."""


@dataclass(slots=True, kw_only=True)
class Trace:
    """One turn."""

    at: datetime
    text: str
    conversation: str
    area: str | None = None
    id: str = field(default_factory=ulid_now)
    tier: str | None = None
    """Which one answered; "dialogue" where it was an answer to a question."""
    tried: list[Tried] = field(default_factory=list)
    candidates: list[tuple[str, ...]] = field(default_factory=list)
    """Between what a question lets choose: entities."""
    verdict: str | None = None
    """What the guard said of it."""
    steps: tuple[Deed | Request, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    tokens: Usage | None = None
    cause: str | None = None
    """Why it was not done."""
    late: bool = False
    """Whether the deadline was hit."""
    answer: str = ""
    ms: float = 0.0
    _began: float = field(default_factory=perf_counter)

    @contextmanager
    def trying(self, tier: str) -> Iterator[Tried]:
        """Take the time of a tier."""
        tried = Tried(tier=tier, ms=0.0, found="failed")
        self.tried.append(tried)
        began = perf_counter()
        try:
            yield tried
        finally:
            tried.ms = _ms_since(began)

    def read(self, tier: str, reading: Reading) -> None:
        """Take in what a tier has made of it."""
        self.tier = tier
        match reading:
            case Plan():
                self.steps = reading.steps
            case Answer():
                self.candidates = [reading.about]
            case Which():
                self.candidates = [_entities_of(option.reading) for option in reading.options]
            case Refusal():
                self.cause = reading.cause

    def end(self, answer: str) -> None:
        """Take in what was answered."""
        self.answer = answer
        self.ms = _ms_since(self._began)

    def as_dict(self, *, with_texts: bool) -> dict[str, Any]:
        """Return it as JSON has it; what was said, and what an action was told, only `with_texts`."""
        told: dict[str, Any] = {
            "id": self.id,
            "at": self.at.isoformat(),
            "conversation": self.conversation,
            "area": self.area,
            "tier": self.tier,
            "tried": [{"tier": one.tier, "ms": round(one.ms, 2), "found": one.found} for one in self.tried],
            "candidates": [list(entities) for entities in self.candidates],
            "verdict": self.verdict,
            "deeds": [_step(step, with_texts=with_texts) for step in self.steps],
            "outcomes": [_outcome(outcome, with_texts=with_texts) for outcome in self.outcomes],
            "tokens": _usage(self.tokens),
            "late": self.late,
            "ms": round(self.ms, 2),
        }
        return told | {"text": self.text, "answer": self.answer, "cause": self.cause} if with_texts else told


class Traces:
    """The last turns, and how many there were of each sort."""

    def __init__(self) -> None:
        self._turns: deque[Trace] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()

    def add(self, trace: Trace) -> None:
        """Keep a turn that has ended."""
        self._turns.append(trace)
        self._counts[trace.tier or "nobody"] += 1
        self._counts["late"] += trace.late
        self._counts["failed"] += any(outcome.result is Result.FAILED for outcome in trace.outcomes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many turns each tier has answered since the start, "nobody" for none; and those "late" and "failed"."""
        return dict(self._counts)

    def as_list(self, *, with_texts: bool) -> list[dict[str, Any]]:
        """Return the turns, the newest last."""
        return [trace.as_dict(with_texts=with_texts) for trace in self._turns]


def kind_of(reading: Reading | None) -> str | None:
    """Return what sort of reading it is, as a trace calls it."""
    return type(reading).__name__.lower() if reading is not None else None


def _ms_since(began: float) -> float:
    return (perf_counter() - began) * 1000


def _entities_of(reading: Plan | Answer) -> tuple[str, ...]:
    if isinstance(reading, Answer):
        return reading.about
    return tuple(entity for deed in reading.deeds for entity in deed.entities)


def _step(step: Deed | Request, *, with_texts: bool) -> dict[str, Any]:
    if isinstance(step, Request):
        told: dict[str, Any] = {
            "intent": step.intent,
            "deeds": [_deed(deed, with_texts=with_texts) for deed in step.deeds],
        }
        return told | {"slots": {key: str(value) for key, value in step.slots.items()}} if with_texts else told
    return _deed(step, with_texts=with_texts)


def _deed(deed: Deed, *, with_texts: bool) -> dict[str, Any]:
    data = {
        key: value
        for key, value in deed.data.items()
        if key not in SECRET and (with_texts or isinstance(value, int | float | None))
    }
    return {"action": f"{deed.domain}.{deed.action}", "entities": list(deed.entities), "data": data}


def _outcome(outcome: Outcome, *, with_texts: bool) -> dict[str, Any]:
    """Return it; of a fault, which may quote what was said, only its name where nobody wants that written down."""
    cause = outcome.cause if with_texts or outcome.cause is None else outcome.cause.partition(":")[0]
    return {
        "action": f"{outcome.deed.domain}.{outcome.deed.action}",
        "result": outcome.result,
        "failed": list(outcome.failed),
        "cause": cause,
        "tries": outcome.tries,
    }


def _usage(usage: Usage | None) -> dict[str, Any] | None:
    if usage is None:
        return None
    return {
        "prompt": usage.prompt_tokens,
        "cached": usage.cached_tokens,
        "generated": usage.generated_tokens,
        "first_ms": usage.first_ms,
        "ms": round(usage.ms, 2),
        "rounds": usage.rounds,
        "rejected": len(usage.rejected),
    }
