"""One service call to come."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN

type PutBack = Callable[[], Awaitable[None]]
"""Puts back what was set besides. What it raises counts for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnWay:
    """What a light is told first, in words of its own that Home Assistant's services do not have."""

    tell: Callable[[], Awaitable[PutBack]]
    """Raises HomeAssistantError where the light does not do it."""
    instead: tuple[Step, ...]
    """What Home Assistant has for it, where that has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What lights are told at one moment of a programme."""

    at: float
    """Seconds after it began."""
    lights: tuple[str, ...]
    service: str
    data: dict[str, Any]
    settles: float = 0.0
    """Seconds until the lights look so."""
    domain: str = LIGHT_DOMAIN
    entity_ids: tuple[str, ...] = ()
    """Whom to call where it is not the lights themselves."""
    own_way: OwnWay | None = None

    @property
    def due(self) -> float:
        """Return when it is due, as close as anybody can see."""
        return round(self.at, 2)


def together(steps: Iterable[Step]) -> list[Step]:
    """Return the steps in order, those that tell several lights the same at the same time as one."""
    merged: dict[object, Step] = {}
    for step in sorted(steps, key=attrgetter("due")):
        data = tuple(sorted(step.data.items()))
        key = (step.due, step.domain, step.service, step.entity_ids, step.own_way, data)
        same = merged.get(key)
        lights = step.lights if same is None else (*same.lights, *step.lights)
        merged[key] = replace(step, at=step.due, lights=lights)
    return list(merged.values())


def moments(steps: Iterable[Step]) -> list[tuple[float, list[Step]]]:
    """Return what is due at each moment; the steps are in order."""
    return [(due, list(batch)) for due, batch in groupby(steps, key=attrgetter("at"))]
