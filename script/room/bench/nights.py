"""Thousands of nights, of Athena's brain and of its peer, on all cores."""

import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from multiprocessing import get_context
from typing import Final

from custom_components.athena.brain.house import House
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings

from ..simulator.drive import Brain, Drive
from ..simulator.judge import Finding, Judge, Verdict
from ..simulator.naive import NaiveBrain
from ..simulator.night import draw_night

ATHENA: Final = "athena"
NAIVE: Final = "naive"
_BATCH: Final = 25


@dataclass(slots=True)
class Tally:
    """What one brain did in all of them."""

    nights: int = 0
    events: int = 0
    fewest_events: int = 0
    alarms: int = 0
    to_stop: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Count one night."""
        self.fewest_events = verdict.events if not self.nights else min(self.fewest_events, verdict.events)
        self.nights += 1
        self.events += verdict.events
        self.alarms += verdict.alarms
        self.to_stop += verdict.to_stop
        self.counts.update(finding.what for finding in verdict.findings)
        self.findings += verdict.findings

    def per_hundred(self, what: str) -> float:
        """Return how often that was in a hundred nights."""
        return 100 * self.counts[what] / self.nights


def make(name: str, settings: RoomSettings) -> Brain:
    """Return a brain by its name."""
    return House([settings]) if name == ATHENA else NaiveBrain(settings)


def live(numbers: Iterable[int], *, seed: int) -> list[dict[str, Verdict]]:
    """Let both brains live through these nights."""
    verdicts = []
    for number in numbers:
        night = draw_night(number, seed)
        verdicts.append(
            {name: Judge(night, Drive(night, partial(make, name)).run()).judge() for name in (ATHENA, NAIVE)}
        )
    return verdicts


def live_mistaken(numbers: Iterable[int], *, seed: int) -> list[Verdict]:
    """Let Athena live through those of these nights whose home takes its mat for one that feels the edge."""
    verdicts = []
    for number in numbers:
        if SensorKind.PAD in draw_night(number, seed).home.kinds.values():
            night = draw_night(number, seed, mistaken=True)
            verdicts.append(Judge(night, Drive(night, partial(make, ATHENA)).run()).judge())
    return verdicts


def run_mistaken(nights: int, seed: int) -> Tally:
    """Return what Athena made of those of so many nights."""
    tally = Tally()
    with ProcessPoolExecutor(os.process_cpu_count(), mp_context=get_context("fork")) as pool:
        for verdicts in pool.map(partial(live_mistaken, seed=seed), batched(range(nights), _BATCH, strict=False)):
            for verdict in verdicts:
                tally.add(verdict)
    return tally


def run(nights: int, seed: int) -> dict[str, Tally]:
    """Return what both brains made of the first so many nights of a seed."""
    tallies = {ATHENA: Tally(), NAIVE: Tally()}
    with ProcessPoolExecutor(os.process_cpu_count(), mp_context=get_context("fork")) as pool:
        for verdicts in pool.map(partial(live, seed=seed), batched(range(nights), _BATCH, strict=False)):
            for verdict in verdicts:
                for name, tally in tallies.items():
                    tally.add(verdict[name])
    return tallies
