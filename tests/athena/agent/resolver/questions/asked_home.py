"""A home to ask about: things whose states have words of their own, with states that a test may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from custom_components.athena.agent.home import Area, Entity, Floor, Home, Situation
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Answer, Plan, Which
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.questions.questions import Questions

FLOORS: Final = {"ground": ("Ground Floor", 0), "first": ("First Floor", 1)}
AREAS: Final = {
    "kitchen": ("Kitchen", "ground"),
    "hall": ("Hallway", "ground"),
    "living_room": ("Living Room", "ground"),
    "garage": ("Garage", "ground"),
    "bedroom": ("Bedroom", "first"),
    "office": ("Office", "first"),
    "bathroom": ("Bathroom", "first"),
}
BATTERY: Final = {"device_class": "battery", "unit_of_measurement": "%"}
TEMPERATURE: Final = {"device_class": "temperature", "unit_of_measurement": "°C"}
HUMIDITY: Final = {"device_class": "humidity", "unit_of_measurement": "%"}
CARBON_DIOXIDE: Final = {"device_class": "carbon_dioxide", "unit_of_measurement": "ppm"}
POWER: Final = {"device_class": "power", "unit_of_measurement": "W"}
THERMOSTAT: Final = {"current_temperature": 21.5, "temperature": 22, "hvac_action": "heating"}
SONG: Final = {"media_title": "Blue in Green", "media_artist": "Miles Davis"}
THINGS: Final[Mapping[str, tuple[str, str | None, str, Mapping[str, Any]]]] = {
    "light.kitchen_ceiling": ("Kitchen Ceiling Light", "kitchen", "on", {"brightness": 128}),
    "light.kitchen_counter": ("Counter Light", "kitchen", "off", {}),
    "light.hall": ("Hallway Light", "hall", "on", {"brightness": 255}),
    "light.lamp": ("Reading Lamp", "living_room", "off", {}),
    "light.left": ("Left Bedside Lamp", "bedroom", "on", {"brightness": 51}),
    "light.right": ("Right Bedside Lamp", "bedroom", "off", {}),
    "light.bathroom": ("Bathroom Light", "bathroom", "unavailable", {}),
    "switch.kettle": ("Kettle", "kitchen", "off", {}),
    "fan.bathroom": ("Bathroom Fan", "bathroom", "on", {"percentage": 66}),
    "cover.garage": ("Garage Door", "garage", "open", {"device_class": "garage"}),
    "cover.blind": ("Office Blind", "office", "open", {"device_class": "blind", "current_position": 40}),
    "lock.front": ("Front Door", "hall", "locked", {}),
    "lock.garage": ("Garage Side Door", "garage", "unlocked", {}),
    "binary_sensor.front": ("Front Door Contact", "hall", "off", {"device_class": "door"}),
    "binary_sensor.kitchen_window": ("Kitchen Window", "kitchen", "on", {"device_class": "window"}),
    "binary_sensor.bedroom_window": ("Bedroom Window", "bedroom", "off", {"device_class": "window"}),
    "binary_sensor.office_window": ("Office Window", "office", "off", {"device_class": "window"}),
    "binary_sensor.hall_motion": ("Hallway Motion", "hall", "on", {"device_class": "motion"}),
    "binary_sensor.garage_motion": ("Garage Motion", "garage", "off", {"device_class": "motion"}),
    "binary_sensor.leak": ("Sink Leak", "kitchen", "off", {"device_class": "moisture"}),
    "binary_sensor.smoke": ("Smoke Detector", "hall", "off", {"device_class": "smoke"}),
    "binary_sensor.washer": ("Washing Machine", "bathroom", "on", {"device_class": "running"}),
    "binary_sensor.plug": ("Car Cable", "garage", "on", {"device_class": "plug"}),
    "binary_sensor.router": ("Router", "office", "on", {"device_class": "connectivity"}),
    "binary_sensor.boiler": ("Boiler", "garage", "off", {"device_class": "problem"}),
    "binary_sensor.remote": ("Remote Battery", "living_room", "on", {"device_class": "battery"}),
    "binary_sensor.safe": ("Safe", "office", "off", {"device_class": "tamper"}),
    "sensor.phone_battery": ("Ada's Phone Battery", None, "87", BATTERY),
    "sensor.lock_battery": ("Front Door Battery", "hall", "12", BATTERY),
    "sensor.bedroom_temperature": ("Bedroom Temperature", "bedroom", "18.24", TEMPERATURE),
    "sensor.office_temperature": ("Office Temperature", "office", "22.24", TEMPERATURE),
    "water_heater.tank": ("Tank", "garage", "eco", {"current_temperature": 48}),
    "sensor.fridge": ("Fridge Temperature", "kitchen", "4.5", TEMPERATURE),
    "sensor.outdoor": ("Outdoor Temperature", None, "-3.2", TEMPERATURE),
    "sensor.humidity": ("Bathroom Humidity", "bathroom", "71", HUMIDITY),
    "sensor.co2": ("Office CO2", "office", "640", CARBON_DIOXIDE),
    "sensor.kettle_power": ("Kettle Power", "kitchen", "1850", POWER),
    "sensor.dishwasher": ("Dishwasher", "kitchen", "Running", {}),
    "climate.living_room": ("Living Room Thermostat", "living_room", "heat", THERMOSTAT),
    "media_player.tv": ("TV", "living_room", "off", {"device_class": "tv"}),
    "media_player.speaker": (
        "Kitchen Speaker",
        "kitchen",
        "playing",
        {"volume_level": 0.3, "is_volume_muted": False, **SONG},
    ),
    "vacuum.rover": ("Rover", "hall", "docked", {}),
    "alarm_control_panel.house": ("House Alarm", None, "armed_home", {}),
    "person.ada": ("Ada", None, "home", {}),
    "person.ben": ("Ben", None, "not_home", {}),
    "person.carl": ("Carl", None, "Work", {}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A state."""

    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


def make_home(keep: frozenset[str] | None = None) -> Home:
    """Return the home, or only some of its things."""
    return Home(
        entities={
            id_: Entity(
                id=id_,
                names=(name,),
                area=area,
                device_class=attributes.get("device_class"),
                unit=attributes.get("unit_of_measurement"),
            )
            for id_, (name, area, _, attributes) in THINGS.items()
            if keep is None or id_ in keep
        },
        areas={id_: Area(id=id_, names=(name,), floor=floor) for id_, (name, floor) in AREAS.items()},
        floors={id_: Floor(id=id_, names=(name,), level=level) for id_, (name, level) in FLOORS.items()},
    )


def make_questions(home: Home | None = None) -> Questions:
    """Return what answers questions about it."""
    return Questions(home or make_home(), load_lexicon("en"), load_persona("en"))


QUESTIONS: Final = make_questions()


def situation(
    changed: Mapping[str, str] | None = None,
    *,
    area: str | None = None,
    about: tuple[str, ...] = (),
    last: Plan | None = None,
) -> Situation:
    """Return a situation in which some states are others."""
    states = {id_: Told(state, attributes) for id_, (_, _, state, attributes) in THINGS.items()}
    states |= {id_: Told(state, THINGS[id_][3]) for id_, state in (changed or {}).items()}
    return Situation(states=states.get, area=area, about=about, last=last)


def ask(text: str, changed: Mapping[str, str] | None = None, *, area: str | None = None) -> str | None:
    """Return what is answered."""
    reading = QUESTIONS.read(text, situation(changed, area=area))
    return reading.question if isinstance(reading, Which) else reading.speech if reading is not None else None


def answer(text: str, changed: Mapping[str, str] | None = None, *, area: str | None = None) -> Answer:
    """Return the whole answer to what is one."""
    reading = QUESTIONS.read(text, situation(changed, area=area))
    assert isinstance(reading, Answer)
    return reading
