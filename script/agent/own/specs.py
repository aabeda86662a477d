"""A home of the own set, as the virtual house takes it."""

from ..virtual.spec import AreaSpec, FloorSpec, HomeSpec, Thing
from .homes import load_home


def spec_of(name: str) -> HomeSpec:
    """Return a home by its name."""
    own = load_home(name)
    return HomeSpec(
        name=name,
        floors={
            id_: FloorSpec(name=floor.name, aliases=floor.aliases, level=floor.level)
            for id_, floor in own.floors.items()
        },
        areas={
            id_: AreaSpec(name=area.name, aliases=area.aliases, floor=area.floor, is_room=area.is_room)
            for id_, area in own.areas.items()
        },
        things=tuple(
            Thing(
                id=entity.id,
                name=entity.name,
                aliases=entity.aliases,
                area=entity.area,
                device=entity.device,
                state=entity.state,
                attributes=entity.attributes,
                when=entity.when,
                bare=True,
            )
            for entity in own.entities.values()
        ),
    )
