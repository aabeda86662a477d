"""The user's own scenes: one subentry each, of one room."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_MODE,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_RGB_COLOR,
    ColorMode,
)
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import State
from homeassistant.util import slugify

from .brain import animations, scenes
from .brain.scene import Look, Scene
from .const import CONF_LIGHTS, SUBENTRY_SCENE

CONF_ROOM: Final = "room"
CONF_LINE: Final = "line"
CONF_BRIGHTNESS: Final = "brightness"
CONF_COLOR: Final = "color"
CONF_KELVIN: Final = "kelvin"
CONF_FADE: Final = "fade"
CONF_ANIMATION: Final = "animation"

ICON: Final = "mdi:palette"
ANIMATIONS: Final = {animation.key: animation for animation in animations.ALL}
BUILT_IN: Final = frozenset(scene.key for scene in scenes.ALL)


def id_of(room: str, key: str) -> str:
    """Return the unique id of a scene's subentry; no area id has a point in it."""
    return f"{room}.{key}"


def key_of(name: str) -> str:
    """Return the key of a scene that is called so; empty where the name has neither letter nor digit."""
    return slugify(name) if any(letter.isalnum() for letter in name) else ""


def scenes_of(entry: ConfigEntry[Any], room: str) -> tuple[Scene, ...]:
    """Return the user's own scenes of a room; later scenes of Athena's that are called the same come first."""
    own = (_scene_of(subentry) for subentry in subentries_of(entry, room))
    return tuple(scene for scene in own if scene.key not in BUILT_IN)


def subentries_of(entry: ConfigEntry[Any], room: str) -> list[ConfigSubentry]:
    """Return the subentries of a room's scenes."""
    return [one for one in entry.get_subentries_of_type(SUBENTRY_SCENE) if one.data[CONF_ROOM] == room]


def captured(states: Iterable[State]) -> dict[str, dict[str, Any]]:
    """Return how lights are now, as the subentry keeps it; without those that do not say."""
    return {state.entity_id: _written(state) for state in states if state.state in {STATE_ON, STATE_OFF}}


def _written(state: State) -> dict[str, Any]:
    if state.state == STATE_OFF:
        return {CONF_BRIGHTNESS: 0}
    brightness = state.attributes.get(ATTR_BRIGHTNESS)
    written: dict[str, Any] = {CONF_BRIGHTNESS: 100 if brightness is None else max(1, round(brightness * 100 / 255))}
    color, kelvin = state.attributes.get(ATTR_RGB_COLOR), state.attributes.get(ATTR_COLOR_TEMP_KELVIN)
    if state.attributes.get(ATTR_COLOR_MODE) == ColorMode.COLOR_TEMP and kelvin is not None:
        written[CONF_KELVIN] = kelvin
    elif color is not None:
        written[CONF_COLOR] = list(color)
    if effect := state.attributes.get(ATTR_EFFECT):
        written[ATTR_EFFECT] = effect
    return written


def _scene_of(subentry: ConfigSubentry) -> Scene:
    data = subentry.data
    assert subentry.unique_id is not None  # the flow saw to it
    fade = float(data.get(CONF_FADE, 0.0))
    lights: Mapping[str, Mapping[str, Any]] = data.get(CONF_LIGHTS, {})
    return Scene(
        key=subentry.unique_id.removeprefix(id_of(data[CONF_ROOM], "")),
        name=subentry.title,
        icon=ICON,
        look=_look_of(data, fade),
        lights={light: _look_of(look, fade) for light, look in lights.items()},
        line=data.get(CONF_LINE, "").replace("{", "{{").replace("}", "}}"),  # nothing in it is to be filled in
        animation=ANIMATIONS.get(data.get(CONF_ANIMATION, "")),
    )


def _look_of(data: Mapping[str, Any], fade: float) -> Look:
    color = data.get(CONF_COLOR)
    return Look(
        brightness=round(data.get(CONF_BRIGHTNESS, 0)),
        fade=fade,
        rgb=None if color is None else (color[0], color[1], color[2]),
        kelvin=data.get(CONF_KELVIN),
        effect=data.get(ATTR_EFFECT),
    )
