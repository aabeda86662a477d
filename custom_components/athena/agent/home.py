"""What the home is made of, as the agent knows it: only what is exposed to Assist, without Home Assistant's types.

Names change seldom: a home is built anew when a registry does. States are read where they are needed, as they are then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .reading import Plan


class State(Protocol):
    """The part of Home Assistant's state that the agent reads."""

    @property
    def state(self) -> str:
        """What it is: "on"."""

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What else is known of it."""


type States = Callable[[str], State | None]
"""Returns the present state of an entity; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor."""

    id: str
    names: tuple[str, ...]
    """Its name, then its aliases; as written, at least one."""
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area."""

    id: str
    names: tuple[str, ...]
    floor: str | None = None
    """The id of its floor."""
    is_room: bool = False
    """Whether Athena keeps it: it can be empty, occupied, asleep or waking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An entity that is exposed to Assist."""

    id: str
    names: tuple[str, ...]
    area: str | None = None
    """The id of its own area, or of its device's."""
    device: str | None = None
    """The id of its device: what has the same one belongs together."""
    device_class: str | None = None
    unit: str | None = None
    features: int = 0
    """`supported_features`."""

    @property
    def domain(self) -> str:
        """The part before the dot."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Everything by id, in a stable order."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)
    meters: Mapping[str, Entity] = field(default_factory=dict)
    """What exposed things draw and have used, by meters of their own devices that nobody has exposed."""

    def floor_of(self, entity: Entity) -> str | None:
        """Return the id of the floor an entity is on."""
        area = self.areas.get(entity.area) if entity.area is not None else None
        return area.floor if area is not None else None

    def shared_names(self) -> frozenset[str]:
        """Return the names, casefolded, that do not say which thing is meant, but do together with its area."""
        areas: dict[str, set[str | None]] = {}
        for entity in self.entities.values():
            for name in entity.names:
                areas.setdefault(name.casefold(), set()).add(entity.area)
        return frozenset(name for name, within in areas.items() if len(within) > 1)


def with_area(area: Area, name: str) -> str:
    """Return a thing's name with its area before it, unless the name has it already."""
    words = f" {name} ".casefold()
    return name if any(f" {each} ".casefold() in words for each in area.names) else f"{area.names[0]} {name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """From where somebody speaks, and what was last spoken of."""

    states: States
    area: str | None = None
    """The area the speaker is in; None where nobody knows."""
    last: Plan | None = None
    """What was done in the turn before, for "turn it off again" and "and the fan"."""
    about: tuple[str, ...] = ()
    """The entities that the turn before was about, asked or done, for "them"."""
