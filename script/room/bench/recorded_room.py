"""Three days of a real room, as facts: what its sensors said every half minute, and how many people were there.

What a sample becomes was decided before the first run, from what the numbers mean and not from the numbers:

- A PIR's 1 is motion, its 0 is that there is none.
- A sound of `LOUD` volts or more is sound. The microphones' amplifiers give 0 to 5 V; a tenth of that is 20 dB below
  the loudest they can tell, which a voice across a room reaches and a fan or the amplifier's own noise does not.
- CO2 that rises by `RISES` ppm a sample or more is air that somebody breathes. One person who sits gives off 18 l/h;
  in a room of 75 m³ with its door shut that is 240 ppm/h, or 2 ppm every 30 s; half of it allows for a window or a
  larger room.
- Light is left out: people turn it on and off, so it would tell too much about when they are there.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from custom_components.athena.brain.events import Event, MotionDetected, PresenceCleared, SensorLost
from custom_components.athena.brain.sensors import SensorKind

ROOM: Final = "room"
LOUD: Final = 0.5
"""Volts."""
RISES: Final = 1.0
"""Parts per million, a sample."""
LONGEST: Final = 120.0
"""Seconds for which a sample counts at most: there are gaps between the samples, and between the days."""

SENSORS: Final = {
    "S6_PIR": SensorKind.PIR,
    "S7_PIR": SensorKind.PIR,
    "S1_Sound": SensorKind.SOUND,
    "S2_Sound": SensorKind.SOUND,
    "S3_Sound": SensorKind.SOUND,
    "S4_Sound": SensorKind.SOUND,
    "S5_CO2_Slope": SensorKind.AIR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Half a minute of it."""

    at: datetime
    values: dict[str, float]
    people: int
    seconds: float
    """Until the next one, `LONGEST` at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From where on a sensor of a level sees somebody."""

    loud: float = LOUD
    rises: float = RISES

    def of(self, kind: SensorKind) -> float:
        """Return the one of this kind."""
        return {SensorKind.SOUND: self.loud, SensorKind.AIR: self.rises}.get(kind, 0.5)


def read(path: Path) -> list[Sample]:
    """Return the recording."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    times = [datetime.strptime(f"{row['Date']} {row['Time']}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) for row in rows]
    return [
        Sample(
            at=at,
            values={name: float(row[name]) for name in SENSORS if row[name]},
            people=int(row["Room_Occupancy_Count"]),
            seconds=min(LONGEST, (following - at).total_seconds()),
        )
        for row, at, following in zip(rows, times, [*times[1:], times[-1]], strict=True)
    ]


def facts(
    sample: Sample, sensors: dict[str, SensorKind], thresholds: Thresholds, *, blank_is_lost: bool
) -> Iterator[Event]:
    """Return what these sensors say in it."""
    for name, kind in sensors.items():
        if name not in sample.values:
            if blank_is_lost:
                yield SensorLost(room=ROOM, at=sample.at, source=name)
        elif sample.values[name] >= thresholds.of(kind):
            yield MotionDetected(room=ROOM, at=sample.at, source=name, held=True)
        else:
            yield PresenceCleared(room=ROOM, at=sample.at, source=name)
