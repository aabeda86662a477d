"""Stretches of work, and the breaks between them: what a focus timer counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

LONG_BREAK_AFTER: Final = 4
"""Rounds."""
AWAY_FOR: Final = timedelta(hours=1)
"""Whoever left, and is not back by then, works no more."""
PAUSED_FOR: Final = timedelta(hours=4)
"""Whoever has paused it has forgotten it by then."""


class Phase(StrEnum):
    """What a stretch is for."""

    FOCUS = "focus"
    BREAK = "break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long everything is, in seconds, and how often it comes."""

    focus: float
    short: float
    long: float
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What goes on in a room."""

    phase: Phase
    round: int
    """From 1."""
    due: datetime
    """Aware. When it ends; of one that stands still, when nobody waits for it any more."""
    lengths: Lengths
    left: float | None = None
    """Seconds; only of one that stands still."""
    away: bool = False
    """It stands still since nobody is there."""
    lit: bool = True
    """Nobody has changed the lights since it began."""

    @property
    def length(self) -> float:
        """Seconds from its beginning to its end."""
        if self.phase is Phase.FOCUS:
            return self.lengths.focus
        return self.lengths.long if self.round % LONG_BREAK_AFTER == 0 else self.lengths.short

    def left_at(self, now: datetime) -> float:
        """Return the seconds until it ends."""
        return self.left if self.left is not None else max(0.0, (self.due - now).total_seconds())

    def begun(self, now: datetime) -> Self:
        """Return it as it begins now."""
        return replace(self, due=now + timedelta(seconds=self.length), left=None, away=False)

    def at(self, now: datetime) -> tuple[Self, Self | None]:
        """Return the last that is over, else itself, and what goes on by now: much may have been due."""
        last, following = self, self if now < self.due else self.next()
        while following is not None and following.due <= now:
            last, following = following, following.next()
        return last, following

    def next(self) -> Self | None:
        """Return what follows it; None after the last round, but for the long break that a set of four ends with."""
        is_last = self.round >= self.lengths.rounds
        if self.phase is Phase.FOCUS and (not is_last or self.round % LONG_BREAK_AFTER == 0):
            following = replace(self, phase=Phase.BREAK)
        elif is_last:
            return None
        else:
            following = replace(self, phase=Phase.FOCUS, round=self.round + 1)
        return replace(following, due=self.due + timedelta(seconds=following.length))

    def still(self, now: datetime, *, away: bool) -> Self:
        """Return it as it stands still from now on."""
        due = now + (AWAY_FOR if away else PAUSED_FOR)
        return replace(self, due=due, left=self.left_at(now), away=away)

    def going_on(self, now: datetime) -> Self:
        """Return it as it goes on."""
        return replace(self, due=now + timedelta(seconds=self.left_at(now)), left=None, away=False)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        lengths = self.lengths
        return {
            "phase": self.phase,
            "round": self.round,
            "due": self.due.isoformat(),
            "lengths": [lengths.focus, lengths.short, lengths.long, lengths.rounds],
            "left": self.left,
            "away": self.away,
            "lit": self.lit,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return it as it was stored; raise KeyError, TypeError or ValueError for what is not one."""
        focus, short, long, rounds = stored["lengths"]
        return cls(
            phase=Phase(stored["phase"]),
            round=stored["round"],
            due=datetime.fromisoformat(stored["due"]),
            lengths=Lengths(focus=focus, short=short, long=long, rounds=rounds),
            left=stored["left"],
            away=stored["away"],
            lit=stored["lit"],
        )
