"""The homes of all sets of its own: what they are made of, from their YAML, the same each time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent
NAMES: Final = ("flat", "house", "manor")
UNSEEN: Final = ("duplex", "ranch")
"""Those that nobody had in mind when the agent was written."""
THIRD: Final = ("semi",)
"""The one of the third set, which nobody betters the agent with."""
COMPANION: Final = ("studio",)
"""The one in which the small things are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor."""

    name: str
    level: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area; `floor` is a floor's id, `is_room` whether Athena keeps it."""

    name: str
    aliases: tuple[str, ...] = ()
    floor: str | None = None
    is_room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An exposed entity, as its integration would make it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str | None = None
    device: str
    state: str
    attributes: Mapping[str, Any]
    when: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The attributes that come with a state."""

    def attributes_in(self, state: str) -> dict[str, Any]:
        """Return all attributes that the entity has in a state."""
        return {"friendly_name": self.name, **self.attributes, **self.when.get(state, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHome:
    """A home of the own set, everything by id."""

    floors: Mapping[str, Floor]
    areas: Mapping[str, Area]
    entities: Mapping[str, Entity]


@cache
def load_home(name: str) -> OwnHome:
    """Return the home of a name; raise FileNotFoundError where there is none."""
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return OwnHome(
        floors={id_: Floor(**_with_tuple(floor)) for id_, floor in found["floors"].items()},
        areas={id_: _area(area) for id_, area in found["areas"].items()},
        entities={entity.id: entity for entity in _entities(found)},
    )


def _entities(found: Mapping[str, Any]) -> Iterator[Entity]:
    kinds = yaml.safe_load((FOLDER / "kinds.yaml").read_text(encoding="utf-8"))
    for area_id, area in found["areas"].items():
        names = {"a": area_id, "A": area["name"]}
        for kit in area.get("kits", ()):
            for id_, said in found["kits"][kit].items():
                yield _entity(id_.format(**names), _filled(said, names), area_id, kinds)
        for id_, said in area.get("has", {}).items():
            yield _entity(id_, said, area_id, kinds)
    for id_, said in found["nowhere"].items():
        yield _entity(id_, said, None, kinds)


def _entity(id_: str, said: Mapping[str, Any], area: str | None, kinds: Mapping[str, Any]) -> Entity:
    kind = kinds[said["is"]]
    return Entity(
        id=id_,
        name=said["name"],
        aliases=tuple(said.get("aliases", ())),
        area=area,
        device=said.get("device", id_.replace(".", "_")),
        state=said.get("state", kind["state"]),
        attributes={**kind.get("attributes", {}), **said.get("attributes", {})},
        when=kind.get("when", {}),
    )


def _area(said: Mapping[str, Any]) -> Area:
    return Area(
        name=said["name"],
        aliases=tuple(said.get("aliases", ())),
        floor=said.get("floor"),
        is_room=said.get("room", False),
    )


def _with_tuple(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "aliases": tuple(said.get("aliases", ()))}


def _filled(said: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {key: value.format(**names) if isinstance(value, str) else value for key, value in said.items()}
