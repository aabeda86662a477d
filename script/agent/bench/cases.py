"""What is said in which home, and what is right: the shape that every set comes in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from ..virtual.house import House
from ..virtual.spec import HomeSpec, TimerSpec
from .expected import Expected


class Present(Protocol):
    """What is right in the home as it is when a sentence is said."""

    def expect(self, house: House) -> Expected:
        """Return it."""


@runtime_checkable
class Judge(Protocol):
    """What finds out what is right in the home as it stands."""

    async def async_expect(self, house: House, case: Case) -> Expected | None:
        """Return it; None where nothing is right there, and the case is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A sentence, and what is right after it."""

    text: str
    expected: Expected | Judge | Present
    area: str | None = None
    """The key of the speaker's area in this turn; None: as in the one before."""
    states: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What is so when it is said, beside what the turns before have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conversation: one turn, mostly."""

    turns: tuple[Turn, ...]
    source: str
    """Where it stands in its set."""
    kind: str = ""
    """What it is an example of."""
    area: str | None = None
    """The key of the area the speaker is in; None: nobody knows."""
    states: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    timers: tuple[TimerSpec, ...] = ()
    items: Mapping[str, Sequence[str]] = field(default_factory=dict)
    plays_what_is_searched: bool = True
    rooms: Mapping[str, str] = field(default_factory=dict)
    """What Athena's rooms know, by the key of their area; the others are occupied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A home, and all that is said in it."""

    home: HomeSpec
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSet:
    """A set by its name."""

    name: str
    groups: tuple[Group, ...]
    left_out: tuple[str, ...] = ()
    """What was not taken in, and why."""
    is_risky_allowed: bool = True
    """Whether Athena may unlock, open and disarm by voice alone."""

    def limited(self, limit: int | None) -> Iterator[Group]:
        """Return the groups with so many cases altogether, spread over all of them."""
        total = sum(len(group.cases) for group in self.groups)
        if limit is None or limit >= total:
            yield from self.groups
            return
        taken = 0
        seen = 0
        for group in self.groups:
            chosen = []
            for case in group.cases:
                seen += 1
                if seen * limit // total > taken:
                    taken += 1
                    chosen.append(case)
            if chosen:
                yield Group(home=group.home, cases=tuple(chosen))
