"""Philips Hue: its timed effects last as long as their transition."""

from dataclasses import replace
from typing import ClassVar, override

from homeassistant.components.light import ATTR_TRANSITION
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_registry import RegistryEntry

from ..make import Make, Part, Plan, plan_by_name


class Hue(Make):
    """Plays an effect of that name."""

    platform: ClassVar = "hue"

    @override
    @callback
    def plan(self, hass: HomeAssistant, entry: RegistryEntry, part: Part) -> Plan | None:
        if (plan := plan_by_name(part)) is None:
            return None
        timed = (replace(step, data={**step.data, ATTR_TRANSITION: part.duration}) for step in plan.steps)
        return replace(plan, steps=tuple(timed))

    @override
    @callback
    def is_whole(self, hass: HomeAssistant, entry: RegistryEntry, lights: frozenset[str]) -> bool:
        return False
