"""How long the brain thinks about one fact."""

import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from custom_components.athena.brain.commands import Command
from custom_components.athena.brain.events import Event

from ..simulator.drive import Brain, Drive
from ..simulator.night import draw_night
from .nights import ATHENA, make


class Timed:
    """A brain, and how long each fact took it."""

    def __init__(self, brain: Brain, took: Mapping[str, list[int]]) -> None:
        self._brain = brain
        self._took = took

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in, by the clock."""
        began = time.perf_counter_ns()
        try:
            return self._brain.handle(event)
        finally:
            self._took[event.type].append(time.perf_counter_ns() - began)

    def resume(self, at: datetime) -> tuple[Command, ...]:
        """Go on."""
        return self._brain.resume(at)

    def as_dict(self) -> dict[str, Any]:
        """Return what it knows."""
        return self._brain.as_dict()

    def restore(self, stored: dict[str, Any]) -> None:
        """Take in what was stored."""
        self._brain.restore(stored)


def microseconds(nights: int, seed: int) -> dict[str, tuple[float, int]]:
    """Return the median by type of fact, and how many there were; `all` is of all of them."""
    took: dict[str, list[int]] = defaultdict(list)
    for number in range(nights):
        night = draw_night(number, seed)
        Drive(night, lambda settings: Timed(make(ATHENA, settings), took)).run()
    took["all"] = [each for times in tuple(took.values()) for each in times]
    return {kind: (statistics.median(times) / 1000, len(times)) for kind, times in took.items()}
