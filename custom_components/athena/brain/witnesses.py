"""Which sensors could tell that somebody has left the bed, and which should but cannot."""

from dataclasses import dataclass

from .bed import SECOND
from .mind import Mind
from .sensors import BED, DEBUG, SensorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """Who could testify that a sleeper is up."""

    working: tuple[str, ...]
    lost: tuple[str, ...]
    """They are known, and say nothing."""
    enough: bool
    """Two can testify; a camera that sees somebody stand beside an empty bed is two by itself (design §3.7)."""
    telling: bool
    """Two can tell at this moment: a camera that sees nobody cannot."""
    button: bool
    """There is one to end an alarm with."""


def witnesses_of(mind: Mind) -> Witnesses:
    """Return the witnesses of a room."""
    kinds = {name: report.kind for name, report in mind.presence.reports.items()} | dict(mind.settings.sensors)
    testify = {SensorKind.CAMERA, *BED, *SECOND}
    sources = sorted(name for name, kind in kinds.items() if kind in testify and name != DEBUG)
    working = tuple(name for name in sources if _works(mind, name))
    found = {kinds[name] for name in working}
    tells = {kinds[name] for name in working if mind.presence.alive(name) and not _is_stale(mind, name)}
    return Witnesses(
        working=working,
        lost=tuple(name for name in sources if name not in working),
        enough=_enough(found, shared=mind.settings.shared_bed),
        telling=_enough(tells, shared=mind.settings.shared_bed),
        button=SensorKind.BUTTON in kinds.values(),
    )


def _works(mind: Mind, name: str) -> bool:
    """Return whether a sensor is there; a camera that sees nobody it could make out is."""
    source = mind.bed.sources.get(name)
    return mind.presence.alive(name) or (source is not None and source.heard is not None and not source.dead)


def _is_stale(mind: Mind, name: str) -> bool:
    """Return whether it is a sensor of the bed that has felt nobody for very long."""
    source = mind.bed.sources.get(name)
    return source is not None and source.stale(mind.latest)


def _enough(kinds: set[SensorKind], *, shared: bool) -> bool:
    """Return whether two can testify; of two sleepers a camera alone does not know which one stands there."""
    if kinds & BED:
        return bool(kinds & {SensorKind.CAMERA, *SECOND})
    return SensorKind.CAMERA in kinds and not shared
