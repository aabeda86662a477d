"""What goes wrong between the sensors and the house."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from custom_components.athena.brain.events import (
    BedCleared,
    BedOccupied,
    MotionDetected,
    PostureUpdate,
    PresenceCleared,
    SensorLost,
    VisionLost,
)

from .evening import HOUR, MINUTE
from .home import Home
from .report import Report
from .truth import Span

LEVELS: Final = (MotionDetected, PresenceCleared, BedOccupied, BedCleared, PostureUpdate, VisionLost)
"""What a sensor would say again when it is asked how things are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Those of one night."""

    cut: Span | None = None
    """The house is off."""
    jump_at: float = 0.0
    wrong_by: float = 0.0
    dead: dict[str, Span] = field(default_factory=dict)
    """When a sensor says nothing."""
    tells: bool = False
    """Home Assistant knows of it."""
    flap: tuple[str, float] | None = None
    """Which goes on and off at 50 Hz for a second, and when."""


def draw_faults(home: Home, dues: list[float], end: float, rng: random.Random) -> Faults:
    """Draw them: a cut in 6 nights of 100, a clock that is set right in 3, a dead sensor in 5, a flapping one in 3."""
    near = rng.choice(dues) if dues else None
    cut: Span | None = None
    if rng.random() < 0.06:
        length = rng.uniform(46, 90) * MINUTE if rng.random() < 0.05 else rng.uniform(1, 40) * MINUTE
        at = rng.uniform(1 * HOUR, end - 2 * HOUR)
        if near is not None and rng.random() < 0.5:
            at = near + rng.uniform(-length, 120)
        cut = (at, at + length)
    jump_at = wrong_by = 0.0
    if rng.random() < 0.03:
        jump_at, wrong_by = rng.uniform(HOUR, end), rng.choice((-1, 1)) * rng.uniform(0.5, 30)
        if near is not None and rng.random() < 0.5:
            jump_at = near + rng.uniform(-40, 40)
    dead: dict[str, Span] = {}
    if rng.random() < 0.05:
        at = rng.uniform(0, end) if rng.random() < 0.7 or near is None else near + rng.uniform(-600, 600)
        until = end if rng.random() < 0.6 else at + rng.uniform(1, 90) * MINUTE
        dead[rng.choice(home.sensors).source] = (at, until)
    flap = None
    if rng.random() < 0.03:
        at = rng.uniform(60, end - 60) if near is None or rng.random() < 0.7 else near + rng.uniform(-120, 300)
        flap = (rng.choice(home.sensors).source, at)
    return Faults(cut=cut, jump_at=jump_at, wrong_by=wrong_by, dead=dead, tells=rng.random() < 0.7, flap=flap)


def _again(report: Report, at: float) -> Report:
    """Say it as it is found, not as it happens."""
    if report.kind is MotionDetected:
        return replace(report, at=at, payload={**report.payload, "found": True})
    return replace(report, at=at)


def _last(reports: Iterable[Report], before: float) -> Report | None:
    last = None
    for report in reports:
        if report.at >= before:
            break
        if report.kind in LEVELS:
            last = report
    return last


def worn(source: str, reports: list[Report], faults: Faults, rng: random.Random) -> list[Report]:
    """Return what a sensor says of that, being what it is tonight."""
    if faults.flap is not None and faults.flap[0] == source:
        reports = _flapping(reports, faults.flap[1])
    if (dead := faults.dead.get(source)) is not None:
        start, end = dead
        back = _last(reports, end)
        reports = [report for report in reports if not start <= report.at < end]
        if faults.tells:
            reports.append(Report(start, source, SensorLost))
        if back is not None and reports and end < reports[-1].at:
            reports.append(_again(back, end))
    if faults.cut is not None:
        start, end = faults.cut
        back = _last(reports, end)
        reports = [report for report in reports if not start <= report.at < end]
        reports.append(Report(end + 0.05, source, SensorLost))
        if back is not None and not (dead is not None and dead[0] <= end < dead[1]):
            reports.append(_again(back, end + 0.1 + rng.expovariate(0.5)))
    reports.sort(key=lambda report: report.at)
    return reports


def beating(reports: list[Report], every: float, end: float) -> list[Report]:
    """Return what a sensor says that also says how things are where nothing has changed for so long."""
    if not every or not any(report.kind is not MotionDetected for report in reports):
        return reports  # one that only tells of movements has nothing to repeat
    beats = []
    for report, following in zip(reports, [*reports[1:], None], strict=True):
        until = end if following is None else following.at
        if report.kind in LEVELS and until - report.at > every:
            beats += [replace(report, at=report.at + every * n) for n in range(1, int((until - report.at) / every) + 1)]
    return sorted([*reports, *beats], key=lambda report: report.at)


def _flapping(reports: list[Report], at: float) -> list[Report]:
    kinds = [report for report in reports if report.kind in LEVELS]
    before = _last(reports, at)
    other = next((report for report in kinds if before is not None and report.kind is not before.kind), None)
    if before is None or other is None:
        return reports
    burst = [replace((other, before)[n % 2], at=at + n * 0.02) for n in range(50)]
    return sorted([*reports, *burst], key=lambda report: report.at)


def arrivals(home: Home, reports: list[Report], rng: random.Random) -> list[tuple[float, Report, int]]:
    """Return when each word of one sensor arrives, with its number: some twice, some late."""
    arriving = []
    for seq, report in enumerate(reports, 1):
        at = report.at + 0.05
        if home.late and rng.random() < home.late:
            at += rng.uniform(0.5, 8)
        number = seq if home.counts else 0
        arriving.append((at, report, number))
        if home.repeats and rng.random() < home.repeats:
            arriving.append((at + rng.uniform(0.005, 0.5), report, number))
    return arriving
