"""What a light can do, and how to tell it a look."""

from enum import Enum, auto
from typing import Any, Final

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_EFFECT_LIST,
    ATTR_RGB_COLOR,
    ATTR_SUPPORTED_COLOR_MODES,
    LightEntityFeature,
    brightness_supported,
)
from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import State

from ...brain.colors import Rgb

PLAIN: Final = frozenset({"off", "none", "solid"})
"""The names of an effect that is none."""


class Ability(Enum):
    """The best a light can do by itself."""

    FADES = auto()
    DIMS = auto()
    SWITCHES = auto()


def ability_of(state: State) -> Ability:
    """Return what a light can do; unavailable ones say it too."""
    if not brightness_supported(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()):
        return Ability.SWITCHES
    features = LightEntityFeature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0))
    return Ability.FADES if LightEntityFeature.TRANSITION in features else Ability.DIMS


def told(percent: float, rgb: Rgb | None = None, kelvin: int | None = None) -> dict[str, Any]:
    """Return the service data of a look; what a light has no colours for, the light integration leaves out."""
    data: dict[str, Any] = {ATTR_BRIGHTNESS: max(1, round(percent * 255 / 100))}
    if rgb is not None:
        data[ATTR_RGB_COLOR] = rgb
    elif kelvin is not None:
        data[ATTR_COLOR_TEMP_KELVIN] = kelvin
    return data


def percent_of(state: State) -> float:
    """Return how bright a light is now; 0 where it is off or does not say."""
    return float(state.attributes.get(ATTR_BRIGHTNESS) or 0) * 100 / 255


def offered(state: State, name: str | None) -> str | None:
    """Return an effect's name as this light spells it, or None where it has none of that name."""
    effects: list[str] = state.attributes.get(ATTR_EFFECT_LIST) or []
    return next((effect for effect in effects if name is not None and effect.casefold() == name.casefold()), None)


def plain_effect(state: State) -> dict[str, Any]:
    """Return the service data that ends an effect, if this light has effects."""
    effects: list[str] = state.attributes.get(ATTR_EFFECT_LIST) or []
    plain = next((effect for effect in effects if effect.casefold() in PLAIN), None)
    return {} if plain is None else {ATTR_EFFECT: plain}


def end_of_effect(state: State) -> dict[str, Any]:
    """Return the service data that ends the effect which runs now; a light would show it in the new colour else."""
    effect: str | None = state.attributes.get(ATTR_EFFECT)
    return {} if effect is None or effect.casefold() in PLAIN else plain_effect(state)
