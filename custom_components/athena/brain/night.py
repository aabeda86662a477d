"""One night: from falling asleep to getting up, and whether it was restful.

No medical device, and no stages of sleep: what is known is who lay in bed, and in which minutes something moved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from .fields import read_count, read_moment

MINUTE: Final = timedelta(minutes=1)
EPOCH: Final = 5
"""Minutes of one bar of a night's picture."""

STILL: Final = 10
"""Minutes without a movement: whoever lies so still has fallen asleep. Actigraphy takes as many, for want of better."""
SETTLES_WITHIN: Final = 60
"""Minutes: whoever was told to sleep and is not so still by then counts as asleep from the beginning."""
SHORTEST: Final = timedelta(minutes=90)
"""Less is no night."""
LONGEST: Final = timedelta(hours=24)
"""Whoever seems to sleep for longer has not been seen getting up."""

RESTLESS: Final = 0.15
"""Of the minutes: as many or more, moved or out of bed, make a night restless.

By analogy only: a panel of the National Sleep Foundation calls a sleep efficiency of 85 % or more good (Ohayon et al.,
Sleep Health 3, 2017). That is time asleep by time in bed, told by an electroencephalogram. We have still minutes.
"""
KNOWN: Final = 0.75
"""So much of a night has to be known for a verdict."""

MOST_SPANS: Final = 100
"""Of one kind in one night: what is more is no news."""

SPANS: Final = ("visits", "awake", "gaps")

type Span = tuple[datetime, datetime]


class Verdict(StrEnum):
    """What a night was like."""

    RESTFUL = "restful"
    RESTLESS = "restless"


class Minute(StrEnum):
    """What is known of one minute of a night."""

    STILL = "still"
    MOVED = "moved"
    UP = "up"
    """Out of bed, or awake in it by the sleeper's own word."""
    UNKNOWN = "unknown"
    """No sensor could tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """Five minutes of a night; the last ones may be fewer."""

    moved: int = 0
    """Minutes."""
    up: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What is kept of a night."""

    begin: datetime
    """The sleeper lay still, or was told to sleep. Aware UTC, as all moments are."""
    end: datetime
    """They got up, or an alarm woke them."""
    moved: frozenset[int] = frozenset()
    """The minutes since `begin` in which something moved."""
    visits: tuple[Span, ...] = ()
    """Out of bed, and back."""
    awake: tuple[Span, ...] = ()
    """Up, as far as anybody knew, but not out of bed: an alarm that was slept through, "I'm still awake"."""
    gaps: tuple[Span, ...] = ()
    """No sensor could tell."""
    alarm: datetime | None = None
    """One woke them."""
    _minutes: tuple[Minute, ...] = field(init=False, repr=False, compare=False)
    _asleep: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look at every minute once."""
        minutes = tuple(self._minute(index) for index in range(max(0, (self.end - self.begin) // MINUTE)))
        object.__setattr__(self, "_minutes", minutes)
        object.__setattr__(self, "_asleep", _settled(minutes))

    def _minute(self, index: int) -> Minute:
        middle = self.begin + (index + 0.5) * MINUTE
        if _within(middle, self.visits) or _within(middle, self.awake):
            return Minute.UP
        if index in self.moved:
            return Minute.MOVED
        return Minute.UNKNOWN if _within(middle, self.gaps) else Minute.STILL

    # ---- what there is to tell

    @property
    def asleep_at(self) -> datetime:
        """When they lay still for the first time."""
        return self.begin + self._asleep * MINUTE

    @property
    def minutes(self) -> tuple[Minute, ...]:
        """Each minute of sleep, from falling asleep to waking."""
        return self._minutes[self._asleep :]

    @property
    def epochs(self) -> tuple[Epoch, ...]:
        """Each five minutes of it."""
        return tuple(_epoch(self.minutes[at : at + EPOCH]) for at in range(0, len(self.minutes), EPOCH))

    @property
    def duration(self) -> timedelta:
        """How long they were asleep: not while they were up."""
        return (len(self.minutes) - self.minutes.count(Minute.UP)) * MINUTE

    @property
    def movements(self) -> int:
        """The minutes in which something moved."""
        return self.minutes.count(Minute.MOVED)

    @property
    def restless(self) -> float | None:
        """The share of the known minutes that moved or were spent out of bed; None where too few are known.

        A night without a single movement is not known either: everybody turns over, so nothing could feel it.
        """
        known = len(self.minutes) - self.minutes.count(Minute.UNKNOWN)
        if not self.movements or known < KNOWN * len(self.minutes):
            return None
        return (self.movements + self.minutes.count(Minute.UP)) / known

    @property
    def verdict(self) -> Verdict | None:
        """What the night was like; None where that cannot be said."""
        if self.duration < SHORTEST or (share := self.restless) is None:
            return None
        return Verdict.RESTLESS if share >= RESTLESS else Verdict.RESTFUL

    # ---- as JSON

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "begin": self.begin.isoformat(),
            "end": self.end.isoformat(),
            "moved": sorted(self.moved),
            **{key: _spans_as_list(getattr(self, key)) for key in SPANS},
            "alarm": moment_as_text(self.alarm),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Night":
        """Return what was stored; raise KeyError, TypeError or ValueError for what is not a night."""
        begin, end = read_moment(stored["begin"]), read_moment(stored["end"])
        if not begin <= end <= begin + LONGEST:
            raise ValueError(f"a night from {begin} to {end}")
        return cls(
            begin=begin,
            end=end,
            moved=frozenset(map(read_count, stored["moved"])),
            alarm=moment_of(stored["alarm"]),
            **{key: tuple(_spans_of(stored[key])) for key in SPANS},
        )


@dataclass(slots=True, kw_only=True)
class Sleep:
    """A night that is not over."""

    begin: datetime
    moved: set[int] = field(default_factory=set)
    visits: list[Span] = field(default_factory=list)
    awake: list[Span] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    goes_on: bool = False
    """It has been taken for over already."""
    out: datetime | None = None
    """They have been out of bed since."""

    def moves(self, at: datetime) -> None:
        """Take in a movement."""
        if self.begin <= at < self.begin + LONGEST:
            self.moved.add((at - self.begin) // MINUTE)

    def until(self, end: datetime, blind: datetime | None, alarm: datetime | None = None) -> Night:
        """Return the night, were this its end; `blind`: nothing has been able to tell since."""
        end = min(max(end, self.begin), self.begin + LONGEST)
        gaps = self.gaps if blind is None or blind >= end else [*self.gaps, (max(blind, self.begin), end)]
        return Night(
            begin=self.begin,
            end=end,
            moved=frozenset(self.moved),
            visits=tuple(self.visits),
            awake=tuple(self.awake),
            gaps=tuple(gaps),
            alarm=alarm,
        )

    @classmethod
    def again(cls, night: Night) -> "Sleep":
        """Return a night that is not over after all."""
        return cls(
            begin=night.begin,
            moved=set(night.moved),
            visits=list(night.visits),
            awake=list(night.awake),
            gaps=list(night.gaps),
            goes_on=True,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "begin": self.begin.isoformat(),
            "moved": sorted(self.moved),
            **{key: _spans_as_list(getattr(self, key)) for key in SPANS},
            "goes_on": self.goes_on,
            "out": moment_as_text(self.out),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Sleep":
        """Return what was stored; raise KeyError, TypeError or ValueError for what is no such thing."""
        return cls(
            begin=read_moment(stored["begin"]),
            moved=set(map(read_count, stored["moved"])),
            goes_on=bool(stored["goes_on"]),
            out=moment_of(stored["out"]),
            **{key: list(_spans_of(stored[key])) for key in SPANS},
        )


def moment_as_text(moment: datetime | None) -> str | None:
    """Return a moment, if there is one, as JSON."""
    return None if moment is None else moment.isoformat()


def moment_of(stored: object) -> datetime | None:
    """Return a moment that was stored, if there is one; raise ValueError for what is none."""
    return None if stored is None else read_moment(stored)


def _spans_of(stored: Iterable[tuple[object, object]]) -> Iterator[Span]:
    for start, end in stored:
        yield read_moment(start), read_moment(end)


def _spans_as_list(spans: Iterable[Span]) -> list[list[str]]:
    return [[start.isoformat(), end.isoformat()] for start, end in spans]


def _within(at: datetime, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _settled(minutes: Sequence[Minute]) -> int:
    """Return the first minute of those that are still together; the very first where none are within the hour."""
    for start in range(min(SETTLES_WITHIN, len(minutes) - STILL + 1)):
        if all(minute is Minute.STILL for minute in minutes[start : start + STILL]):
            return start
    return 0


def _epoch(minutes: Sequence[Minute]) -> Epoch:
    return Epoch(moved=minutes.count(Minute.MOVED), up=minutes.count(Minute.UP), unknown=minutes.count(Minute.UNKNOWN))
