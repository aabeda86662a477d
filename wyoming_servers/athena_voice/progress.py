"""Work that was begun and does not get on: what tells a server that hangs from one that is idle or busy."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

STALLED_SECONDS: Final = 60.0
"""Twice as long as the longest utterance that is listened to."""


class Step:
    """One piece of work that is under way."""

    def __init__(self, what: str, clock: Callable[[], float]) -> None:
        self.what = what
        self._clock = clock
        self._since: float | None = clock()

    def got_on(self) -> None:
        """Note a sign of life."""
        self._since = self._clock()

    def waits_for_others(self) -> None:
        """Note that what is waited for now is not this server's: a client that reads slowly."""
        self._since = None

    @property
    def seconds(self) -> float:
        """How long there has been no sign of life."""
        return 0.0 if self._since is None else self._clock() - self._since


_CURRENT: Final[ContextVar[Step | None]] = ContextVar("step", default=None)


class Progress:
    """The work of one server that is under way. Used on the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steps: set[Step] = set()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._steps)

    @contextmanager
    def step(self, what: str) -> Iterator[Step]:
        """Watch over a piece of work for the length of the block; `what` is for a person."""
        step = Step(what, self._clock)
        self._steps.add(step)
        outer = _CURRENT.set(step)
        try:
            yield step
        finally:
            _CURRENT.reset(outer)
            self._steps.discard(step)

    def got_on(self) -> None:
        """Note a sign of life of the step that the running task is in."""
        step = _CURRENT.get()
        if step is not None:
            step.got_on()

    def problems(self) -> list[str]:
        """Say what hangs, in words."""
        slowest = max(self._steps, key=lambda step: step.seconds, default=None)
        if slowest is None or slowest.seconds < STALLED_SECONDS:
            return []
        return [f"{slowest.what} has been worked on for {slowest.seconds:.0f} s without getting on"]
