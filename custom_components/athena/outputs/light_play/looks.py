"""A look, played by one light."""

from collections.abc import Iterator
from typing import Final

from homeassistant.components.light import ATTR_EFFECT, ATTR_TRANSITION
from homeassistant.const import SERVICE_TURN_OFF, SERVICE_TURN_ON, STATE_ON
from homeassistant.core import State

from ...brain.scene import Look
from .ability import Ability, ability_of, end_of_effect, offered, percent_of, told
from .step import Step

TICK: Final = 0.5
"""Seconds between two steps of a light that cannot fade: two calls a second do not jam a radio."""
STEPS: Final = 150
"""A long fade has no more steps than that: brightness has about as many that can be told apart."""
ABRUPT: Final = 2.0
"""A shorter fade is not worth any steps, in seconds."""
DIM: Final = 10
"""Percent; a light that can only be on or off stays as it is where so little is asked for: it would blind a sleeper."""
LOWEST: Final = 10
"""Percent; a fade to off goes no lower in steps, since many a light comes on again as bright as it was last."""


def tick_of(duration: float) -> float:
    """Return the seconds between two steps of something that lasts so long."""
    return max(TICK, duration / STEPS)


def look_steps(state: State, look: Look) -> Iterator[Step]:
    """Yield what brings a light from how it is to a look."""
    if look.brightness == 0:
        yield from _off(state, look)
    else:
        yield from _on(state, look)


def _on(state: State, look: Look) -> Iterator[Step]:
    lights = (state.entity_id,)
    effect = {ATTR_EFFECT: name} if (name := offered(state, look.effect)) else end_of_effect(state)
    data = {**told(look.brightness, look.rgb, look.kelvin), **effect}
    match ability_of(state):
        case Ability.SWITCHES:
            if look.brightness > DIM:
                yield Step(at=0.0, lights=lights, service=SERVICE_TURN_ON, data=effect)
        case Ability.FADES:
            fade = {ATTR_TRANSITION: look.fade}
            yield Step(at=0.0, lights=lights, service=SERVICE_TURN_ON, data={**data, **fade}, settles=look.fade)
        case Ability.DIMS:
            for at, percent in _between(percent_of(state), look.brightness, look.fade):
                yield Step(at=at, lights=lights, service=SERVICE_TURN_ON, data={**data, **told(percent)})


def _off(state: State, look: Look) -> Iterator[Step]:
    lights = (state.entity_id,)
    ability = ability_of(state)
    if state.state != STATE_ON or ability is Ability.FADES:
        fade = {ATTR_TRANSITION: look.fade} if ability is Ability.FADES else {}
        yield Step(at=0.0, lights=lights, service=SERVICE_TURN_OFF, data=fade, settles=look.fade)
        return
    end = 0.0 if look.fade < ABRUPT else look.fade
    if ability is Ability.DIMS:
        for at, percent in _between(percent_of(state), 0.0, look.fade):
            if at < end and percent >= LOWEST:
                yield Step(at=at, lights=lights, service=SERVICE_TURN_ON, data=told(percent))
    yield Step(at=end, lights=lights, service=SERVICE_TURN_OFF, data={})


def _between(start: float, end: float, fade: float) -> Iterator[tuple[float, float]]:
    """Yield the moments of a fade and the percent of each; the first is now, and each differs from the one before."""
    is_seen = round(start * 255 / 100) != round(end * 255 / 100)
    count = int(fade / tick_of(fade)) if is_seen and fade >= ABRUPT else 0
    last: int | None = None
    for index in range(1, count + 1):
        percent = start + (end - start) * index / count
        level = round(percent * 255 / 100)
        if level != last or index == count:
            last = level
            yield (index - 1) * fade / count, percent
    if not count:
        yield 0.0, end
