"""One night: what is so, and what the house gets to hear of it. A number makes it, always the same one."""

import random
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from custom_components.athena.brain.events import Event, PersonAway, PersonHome, QuietSet
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings

from .calendar import Dates, Due, OwnAlarm, draw_alarms, draw_dates, dues
from .clock import Clock, ideal_ring
from .deeds import Deeds, draw_deeds
from .faults import Faults, arrivals, beating, draw_faults, worn
from .home import ROOM, Home, draw_home
from .household import Rings, draw_lives
from .report import Report
from .truth import Lives, Span

GRACE: Final = 45 * 60.0
LASTING: Final = (PersonHome, PersonAway, QuietSet)

EVENTS: Final = 150
"""The fewest of a night."""
_OFTEN: Final = 180.0

type Feed = list[tuple[float, Event]]


@dataclass(slots=True, kw_only=True)
class Night:
    """One of them."""

    number: int
    home: Home
    dates: Dates
    settings: RoomSettings
    alarms: list[OwnAlarm]
    dues: list[Due]
    """Of the alarms that are on and not skipped."""
    lives: Lives
    deeds: Deeds
    faults: Faults
    clock: Clock
    feed: Feed
    """What the house gets to hear, when it does."""


def draw_night(number: int, seed: int = 0, *, mistaken: bool = False) -> Night:
    """Make the night of this number; `mistaken`: nobody has tried whether the mats feel who sits on the edge."""
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 (to be had again is what it is for)
    home = draw_home(rng)
    if mistaken:
        pads = {name: SensorKind.MAT for name, kind in home.kinds.items() if kind is SensorKind.PAD}
        home = replace(home, kinds=home.kinds | pads)
    dates = draw_dates(home.zone, rng)
    end = (dates.end - dates.start).total_seconds()
    alarms = [own for index, side in enumerate(home.sides) for own in _alarms(index, side, home, dates, rng)]
    due = [found for own in alarms if own.alarm.enabled and not own.skipped for found in dues(own, dates)]
    seconds = {id(found): (found.at[-1] - dates.start).total_seconds() for found in due}
    faults = draw_faults(home, list(seconds.values()), end, rng)
    clock = Clock(start=dates.start, jump_at=faults.jump_at, wrong_by=faults.wrong_by)
    lives = draw_lives(home, _rings(due, clock, faults, len(home.sides)), end, rng)
    deeds = draw_deeds(home, alarms, lives, rng)
    return Night(
        number=number,
        home=home,
        dates=dates,
        settings=RoomSettings(
            room=ROOM,
            name="Arman",
            zone=ZoneInfo(home.zone),
            shared_bed=home.two,
            sensors=home.kinds,
        ),
        alarms=alarms,
        dues=due,
        lives=lives,
        deeds=deeds,
        faults=faults,
        clock=clock,
        feed=_enough(home, lives, deeds, faults, clock, rng),
    )


def _enough(home: Home, lives: Lives, deeds: Deeds, faults: Faults, clock: Clock, rng: random.Random) -> Feed:
    """Return what the house hears; where that is next to nothing, as when all are away, sensors repeat themselves."""
    feed = _feed(home, lives, deeds, faults, clock, rng)
    often = _OFTEN
    while len(feed) < EVENTS and often > 1:
        feed = _feed(replace(home, heartbeat=often), lives, deeds, faults, clock, rng)
        often /= 2
    return feed


def _alarms(index: int, side: str | None, home: Home, dates: Dates, rng: random.Random) -> list[OwnAlarm]:
    """Return those of one sleeper; a side is named where the bed's sensors name one."""
    if index == 1 and rng.random() < 0.4:
        return []
    by_side = any(getattr(sensor, "side", None) for sensor in home.sensors)
    return draw_alarms(index, side if by_side else None, dates, rng)


def _rings(due: list[Due], clock: Clock, faults: Faults, sleepers: int) -> Rings:
    of: list[tuple[float, ...]] = []
    for owner in range(sleepers):
        ideal = (ideal_ring(clock.real(one.at[-1]), faults.cut, GRACE) for one in due if one.owner == owner)
        of.append(tuple(sorted(at for at in ideal if at is not None)))
    return Rings(of=tuple(of))


def _feed(home: Home, lives: Lives, deeds: Deeds, faults: Faults, clock: Clock, rng: random.Random) -> Feed:
    arriving: list[tuple[float, Report, int]] = []
    for sensor in home.sensors:
        reports = sorted(sensor.reports(lives, rng), key=lambda report: report.at)
        reports = beating(reports, home.heartbeat, lives.end)
        arriving += arrivals(home, worn(sensor.source, reports, faults, rng), rng)
    cut = faults.cut or (0.0, 0.0)
    arriving += [(report.at + 0.05, report, 0) for report in _known_again(deeds.reports, cut)]
    arriving.sort(key=lambda item: item[0])
    return [
        (
            at,
            report.kind(room=ROOM, at=clock.reads(report.at), source=report.source, seq=seq, **report.payload),
        )
        for at, report, seq in arriving
        if not cut[0] <= at < cut[1] and at < lives.end
    ]


def _known_again(reports: list[Report], cut: Span) -> list[Report]:
    """Return the deeds; who came, who went and what was switched while the house was off is known soon after."""
    return [
        replace(report, at=cut[1] + 3) if report.kind in LASTING and cut[0] <= report.at < cut[1] else report
        for report in reports
    ]
