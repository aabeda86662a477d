"""What kinds of sensors there are, and what the word of each is worth."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

DEBUG: Final = "debug"
"""The source of a fact that somebody made up to try something out. It is never a witness (design §3.8)."""


class SensorKind(StrEnum):
    """What a source is made of, which decides what its word is worth."""

    PIR = "pir"
    """Sees movement only; its silence says nothing about somebody who sits or sleeps."""
    MMWAVE = "mmwave"
    """Radar, or any occupancy sensor that also sees who keeps still."""
    DOOR = "door"
    """A door or a window that is opened."""
    SOUND = "sound"
    AIR = "air"
    """CO2 that rises."""
    CAMERA = "camera"
    """Tells postures and zones."""
    MAT = "mat"
    """Under the mattress, or a radar that watches the bed alone."""
    PAD = "pad"
    """A mat that lets go of who sits on the edge of the bed."""
    BUTTON = "button"
    VOICE = "voice"
    """A satellite: who speaks is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """How long the word of a sensor counts once it says no more."""

    lasts: timedelta = timedelta()
    """After it has said that nobody is there; `empty_after` comes on top."""
    unknown: timedelta = timedelta()
    """After it was lost while it saw somebody; `empty_after` comes on top."""
    level: bool = False
    """It always says when it sees nobody any more; until then it goes on seeing somebody."""
    stuck: timedelta = timedelta(days=1)
    """Longer than that it cannot have gone on seeing somebody: it is broken."""


WORTH: Final[Mapping[SensorKind, Worth]] = {
    SensorKind.PIR: Worth(stuck=timedelta(hours=6)),
    SensorKind.MMWAVE: Worth(level=True, unknown=timedelta(minutes=10)),
    SensorKind.DOOR: Worth(),
    SensorKind.SOUND: Worth(lasts=timedelta(minutes=2)),
    SensorKind.AIR: Worth(),
    SensorKind.CAMERA: Worth(level=True, unknown=timedelta(minutes=10)),
    SensorKind.MAT: Worth(level=True, unknown=timedelta(minutes=60)),
    SensorKind.PAD: Worth(level=True, unknown=timedelta(minutes=60)),
    SensorKind.BUTTON: Worth(),
    SensorKind.VOICE: Worth(lasts=timedelta(minutes=2)),
}

BED: Final = frozenset({SensorKind.MAT, SensorKind.PAD})
"""What feels somebody in bed."""

_NAMED: Final[Mapping[SensorKind, frozenset[str]]] = {
    SensorKind.BUTTON: frozenset({"button"}),
    SensorKind.CAMERA: frozenset({"cam", "camera", "webcam", "vision", "posture"}),
    SensorKind.PIR: frozenset({"pir", "motion"}),
    SensorKind.MMWAVE: frozenset({"mmwave", "radar", "occupancy", "presence", "ld"}),
    SensorKind.DOOR: frozenset({"door", "window", "contact"}),
    SensorKind.PAD: frozenset({"pad"}),
    SensorKind.MAT: frozenset({"bed", "mat", "mattress", "pressure"}),
    SensorKind.SOUND: frozenset({"sound", "noise", "mic", "microphone"}),
    SensorKind.AIR: frozenset({"co", "air"}),
}


def kind_by_name(source: str) -> SensorKind:
    """Return what a source that nobody described is by its name: `binary_sensor.bedroom_mmwave`; a PIR if in doubt."""
    words = frozenset(re.findall(r"[a-z]+", source.lower()))
    return next((kind for kind, names in _NAMED.items() if words & names), SensorKind.PIR)
