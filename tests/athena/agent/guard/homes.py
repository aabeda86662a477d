"""A home without Home Assistant: entities by id and name, each in an area, with the states a test gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from custom_components.athena.agent.home import Area, Entity, Floor, Home
from custom_components.athena.deed import Deed


@dataclass(frozen=True, slots=True)
class Is:
    """A state."""

    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class House:
    """A home, and what it is like now."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.areas: dict[str, Area] = {}
        self.now: dict[str, Is] = {}

    def put(
        self, entity: str, name: str | None = None, area: str = "Hall", state: str = "off", **attributes: Any
    ) -> None:
        """Put an entity into an area, as it is now."""
        key = area.casefold().replace(" ", "_")
        self.areas[key] = Area(id=key, names=(area,), floor="ground")
        self.entities[entity] = Entity(id=entity, names=(name or entity,), area=key)
        self.now[entity] = Is(state, attributes)

    @property
    def home(self) -> Home:
        """What there is."""
        floors = {"ground": Floor(id="ground", names=("Ground Floor",))}
        return Home(entities=dict(self.entities), areas=dict(self.areas), floors=floors)

    @property
    def states(self) -> Callable[[str], Is | None]:
        """What it is like."""
        return self.now.get


def deed(action: str, *entities: str, kind: str | None = None, **data: Any) -> Deed:
    """Return the deed "light.turn_on"."""
    domain, _, name = action.partition(".")
    return Deed(domain=domain, action=name, entities=entities, data=data, kind=kind)
