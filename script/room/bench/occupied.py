"""How well a room is told empty or occupied: false-offs an occupied hour, and false-on as a share of the empty time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

from custom_components.athena.brain.commands import WaitCancel, WaitStart
from custom_components.athena.brain.events import Event, WaitElapsed
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.sensors import WORTH, SensorKind, Worth
from custom_components.athena.brain.settings import RoomSettings

from .recorded_room import ROOM, SENSORS, Sample, Thresholds, facts

PIRS: Final = tuple(name for name, kind in SENSORS.items() if kind is SensorKind.PIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What somebody who sits there minds, and what the electricity meter does."""

    false_offs: float
    """Times an occupied hour that the room is told empty while somebody is in it."""
    false_on: float
    """Percent of the samples without anybody in which it is told occupied."""


def score(samples: list[Sample], told: list[bool]) -> Score:
    """Return it."""
    occupied = sum(sample.seconds for sample in samples if sample.people) / 3600
    empty = [on for sample, on in zip(samples, told, strict=True) if not sample.people]
    offs = sum(
        1
        for sample, before, on in zip(samples[1:], told, told[1:], strict=False)
        if before and not on and sample.people
    )
    return Score(false_offs=offs / occupied, false_on=100 * sum(empty) / len(empty))


def timer(samples: list[Sample], after: timedelta) -> list[bool]:
    """Return what a PIR's timer tells: occupied for so long after the last motion."""
    told = []
    last: datetime | None = None
    for sample in samples:
        if any(sample.values.get(name) for name in PIRS):
            last = sample.at
        told.append(last is not None and sample.at - last < after)
    return told


def athena(
    samples: list[Sample],
    *,
    settings: RoomSettings | None = None,
    sensors: dict[str, SensorKind] | None = None,
    thresholds: Thresholds | None = None,
    blank_is_lost: bool = True,
) -> list[bool]:
    """Return what Athena's room tells; a sample may lack the word of a sensor, which is lost then, or says nothing."""
    sensors = SENSORS if sensors is None else sensors
    room = _Room(replace(settings or RoomSettings(room=ROOM), sensors=sensors))
    return [
        room.live_through(sample.at, facts(sample, sensors, thresholds or Thresholds(), blank_is_lost=blank_is_lost))
        for sample in samples
    ]


class _Room:
    def __init__(self, settings: RoomSettings) -> None:
        self._house = House([settings])
        self._waits: dict[str, datetime] = {}

    def live_through(self, at: datetime, events: Iterable[Event]) -> bool:
        while (due := min(self._waits.values(), default=None)) is not None and due <= at:
            key = next(key for key, ends in self._waits.items() if ends == due)
            del self._waits[key]
            self._tell(WaitElapsed(room=ROOM, at=due, source="clock", key=key))
        for event in events:
            self._tell(event)
        return self._house.rooms[ROOM].state is not RoomState.EMPTY

    def _tell(self, event: Event) -> None:
        for command in self._house.handle(event):
            match command:
                case WaitStart(key=key, due=due):
                    self._waits[key] = due
                case WaitCancel(key=key):
                    self._waits.pop(key, None)


@contextmanager
def worth(kind: SensorKind, lasts: timedelta) -> Iterator[None]:
    """Let the word of a kind of sensor last for so long, within the block."""
    worths = cast("dict[SensorKind, Worth]", WORTH)
    before = worths[kind]
    worths[kind] = replace(before, lasts=lasts)
    try:
        yield
    finally:
        worths[kind] = before
