"""What the LEDs of a strip look like: of the effects that Athena plays as WLED works them out, of others the colour."""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from typing import Any, Final

from .strip import Json, Strip

type Colour = tuple[float, float, float]

BLACK: Final[Colour] = (0.0, 0.0, 0.0)
_FRAME: Final = 0.024
"""Seconds; so often WLED works an effect out."""
_FIRE: Final[tuple[Colour, ...]] = (BLACK, (120, 0, 0), (200, 20, 0), (255, 80, 0), (255, 160, 20), (255, 225, 140))


def leds(strip: Strip, after: float = 0.0) -> list[str]:
    """Return the colour of each LED as RRGGBB, `after` seconds from now."""
    colours = [BLACK] * strip.leds
    for segment in strip.state["seg"] if strip.state["on"] else ():
        if segment["on"]:
            name = strip.effects[segment["fx"]]
            seconds = strip.now() + after - strip.begun.get(segment["id"], 0.0)
            palette = _palette(strip.palettes[segment["pal"]], segment)
            dimmed = segment["bri"] * strip.state["bri"] / 255**2
            shown = _EFFECTS.get(name, _solid)(segment, palette, seconds)
            colours[segment["start"] : segment["stop"]] = [_scaled(colour, dimmed) for colour in shown]
    return ["".join(f"{round(part):02X}" for part in colour) for colour in colours]


def _palette(name: str, segment: Json) -> Callable[[float], Colour]:
    """Return what gives the colour at a place of the palette, 0 to 1."""
    first, second, third = (tuple(map(float, colour)) for colour in segment["col"])
    stops: Mapping[str, tuple[Any, ...]] = {
        "* Colors 1&2": (first, first, second, second),
        "* Color Gradient": (third, second, first),
        "* Colors Only": (*[first] * 5, *[second] * 5, *[third] * 5, first),
        "Fire": _FIRE,
        "Default": _FIRE if segment["fx"] == 104 else (first,),
    }
    return lambda place: _at(stops.get(name, (first,)), place)


def _at(stops: tuple[Colour, ...], place: float) -> Colour:
    place = min(1.0, max(0.0, place)) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return stops[0] if len(stops) == 1 else _between(stops[index], stops[index + 1], place - index)


def _between(before: Colour, after: Colour, share: float) -> Colour:
    red, green, blue = (old + (new - old) * share for old, new in zip(before, after, strict=True))
    return red, green, blue


def _scaled(colour: Colour, share: float) -> Colour:
    return _between(BLACK, colour, share)


def _solid(segment: Json, _palette: Callable[[float], Colour], _seconds: float) -> list[Colour]:
    red, green, blue = segment["col"][0]
    return [(red, green, blue)] * segment["len"]


def _color_waves(segment: Json, palette: Callable[[float], Colour], seconds: float) -> list[Colour]:
    frames = seconds / _FRAME * (10 + segment["sx"])
    hue_step = 180 * segment["ix"] * 10 / 255 / 65536
    shown = []
    for place in range(segment["len"]):
        hue = (frames * 7 / 65536 + place * hue_step) % 1.0 * 2
        wave = (sin(2 * pi * (frames * 41 / 65536 + place * 0.127)) + 1) / 2
        shown.append(_scaled(palette(2 - hue if hue > 1 else hue), 0.37 + 0.63 * wave * wave))
    return shown


def _running(segment: Json, palette: Callable[[float], Colour], seconds: float) -> list[Colour]:
    red, green, blue = segment["col"][1]
    shown = []
    for place in range(segment["len"]):
        turn = place * (segment["ix"] // 4) / 256 - seconds * 1000 * segment["sx"] / 512 / 256
        wave = (sin(2 * pi * turn) + 1) / 2
        shown.append(_between((red, green, blue), palette(place / segment["len"]), wave))
    return shown


def _sunrise(segment: Json, palette: Callable[[float], Colour], seconds: float) -> list[Colour]:
    minutes = segment["sx"]
    stage = min(1.0, seconds / 60 / minutes) if 0 < minutes <= 60 else 1.0
    half = []
    for place in range(segment["len"] // 2 + 1):
        turn = place * stage / segment["len"] % 1.0 * 2
        wave = 2 - turn if turn > 1 else turn
        half.append(palette(min(240 / 255, wave * (1 + segment["ix"] / 128))))
    return [half[min(place, segment["len"] - 1 - place)] for place in range(segment["len"])]


def _breathe(segment: Json, palette: Callable[[float], Colour], seconds: float) -> list[Colour]:
    return [_scaled(palette(0), 0.6 - 0.4 * cos(seconds * pi / 2))] * int(segment["len"])


_EFFECTS: Final = {"Breathe": _breathe, "Colorwaves": _color_waves, "Running": _running, "Sunrise": _sunrise}
