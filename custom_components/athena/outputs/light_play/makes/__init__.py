"""The makes of light that play by themselves in a way of their own. Add a file, add its make here."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import RegistryEntry

from ..make import Make, Part, Plan, plan_by_name
from .hue import Hue
from .wled import Wled

ALL: Final[tuple[Make, ...]] = (Hue(), Wled())


@callback
def plan_of(hass: HomeAssistant, part: Part) -> Plan | None:
    """Return how a light plays its part by itself, in the way of its make or by an effect of that name."""
    make, entry = _make_of(hass, part.state.entity_id)
    return plan_by_name(part) if make is None or entry is None else make.plan(hass, entry, part)


@callback
def is_whole(hass: HomeAssistant, light: str, lights: frozenset[str]) -> bool:
    """Return whether a light dims a whole of which some of `lights` are parts."""
    make, entry = _make_of(hass, light)
    return make is not None and entry is not None and make.is_whole(hass, entry, lights)


def _make_of(hass: HomeAssistant, light: str) -> tuple[Make | None, RegistryEntry | None]:
    entry = er.async_get(hass).async_get(light)
    if entry is None:
        return None, None
    return next((make for make in ALL if make.platform == entry.platform), None), entry
