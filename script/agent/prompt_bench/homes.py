"""The homes that are measured: the own set's, and ones in which the same ten things stand in every room."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from custom_components.athena.agent.home import Area, Entity, Floor, Home, State

from ..own.homes import load_home
from ..own.specs import spec_of as own_spec_of
from ..virtual.spec import AreaSpec, FloorSpec, HomeSpec, Thing

SIZES: Final[Mapping[str, int]] = {"34": 34, "house (90)": 90, "manor (450)": 450, "2000": 2000}
"""Entities, by what the home is called."""
OWN: Final[Mapping[str, str]] = {"house (90)": "house", "manor (450)": "manor"}

ROOMS: Final = (
    "Kitchen", "Bedroom", "Bathroom", "Living Room", "Hall", "Office", "Garage", "Garden", "Nursery", "Guest Room",
    "Laundry", "Cellar", "Study", "Library", "Pantry",
)  # fmt: skip
FLOORS: Final = ("Ground Floor", "First Floor", "Attic")
DIMMED: Final[Mapping[str, Any]] = {"supported_color_modes": ["color_temp", "hs"]}
HEATS: Final[Mapping[str, Any]] = {
    "hvac_modes": ["off", "heat"],
    "min_temp": 7,
    "max_temp": 30,
    "supported_features": 385,
}
THINGS: Final[tuple[tuple[str, str, str, Mapping[str, Any]], ...]] = (
    ("light", "Ceiling Light", "on", DIMMED),
    ("light", "Lamp", "off", DIMMED),
    ("switch", "Socket", "off", {"device_class": "outlet"}),
    ("cover", "Blinds", "open", {"device_class": "blind", "supported_features": 15}),
    ("sensor", "Temperature", "21.5", {"device_class": "temperature", "unit_of_measurement": "°C"}),
    ("sensor", "Humidity", "48", {"device_class": "humidity", "unit_of_measurement": "%"}),
    ("binary_sensor", "Motion", "off", {"device_class": "motion"}),
    ("fan", "Fan", "off", {"supported_features": 57}),
    ("media_player", "Speaker", "idle", {"device_class": "speaker", "supported_features": 152_463}),
    ("climate", "Thermostat", "heat", HEATS),
)


def spec_of(name: str) -> HomeSpec:
    """Return a home as the virtual house takes it."""
    return own_spec_of(OWN[name]) if name in OWN else _made(SIZES[name])


def _made(size: int) -> HomeSpec:
    """Return a home of so many entities: ten a room, at most sixty rooms, in which the same stands again."""
    count = min(60, max(4, size // 10))
    names = [f"{ROOMS[at % len(ROOMS)]}{f' {at // len(ROOMS) + 1}' if at >= len(ROOMS) else ''}" for at in range(count)]
    things = []
    for number in range(size):
        room, again = number % count, number // count
        domain, name, state, attributes = THINGS[again % len(THINGS)]
        nth = again // len(THINGS)
        full = f"{names[room]} {name}{f' {nth + 1}' if nth else ''}"
        things.append(Thing(id=f"{domain}.n{number}", name=full, area=f"a{room}", state=state, attributes=attributes))
    return HomeSpec(
        name=str(size),
        floors={f"f{level}": FloorSpec(name=name, level=level) for level, name in enumerate(FLOORS)},
        areas={f"a{at}": AreaSpec(name=name, floor=f"f{at % len(FLOORS)}") for at, name in enumerate(names)},
        things=tuple(things),
    )


def home_of(name: str) -> Home:
    """Return a home of the own set as the agent knows it, without Home Assistant."""
    own = load_home(name)
    return Home(
        floors={key: Floor(id=key, names=(one.name, *one.aliases), level=one.level) for key, one in own.floors.items()},
        areas={key: Area(id=key, names=(one.name, *one.aliases), floor=one.floor) for key, one in own.areas.items()},
        entities={
            one.id: Entity(
                id=one.id,
                names=(one.name, *one.aliases),
                area=one.area,
                device=one.device,
                device_class=one.attributes.get("device_class"),
                unit=one.attributes.get("unit_of_measurement"),
                features=one.attributes.get("supported_features", 0),
            )
            for one in sorted(own.entities.values(), key=lambda one: one.id)
        },
    )


def states_of(name: str) -> Mapping[str, State]:
    """Return the states of a home of the own set."""
    own = load_home(name).entities.values()
    return MappingProxyType({one.id: Is(state=one.state, attributes=one.attributes_in(one.state)) for one in own})


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """A state."""

    state: str
    attributes: Mapping[str, Any]
