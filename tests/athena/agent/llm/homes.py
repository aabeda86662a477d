"""Homes of the agent's own kind, of any size, with the states that their entities would have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import yaml

from custom_components.athena.agent.guard.risk import Policy
from custom_components.athena.agent.home import Area, Entity, Floor, Home, Situation, States
from custom_components.athena.agent.llm.language import ROOT
from custom_components.athena.agent.llm.names import Names, entities_in, kinds_in
from custom_components.athena.agent.llm.turn import Asked, Exchange, Surroundings
from custom_components.athena.agent.llm.words import Words, words_of

SATURDAY: Final = datetime(2026, 11, 21, 18, 20)  # noqa: DTZ001  local
COLORED: Final = {"supported_color_modes": ["color_temp", "hs"]}
ONOFF: Final = {"supported_color_modes": ["onoff"]}


@dataclass(frozen=True, slots=True)
class Is:
    """A state."""

    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


def read_words() -> Words:
    """Return the words of English."""
    said = [
        ROOT / "sentences/en/words/things.yaml",
        ROOT / "sentences/en/words/wishes.yaml",
        ROOT / "persona/en/claims.yaml",
    ]
    things, wishes, claims = (yaml.safe_load(file.read_text("utf-8")) for file in said)
    return words_of(things, wishes, claims)


WORDS: Final = read_words()

FLOORS: Final = {
    "ground": Floor(id="ground", names=("Ground Floor",), level=0),
    "up": Floor(id="up", names=("Upstairs",), level=1),
}
AREAS: Final = {
    "kitchen": Area(id="kitchen", names=("Kitchen",), floor="ground"),
    "hall": Area(id="hall", names=("Hall",), floor="ground"),
    "bedroom": Area(id="bedroom", names=("Bedroom", "Chamber"), floor="up", is_room=True),
}


def thing(id_: str, *names: str, area: str | None = None, device_class: str | None = None, features: int = 0) -> Entity:
    """Return an entity."""
    return Entity(id=id_, names=names, area=area, device_class=device_class, features=features)


SMALL: Final = (
    thing("light.kitchen", "Kitchen Light", area="kitchen"),
    thing("light.counter", "Counter Light", area="kitchen"),
    thing("light.plain", "Pantry Bulb", area="kitchen"),
    thing("light.bedroom", "Bedroom Lamp", area="bedroom"),
    thing("fan.bedroom", "Bedroom Fan", area="bedroom", features=57),
    thing("switch.coffee", "Coffee Maker", area="kitchen"),
    thing("cover.blinds", "Blinds", area="bedroom", device_class="blind", features=15),
    thing("cover.garage", "Garage Door", area="hall", device_class="garage", features=15),
    thing("lock.front", "Front Door", area="hall"),
    thing("climate.bedroom", "Thermostat", area="bedroom", features=385),
    thing("media_player.tv", "TV", area="bedroom", device_class="tv", features=0xFFFF),
    thing("sensor.bedroom", "Bedroom Temperature", area="bedroom", device_class="temperature"),
    thing("scene.film", "Film Night"),
)
STATES: Final[Mapping[str, Is]] = {
    "light.kitchen": Is("on", {**COLORED, "device_class": None}),
    "light.counter": Is("off", COLORED),
    "light.plain": Is("off", ONOFF),
    "light.bedroom": Is("off", COLORED),
    "fan.bedroom": Is("off"),
    "switch.coffee": Is("off"),
    "cover.blinds": Is("open", {"device_class": "blind"}),
    "cover.garage": Is("closed", {"device_class": "garage"}),
    "lock.front": Is("locked"),
    "climate.bedroom": Is("heat", {"hvac_modes": ["off", "heat"], "min_temp": 7, "max_temp": 30}),
    "media_player.tv": Is("off", {"device_class": "tv"}),
    "sensor.bedroom": Is("21.5", {"device_class": "temperature"}),
    "scene.film": Is("2026-11-20T20:00:00+00:00"),
}


def home_of(*entities: Entity, areas: Mapping[str, Area] = AREAS) -> Home:
    """Return a home of these entities."""
    return Home(entities={one.id: one for one in sorted(entities, key=lambda one: one.id)}, areas=areas, floors=FLOORS)


HOME: Final = home_of(*SMALL)


def names_in(home: Home = HOME, states: States = STATES.get, policy: Policy | None = None) -> Names:
    """Return all the labels of a home."""
    return Names(home, entities_in(home), kinds_in(home, WORDS), states, policy or Policy())


def asked(
    text: str,
    home: Home = HOME,
    *,
    area: str | None = "kitchen",
    states: States = STATES.get,
    history: tuple[Exchange, ...] = (),
    policy: Policy | None = None,
    now: datetime = SATURDAY,
) -> Asked:
    """Return an utterance in a home."""
    return Asked(
        text=text,
        around=Surroundings(
            home=home,
            situation=Situation(states=states, area=area),
            now=now,
            scenes=("focus", "night"),
            history=history,
            policy=policy or Policy(),
        ),
    )


def large_home(size: int) -> Home:
    """Return a home of so many entities, ten an area, as if somebody had bought the same ten for every room."""
    kinds = (
        ("light", "Ceiling Light", None, 0), ("light", "Lamp", None, 0), ("switch", "Socket", "outlet", 0),
        ("cover", "Blinds", "blind", 15), ("sensor", "Temperature", "temperature", 0),
        ("sensor", "Humidity", "humidity", 0), ("binary_sensor", "Motion", "motion", 0), ("fan", "Fan", None, 57),
        ("media_player", "Speaker", "speaker", 0xFFFF), ("climate", "Thermostat", None, 385),
    )  # fmt: skip
    count = max(1, size // 10)
    areas = {
        f"a{number}": Area(id=f"a{number}", names=(f"Room {number}",), floor=("ground", "up")[number % 2])
        for number in range(count)
    }
    things = [
        thing(f"{domain}.a{number}_{at}", f"Room {number} {name}", area=f"a{number}", device_class=kind, features=can)
        for number in range(count)
        for at, (domain, name, kind, can) in enumerate(kinds)
    ]
    return home_of(*things[:size], thing("switch.kiln", "Kiln", area="a0"), areas=areas)
