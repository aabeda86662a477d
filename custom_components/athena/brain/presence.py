"""Rule 2: who is in the room, by evidence that fades. Stillness is not absence."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from .sensors import DEBUG, WORTH, SensorKind

SEES_A_ROOM: Final = frozenset({SensorKind.PIR, SensorKind.MMWAVE, SensorKind.CAMERA})
"""Whose silence may mean that the room is empty; a mat, a door or a microphone says nothing about a desk."""


NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Long before anybody was seen."""
LOST_FOR_LONG: Final = timedelta(minutes=5)
"""Nobody knows what a sensor would have seen that was lost for so long; a shorter loss is a radio's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a source said last."""

    kind: SensorKind
    sees: bool | None
    """None: it can no longer tell."""
    since: datetime
    """It has said so."""
    counts: datetime
    """Until then what it saw counts."""
    held: bool = False
    """It goes on seeing somebody until it says otherwise, or for so long that it must be broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Somebody is in the room, says a source."""

    source: str
    kind: SensorKind
    since: datetime
    until: datetime | None
    """None while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """Whether somebody is in the room, and why."""

    occupied: bool | None
    """None: no source can tell."""
    evidence: tuple[Evidence, ...]


class Presence:
    """What every source of a room said last."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.before: datetime | None = None
        """Until when what was seen before a restart counts."""

    def sees(self, source: str, at: datetime, *, kind: SensorKind, held: bool) -> None:
        """Take in that a source sees somebody."""
        worth = WORTH[kind]
        held = held or worth.level
        report = self.reports.get(source)
        goes_on = held and report is not None and report.sees and report.held
        since = report.since if report is not None and goes_on else at
        counts = at + (worth.stuck if held else worth.lasts)
        self.reports[source] = Report(kind=kind, sees=True, since=since, counts=counts, held=held)

    def clears(self, source: str, at: datetime, *, kind: SensorKind, silent: bool = False) -> None:
        """Take in that a source sees nobody; `silent`: and has not for long, by a timer of its own."""
        report = self.reports.get(source)
        counts = at
        if report is not None:
            lost_for_long = report.sees is None and at - report.since >= LOST_FOR_LONG
            told = not silent and (report.sees or lost_for_long)
            counts = at + WORTH[kind].lasts if told else min(report.counts, at + WORTH[kind].lasts)
        elif not silent:
            counts = NEVER
        self.reports[source] = Report(kind=kind, sees=False, since=at, counts=counts)

    def loses(self, source: str, at: datetime, *, kind: SensorKind) -> None:
        """Take in that a source can no longer tell."""
        report = self.reports.get(source)
        if report is not None and report.sees is None:
            return
        counts = at if report is None else report.counts
        if report is not None and report.sees and report.held:
            counts = at + WORTH[kind].unknown
        self.reports[source] = Report(kind=kind, sees=None, since=at, counts=counts)

    def alive(self, source: str) -> bool:
        """Return whether a source has said something and can still tell."""
        report = self.reports.get(source)
        return report is not None and report.sees is not None

    def can_tell(self) -> bool:
        """Return whether any source can tell that the room is empty."""
        return any(
            report.sees is not None and report.kind in SEES_A_ROOM and source != DEBUG
            for source, report in self.reports.items()
        )

    def counts(self) -> datetime | None:
        """Return until when the evidence of all sources counts; None where there has never been any."""
        counts = [report.counts for report in self.reports.values()]
        return max(counts if self.before is None else (*counts, self.before), default=None)

    def evidence(self, at: datetime, lasts: timedelta) -> tuple[Evidence, ...]:
        """Return who says that somebody is there, where a word counts `lasts` longer; what goes on comes first."""
        found = [
            Evidence(
                source=source,
                kind=report.kind,
                since=report.since,
                until=None if report.sees and report.held else report.counts + lasts,
            )
            for source, report in self.reports.items()
            if report.counts + lasts > at
        ]
        return tuple(sorted(found, key=lambda one: (one.until is not None, one.since, one.source)))
