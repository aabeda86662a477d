"""Which sensors could tell that somebody has left the bed, and which should but cannot."""

from dataclasses import dataclass

from .bed import SECOND
from .mind import Mind
from .sensors import DEBUG, SensorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """Who could testify that a sleeper is up."""

    working: tuple[str, ...]
    lost: tuple[str, ...]
    """They are known, and say nothing."""
    enough: bool
    """Two can testify; a camera that sees somebody stand beside an empty bed is two by itself (design §3.7)."""
    button: bool
    """There is one to end an alarm with."""


def witnesses_of(mind: Mind) -> Witnesses:
    """Return the witnesses of a room."""
    kinds = {name: report.kind for name, report in mind.presence.reports.items()} | dict(mind.settings.sensors)
    testify = {SensorKind.CAMERA, SensorKind.MAT, *SECOND}
    sources = sorted(name for name, kind in kinds.items() if kind in testify and name != DEBUG)
    working = tuple(name for name in sources if mind.presence.alive(name))
    found = {kinds[name] for name in working}
    return Witnesses(
        working=working,
        lost=tuple(name for name in sources if name not in working),
        enough=SensorKind.CAMERA in found or (SensorKind.MAT in found and bool(found & SECOND)),
        button=SensorKind.BUTTON in kinds.values(),
    )
