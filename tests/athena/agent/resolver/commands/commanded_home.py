"""A home to command: two floors, eight rooms, and things of every kind, with what their integrations tell of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from custom_components.athena.agent.home import Area, Entity, Floor, Home, Situation
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Plan, Reading
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.resolver import Resolver

FLOORS: Final = {"ground": ("Ground Floor", 0), "first": ("First Floor", 1)}
AREAS: Final = {
    "kitchen": ("Kitchen", "ground"),
    "living_room": ("Living Room", "ground"),
    "hall": ("Hallway", "ground"),
    "garage": ("Garage", "ground"),
    "dining": ("Dining Area", "ground"),
    "bedroom": ("Bedroom", "first"),
    "guest": ("Guest Room", "first"),
    "office": ("Office", "first"),
}
WHITE: Final = {"supported_color_modes": ["color_temp"], "min_color_temp_kelvin": 2200, "max_color_temp_kelvin": 6500}
COLOR: Final = {"supported_color_modes": ["color_temp", "xy"]}
DIM: Final = {"supported_color_modes": ["brightness"]}
ON_OFF: Final = {"supported_color_modes": ["onoff"]}
BLIND: Final = {"device_class": "blind", "supported_features": 15, "current_position": 40}
CURTAIN: Final = {"device_class": "curtain", "supported_features": 15, "current_position": 0}
PLAYER: Final = {"supported_features": 24509, "volume_level": 0.4}
HEATING: Final = {
    "supported_features": 401,
    "hvac_modes": ["off", "heat", "auto"],
    "preset_modes": ["none", "away"],
    "min_temp": 5,
    "max_temp": 30,
    "temperature": 20,
}
THINGS: Final[Mapping[str, tuple[str, str | None, str, Mapping[str, Any]]]] = {
    "light.kitchen_ceiling": ("Kitchen Ceiling", "kitchen", "on", DIM | {"brightness": 128}),
    "light.countertop": ("Kitchen Countertop", "kitchen", "off", DIM),
    "light.lamp": ("Reading Lamp", "living_room", "on", WHITE | {"brightness": 200, "color_temp_kelvin": 3000}),
    "light.strip": ("TV Strip", "living_room", "off", COLOR),
    "light.hall": ("Hallway Light", "hall", "off", ON_OFF),
    "light.left": ("Left Bedside Lamp", "bedroom", "off", COLOR),
    "light.right": ("Right Bedside Lamp", "bedroom", "off", COLOR),
    "light.salt": ("Salt and Pepper", "dining", "off", DIM),
    "light.office": ("Desk Lamp", "office", "off", DIM),
    "switch.kettle": ("Kettle", "kitchen", "off", {}),
    "switch.heater": ("Fish Tank Heater", "office", "off", {}),
    "fan.ceiling": ("Ceiling Fan", "living_room", "on", {"supported_features": 57, "percentage": 50}),
    "fan.dyson": ("Dyson", "office", "off", {"supported_features": 57, "preset_modes": ["auto", "sleep"]}),
    "cover.kitchen": ("Kitchen Blind", "kitchen", "open", BLIND),
    "cover.office": ("Office Blind", "office", "open", BLIND),
    "cover.curtains": ("Curtains", "bedroom", "closed", CURTAIN),
    "cover.garage": ("Garage Door", "garage", "closed", {"device_class": "garage", "supported_features": 3}),
    "lock.front": ("Front Door", "hall", "locked", {}),
    "lock.back": ("Back Door", "kitchen", "unlocked", {}),
    "valve.water": ("Main Valve", "garage", "open", {"supported_features": 3}),
    "climate.living_room": ("Living Room Thermostat", "living_room", "heat", HEATING),
    "climate.bedroom": ("Bedroom Radiator", "bedroom", "heat", HEATING),
    "media_player.tv": ("Samsung TV", "living_room", "on", PLAYER | {"device_class": "tv", "source_list": ["HDMI 1"]}),
    "media_player.kitchen": ("Kitchen Speaker", "kitchen", "playing", PLAYER | {"device_class": "speaker"}),
    "vacuum.rover": ("Rover", "hall", "docked", {"supported_features": 29916}),
    "lawn_mower.clippy": ("Clippy", "garage", "docked", {"supported_features": 7}),
    "humidifier.bedroom": ("Venta", "bedroom", "off", {"min_humidity": 30, "max_humidity": 80}),
    "alarm_control_panel.house": ("House Alarm", None, "disarmed", {"supported_features": 7}),
    "scene.movie": ("Movie Night", None, "unknown", {}),
    "script.goodnight": ("Goodnight", None, "off", {}),
    "select.washer": ("Washer Program", "kitchen", "eco", {"options": ["Eco", "Quick wash"]}),
    "number.delay": ("Light Delay", "hall", "10", {"min": 0, "max": 60}),
    "sensor.fan_power": ("Ceiling Fan Power", "living_room", "12", {}),
    "binary_sensor.front": ("Front Door", "hall", "off", {"device_class": "door"}),
}


@dataclass(frozen=True)
class Told:
    """A state."""

    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


HOME: Final = Home(
    floors={id_: Floor(id=id_, names=(name,), level=level) for id_, (name, level) in FLOORS.items()},
    areas={id_: Area(id=id_, names=(name,), floor=floor) for id_, (name, floor) in AREAS.items()},
    entities={
        id_: Entity(id=id_, names=(name,), area=area, device_class=told.get("device_class"))
        for id_, (name, area, _, told) in THINGS.items()
    },
)


@cache
def resolver() -> Resolver:
    """Return the resolver of this home."""
    persona = load_persona("en")
    return Resolver(load_lexicon("en"), HOME, persona)


def situation(
    area: str | None = "living_room",
    last: Plan | None = None,
    about: tuple[str, ...] = (),
    states: Mapping[str, str] | None = None,
) -> Situation:
    """Return from where somebody speaks; `states` are those that are not as usual, by entity id."""
    changed = states or {}

    def told(entity: str) -> Told | None:
        if entity not in THINGS:
            return None
        return Told(changed.get(entity, THINGS[entity][2]), THINGS[entity][3])

    return Situation(states=told, area=area, last=last, about=about)


def read(text: str, area: str | None = "living_room") -> Reading | None:
    """Return what an utterance means."""
    return resolver().read(text, situation(area))


def told_of(reading: Reading | None) -> list[str]:
    """Return the deeds of a reading, each in one line: "light.turn_on lamp strip brightness_pct=50"."""
    if not isinstance(reading, Plan):
        return [] if reading is None else [type(reading).__name__]
    lines = []
    for deed in reading.deeds:
        things = " ".join(entity.partition(".")[2] for entity in deed.entities)
        data = "".join(f" {key}={value}" for key, value in deed.data.items())
        lines.append(f"{deed.domain}.{deed.action} {things}{data}")
    return lines
