"""What the home engine hears besides commands, the agent understands: answers, follow-ups, questions and the rest."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest

from custom_components.athena.agent.dialogue import Said, load_replies
from custom_components.athena.agent.home import Area, Entity, Floor, Home, Situation
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.agent.reading import Option, Plan, Refusal, Which
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon
from custom_components.athena.agent.resolver.resolver import Resolver
from custom_components.athena.agent.sentences import Home as Named
from custom_components.athena.agent.sentences import load_sentences
from custom_components.athena.deed import Deed

from ..home_engine import expanded
from .resolver.commands.commanded_home import Told

FLOORS: Final = {"ground": ("Ground Floor", 0), "first": ("First Floor", 1)}
AREAS: Final = {"den": ("Den", "ground"), "study": ("Study", "first")}
THINGS: Final[Mapping[str, tuple[str, str, Mapping[str, Any]]]] = {
    "light": ("Lantern", "off", {"supported_color_modes": ["xy"], "brightness": 128}),
    "switch": ("Kettle", "on", {}),
    "fan": ("Dyson", "on", {"supported_features": 57, "percentage": 50}),
    "media_player": ("Sonos", "playing", {"supported_features": 24509, "volume_level": 0.4, "device_class": "tv"}),
    "cover": ("Parasol", "open", {"supported_features": 15, "current_position": 40, "device_class": "blind"}),
    "lock": ("Hatch", "locked", {}),
    "climate": ("Nest", "heat", {"hvac_modes": ["off", "heat"], "temperature": 20, "current_temperature": 21}),
    "vacuum": ("Rover", "docked", {"supported_features": 29916}),
    "person": ("Arman", "home", {}),
    "binary_sensor": ("Casement", "off", {"device_class": "window"}),
    "sensor": ("Thermometer", "21", {"device_class": "temperature", "unit_of_measurement": "°C"}),
}
DONE: Final = (("light", "turn_off"), ("cover", "open_cover"), ("lock", "lock"), ("media_player", "media_play"))
"""What the turn before may have done."""


def name(domain: str, area: str) -> str:
    """Return what a thing is called, which is nowhere called alike."""
    return f"{AREAS[area][0]} {THINGS[domain][0]}"


ENTITIES: Final = {f"{domain}.{area}": (domain, area) for area in AREAS for domain in THINGS}


@cache
def heard() -> dict[str, list[str]]:
    """Return the sentences of this home, by their kind."""
    return expanded(
        {
            "version": 1,
            "language": "en",
            "floors": [{"name": called, "aliases": []} for called, _ in FLOORS.values()],
            "areas": [{"name": called, "aliases": [], "floor": FLOORS[floor][0]} for called, floor in AREAS.values()],
            "entities": [
                {"name": name(domain, area), "domain": domain, "area": AREAS[area][0], "aliases": []}
                for domain, area in ENTITIES.values()
            ],
            "sentences": [],
        }
    )


@cache
def resolver() -> Resolver:
    """Return the resolver of this home."""
    home = Home(
        floors={id_: Floor(id=id_, names=(called,), level=level) for id_, (called, level) in FLOORS.items()},
        areas={id_: Area(id=id_, names=(called,), floor=floor) for id_, (called, floor) in AREAS.items()},
        entities={
            id_: Entity(
                id=id_,
                names=(name(domain, area),),
                area=area,
                device_class=THINGS[domain][2].get("device_class"),
                unit=THINGS[domain][2].get("unit_of_measurement"),
                features=THINGS[domain][2].get("supported_features", 0),
                device=f"plug {area}" if domain == "switch" else None,
            )
            for id_, (domain, area) in ENTITIES.items()
        },
        meters={
            id_: Entity(id=id_, names=(f"{called} Power",), device=f"plug {area}", device_class="power", unit="W")
            for area, (called, _) in AREAS.items()
            for id_ in (f"sensor.{area}_power",)
        },
    )
    persona = load_persona("en")
    return Resolver(load_lexicon("en"), home, persona)


def situations() -> Iterator[Situation]:
    """Yield what the turn before may have been, in a room that is dark and in one that is not."""
    for light in ("off", "on"):

        def told(id_: str, light: str = light) -> Told | None:
            if id_ not in ENTITIES:
                return Told("12", {"unit_of_measurement": "W"}) if id_.endswith("_power") else None
            _, state, attributes = THINGS[ENTITIES[id_][0]]
            return Told(light if id_.startswith("light.") else state, attributes)

        for domain, action in DONE:
            deed = Deed(domain=domain, action=action, entities=(f"{domain}.den",), data={}, kind=None)
            yield Situation(states=told, area="den", last=Plan(steps=(deed,)), about=deed.entities)


def is_understood(text: str) -> bool:
    """Return whether it is a request, after one turn or another."""
    if load_sentences("en").recognize(text, Named()) is not None:
        return True
    readings = (resolver().read(text, situation) for situation in situations())
    return any(reading is not None and not isinstance(reading, Refusal) for reading in readings)


def is_answer(text: str) -> bool:
    """Return whether it answers a question of Athena's: yes or no, which room, or which thing."""
    if load_replies("en").meant(text) is not None:
        return True
    rooms = _which({area: (called,) for area, (called, _) in AREAS.items()})
    asked = (rooms, *(_which({area: (name(domain, area),) for area in AREAS}) for domain in THINGS))
    return any(resolver().choose(which, text, next(situations())) is not None for which in asked)


def _which(options: Mapping[str, tuple[str, ...]]) -> Which:
    return Which(
        question="Which one?",
        options=tuple(
            Option(
                names=names,
                reading=Plan(steps=(Deed(domain="light", action="turn_on", entities=(f"light.{id_}",), data={}),)),
            )
            for id_, names in options.items()
        ),
    )


def test_every_answer_that_is_heard_answers_a_question() -> None:
    ordinals = {"the third", "the third one"}  # there are but two
    assert [text for text in heard()["answers"] if text not in ordinals and not is_answer(text)] == []


@pytest.mark.parametrize("kind", ["follow_ups", "several", "degrees", "questions"])
def test_whatever_else_is_heard_the_agent_understands(kind: str) -> None:
    assert len(heard()[kind]) > 20
    assert [text for text in heard()[kind] if not is_understood(text)] == []


def test_a_yes_is_heard_as_yes_and_a_no_as_no() -> None:
    meant = {text: load_replies("en").meant(text) for text in heard()["answers"]}
    assert {text for text, said in meant.items() if said is Said.YES} >= {"yes", "okay", "do it"}
    assert {text for text, said in meant.items() if said is Said.NO} >= {"no", "nope", "don't"}
