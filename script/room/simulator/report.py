"""What a sensor says, before anything goes wrong on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from custom_components.athena.brain.events import Event, MotionDetected, PresenceCleared

from .truth import Span

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Report:
    """One word of a sensor."""

    at: float
    """Seconds since the night began, where the sensor is."""
    source: str
    kind: type[Event]
    payload: Mapping[str, Any] = NOTHING
    """The rest of the event's fields."""


HELD: Final = MappingProxyType({"held": True})


def presence(source: str, spans: Iterable[Span]) -> list[Report]:
    """Return the words of a sensor that is on in `spans`."""
    reports = [Report(0.5, source, PresenceCleared)]
    for start, end in spans:
        reports += (Report(start, source, MotionDetected, HELD), Report(end, source, PresenceCleared))
    return reports
