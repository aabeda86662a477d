"""How a light looks: whether it is as bright, and of the colour, that it was told to be."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_BRIGHTNESS_PCT,
    ATTR_BRIGHTNESS_STEP,
    ATTR_BRIGHTNESS_STEP_PCT,
    ATTR_COLOR_NAME,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_HS_COLOR,
    ATTR_RGB_COLOR,
    ATTR_SUPPORTED_COLOR_MODES,
    ATTR_TRANSITION,
    ATTR_XY_COLOR,
    ColorMode,
    brightness_supported,
    color_supported,
)
from homeassistant.core import State
from homeassistant.util import color as color_util

from .numbers import number_of, numbers_of

type Shows = Callable[[State], bool]

NEAR_BRIGHTNESS: Final = 6
"""Of 255: lamps count in percent, some in twentieths."""
NEAR_HUE: Final = 12.0
"""Degrees."""
NEAR_SATURATION: Final = 12.0
"""Percent; a colour as pale as that has no hue."""
NEAR_KELVIN: Final = 0.06
"""Of the temperature: lamps count in mireds."""
FULL: Final = 255
A_PERCENT: Final = 2.55


def look_shows(action: str, data: Mapping[str, Any], before: State | None) -> Iterator[Shows]:
    """Yield what must be so once a light has the look it was told; what it cannot show is not asked of it.

    One that fades says on its way how far it is, or where it will be: of that only whether it is on counts.
    """
    if action != "turn_on" or data.get(ATTR_TRANSITION):
        return
    if (brightness := _told_brightness(data, before)) is not None and brightness > 0:
        yield lambda state: not _can_dim(state) or _is_as_bright(state, min(brightness, FULL))
    if (hs := _hs(data)) is not None:
        yield lambda state: not color_supported(_modes(state)) or _is_of_colour(state, hs)
    if (kelvin := number_of(data.get(ATTR_COLOR_TEMP_KELVIN))) is not None:
        yield lambda state: ColorMode.COLOR_TEMP not in _modes(state) or _is_as_warm(state, kelvin)
    if (effect := data.get(ATTR_EFFECT)) is not None:
        yield lambda state: state.attributes.get(ATTR_EFFECT) == effect


def goes_out(data: Mapping[str, Any], before: State | None) -> bool:
    """Return whether a light that is told to be so bright is off then."""
    brightness = _told_brightness(data, before)
    return brightness is not None and brightness <= 0


def _modes(state: State) -> set[ColorMode]:
    return set(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ())


def _can_dim(state: State) -> bool:
    return brightness_supported(_modes(state))


def _told_brightness(data: Mapping[str, Any], before: State | None) -> float | None:
    """Return how bright it is told to be, of 255, or what is beyond; None where that is not said."""
    now = (number_of(before.attributes.get(ATTR_BRIGHTNESS)) or 0.0) if before is not None else 0.0
    for key, factor, start in (
        (ATTR_BRIGHTNESS, 1.0, 0.0),
        (ATTR_BRIGHTNESS_PCT, A_PERCENT, 0.0),
        (ATTR_BRIGHTNESS_STEP, 1.0, now),
        (ATTR_BRIGHTNESS_STEP_PCT, A_PERCENT, now),
    ):
        if (told := number_of(data.get(key))) is not None:
            return start + told * factor
    return None


def _is_as_bright(state: State, wanted: float) -> bool:
    now = number_of(state.attributes.get(ATTR_BRIGHTNESS))
    return now is not None and abs(now - wanted) <= NEAR_BRIGHTNESS


def _hs(data: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the hue in degrees and the saturation in percent of the colour it is to have; None where none is said."""
    if (hs := numbers_of(data.get(ATTR_HS_COLOR), 2)) is not None:
        return hs[0], hs[1]
    if (rgb := numbers_of(data.get(ATTR_RGB_COLOR), 3)) is not None:
        return color_util.color_RGB_to_hs(*rgb)
    if (xy := numbers_of(data.get(ATTR_XY_COLOR), 2)) is not None:
        return color_util.color_xy_to_hs(xy[0], xy[1])
    name = str(data.get(ATTR_COLOR_NAME)).replace(" ", "").casefold()
    return color_util.color_RGB_to_hs(*color_util.COLORS[name]) if name in color_util.COLORS else None


def _is_of_colour(state: State, wanted: tuple[float, float]) -> bool:
    now = numbers_of(state.attributes.get(ATTR_HS_COLOR), 2)
    if now is None or abs(now[1] - wanted[1]) > NEAR_SATURATION:
        return False
    turned = abs(now[0] - wanted[0]) % 360
    return wanted[1] <= NEAR_SATURATION or min(turned, 360 - turned) <= NEAR_HUE


def _is_as_warm(state: State, wanted: float) -> bool:
    """Return whether a light is as warm as it can be told to be."""
    now = number_of(state.attributes.get(ATTR_COLOR_TEMP_KELVIN))
    least, most = state.attributes.get("min_color_temp_kelvin"), state.attributes.get("max_color_temp_kelvin")
    wanted = max(least or wanted, min(most or wanted, wanted))
    return now is not None and abs(now - wanted) <= NEAR_KELVIN * wanted
