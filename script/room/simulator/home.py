"""Which homes there are, and how likely each is. The weights are judged, the reason beside them; none is fitted."""

import random
from dataclasses import dataclass
from typing import Final, Protocol

from custom_components.athena.brain.sensors import SensorKind

from .camera import Camera
from .mat import Mat
from .pir import Pir
from .radar import Radar
from .report import Report
from .truth import Lives

ROOM: Final = "bedroom"
ZONES: Final = {
    "Europe/Berlin": 25,
    "Europe/London": 15,
    "America/New_York": 20,
    "America/Los_Angeles": 15,
    "Asia/Kolkata": 10,  # knows no summer time
    "Australia/Sydney": 7,
    "Pacific/Auckland": 5,
    "Australia/Lord_Howe": 3,  # half an hour of it
}

KITS: Final = {
    "mat, pir": 30,  # the cheapest that has two witnesses
    "camera, pir": 14,  # the PRD's own
    "mat, radar, pir": 14,
    "mat, camera, pir": 10,
    "mat, bed pir": 8,  # a PIR on a shelf sees the bed, too
    "mat, bed pir, pir": 6,
    "camera, bed pir": 3,
    "camera, radar, pir": 5,
    "mat, radar": 4,  # one witness, as a radar of the room sees the sleeper, too
    "pir": 3,  # none: the button, the app
    "camera": 3,
}
"""The sensors of a home; in a home of two half the mats are one a side."""

TWO: Final = 0.4
"""How many are homes of two. The PRD is about one person; in most bedrooms there are two some nights."""
CAT: Final = 0.25
"""As many households as have a cat."""
BUTTON: Final = 0.5


class Sensor(Protocol):
    """Anything that watches the room."""

    @property
    def source(self) -> str:
        """Return its entity id."""
        ...

    def reports(self, lives: Lives, rng: random.Random) -> list[Report]:
        """Return what it says in this night, as it would arrive on a good day."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One bedroom and what is in it."""

    kit: str
    zone: str
    sensors: tuple[Sensor, ...]
    kinds: dict[str, SensorKind]
    sides: tuple[str | None, ...]
    """One for each sleeper."""
    cat: bool
    button: bool
    tracked: bool
    """The home knows who is there."""
    counts: bool
    """The sensors count their words (`seq`)."""
    repeats: float
    """How likely a word comes twice."""
    late: float
    """How likely a word comes late, maybe after the next one."""
    heartbeat: float
    """Seconds after which a sensor says again how things are; 0: only what changes."""

    @property
    def two(self) -> bool:
        """Whether two sleep here."""
        return len(self.sides) == 2


def draw_home(rng: random.Random) -> Home:
    """Draw one."""
    kit = _draw(KITS, rng)
    two = rng.random() < TWO
    by_side = two and rng.random() < 0.5
    sensors: list[Sensor] = []
    kinds: dict[str, SensorKind] = {}
    for part in kit.split(", "):
        match part:
            case "mat":
                sides = ("left", "right") if by_side else (None,)
                mats = [_mat(side, rng) for side in sides]
                sensors += mats
                kinds |= {mat.source: SensorKind.MAT if mat.feels_edge else SensorKind.PAD for mat in mats}
            case "pir" | "bed pir":
                pir = _pir(part, rng, alone=kit == "pir")
                sensors.append(pir)
                kinds[pir.source] = SensorKind.PIR
            case "radar":
                sensors.append(_radar(rng))
                kinds[sensors[-1].source] = SensorKind.MMWAVE
            case _:
                sensors.append(_camera(rng))
                kinds[sensors[-1].source] = SensorKind.CAMERA
    button = kit == "pir" or rng.random() < BUTTON
    if button:
        kinds["event.bedroom_button"] = SensorKind.BUTTON
    return Home(
        kit=kit,
        zone=_draw(ZONES, rng),
        sensors=tuple(sensors),
        kinds=kinds,
        sides=("left", "right") if two else (None,),
        cat=rng.random() < CAT,
        button=button,
        tracked=rng.random() < 0.7,
        counts=rng.random() < 0.5,
        repeats=rng.choice((0.0, 0.0, 0.003, 0.03)),
        late=rng.choice((0.0, 0.0, 0.003, 0.02)),
        heartbeat=rng.choice((0.0, 0.0, rng.uniform(120, 900))),
    )


def _draw(weights: dict[str, int], rng: random.Random) -> str:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def _mat(side: str | None, rng: random.Random) -> Mat:
    return Mat(
        source="binary_sensor.bedroom_mat" + (f"_{side}" if side else ""),
        side=side,
        # 45 % good; 35 % let go now and then; 20 % as the two real ones that were recorded
        lets_go=rng.choices((rng.uniform(0, 1), rng.uniform(3, 25), rng.uniform(30, 55)), (45, 35, 20))[0],
        feels_edge=rng.random() < 0.8,  # the rest lie under the back only
        feels_cat=rng.random() < 0.3,
        clears_after=rng.choices((rng.uniform(0.3, 3), rng.uniform(3, 20)), (70, 30))[0],
    )


def _pir(part: str, rng: random.Random, *, alone: bool) -> Pir:
    sees_bed = part == "bed pir"
    return Pir(
        source="binary_sensor.bedroom_motion" if sees_bed else "binary_sensor.floor_motion",
        sees_bed=sees_bed,
        sees_legs=rng.choice((0.0, 0.1, 0.5)),
        sees_cat=rng.random() < 0.5,  # the rest are blind to pets
        on_for=rng.choices((3.0, 10.0, 30.0, 60.0), (25, 35, 20, 20))[0],
        tells_end=rng.random() < 0.85 or alone,
    )


def _radar(rng: random.Random) -> Radar:
    return Radar(
        source="binary_sensor.bedroom_radar",
        drops=rng.choices((0.2, 6.0), (60, 40))[0],  # LD2410 and its kin lose who is still
        ghosts=rng.choices((0.0, 1.0), (80, 20))[0],
        clears_after=rng.uniform(5, 60),
    )


def _camera(rng: random.Random) -> Camera:
    return Camera(
        source="sensor.bedroom_camera_posture",
        sees_in_the_dark=rng.random() < 0.6,
        slips=rng.choice((0.0005, 0.003)),
        confuses=rng.choice((0.01, 0.05)),
        tells_exits=rng.random() < 0.3,
    )
