"""An animation, played by one light in the best way it can: by an effect of its own, by fading, or in steps."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, Final

from homeassistant.components.light import ATTR_TRANSITION
from homeassistant.const import SERVICE_TURN_ON
from homeassistant.core import HomeAssistant, State

from ...brain.animation import Frame
from ...brain.colors import Rgb
from .ability import Ability, ability_of, end_of_effect, percent_of, plain_effect, told
from .looks import DIM, tick_of
from .make import Part
from .makes import plan_of
from .step import Step

SHORT: Final = 10.0
"""Seconds; what is over sooner has no steps but its keyframes."""
HALF: Final = 50
"""Percent; a light that can only be on or off comes on with the first moment that is so bright, else at the end."""
APART: Final = 0.1
"""Seconds between the first look and the first fade, so that a light takes them in as two."""


def is_under_way(state: State, frames: tuple[Frame, ...]) -> bool:
    """Return whether frames get ever brighter, and a light is brighter than the first of them already."""
    rises = all(before.brightness < after.brightness for before, after in pairwise(frames))
    return rises and percent_of(state) > frames[0].brightness


def animation_steps(hass: HomeAssistant, part: Part) -> Iterator[Step]:
    """Yield what plays one light's part of an animation.

    Where its frames get ever brighter, a light that is on does not go dark first: it begins with how bright it is. So a
    sunrise goes on that Home Assistant has lost, and one on the device is not begun anew.
    """
    goes_on = is_under_way(part.state, part.frames)
    plan = plan_of(hass, part)
    if plan is None:
        yield from _step_by_step(part.state, part.duration, part.frames, goes_on=goes_on)
        return
    if not (goes_on and plan.is_running):
        yield from plan.steps
    if plan.has_end:
        yield _end_of(part.state, part.duration, part.frames)


def _step_by_step(state: State, duration: float, frames: tuple[Frame, ...], *, goes_on: bool) -> Iterator[Step]:
    """Yield what plays frames on a light that has no effect for them."""
    ability = ability_of(state)
    if goes_on and ability is Ability.FADES:
        yield from islice(_by_fading(state, _rest(frames, percent_of(state))), 1, None)
    elif goes_on and ability is Ability.DIMS:
        yield from _in_steps(state, duration, _rest(frames, percent_of(state)))
    elif ability is Ability.FADES:
        yield from _by_fading(state, frames)
    elif ability is Ability.DIMS:
        yield from _in_steps(state, duration, frames)
    else:
        bright = next((frame for frame in frames if frame.brightness >= HALF), frames[-1])
        if bright.brightness > DIM:
            yield Step(at=bright.at, lights=(state.entity_id,), service=SERVICE_TURN_ON, data={})


def _end_of(state: State, duration: float, frames: tuple[Frame, ...]) -> Step:
    """Return what ends an effect."""
    last = frames[-1]
    data = {**told(last.brightness, last.rgb, last.kelvin), **plain_effect(state)}
    return Step(at=duration, lights=(state.entity_id,), service=SERVICE_TURN_ON, data=data)


def _by_fading(state: State, frames: tuple[Frame, ...]) -> Iterator[Step]:
    lights = (state.entity_id,)
    first = frames[0]
    data = {**told(first.brightness, first.rgb, first.kelvin), **end_of_effect(state), ATTR_TRANSITION: 0}
    yield Step(at=first.at, lights=lights, service=SERVICE_TURN_ON, data=data)
    for before, after in pairwise(frames):
        at = before.at + (APART if before is first else 0.0)
        fade = round(after.at - at, 2)
        data = {**told(after.brightness, after.rgb, after.kelvin), ATTR_TRANSITION: fade}
        yield Step(at=at, lights=lights, service=SERVICE_TURN_ON, data=data, settles=fade)


def _in_steps(state: State, duration: float, frames: tuple[Frame, ...]) -> Iterator[Step]:
    lights = (state.entity_id,)
    told_last: dict[str, Any] = {}
    effect = end_of_effect(state)
    tick = duration if duration < SHORT else tick_of(duration)
    for before, after in pairwise(frames):
        length = after.at - before.at
        count = max(1, int(length / tick))
        for index in range(count):
            share = index / count
            percent = before.brightness + (after.brightness - before.brightness) * share
            data = told(percent, _mixed(before.rgb, after.rgb, share), before.kelvin)
            if data != told_last:
                told_last = data
                yield Step(
                    at=before.at + length * share, lights=lights, service=SERVICE_TURN_ON, data={**data, **effect}
                )
                effect = {}
    last = frames[-1]
    yield Step(at=last.at, lights=lights, service=SERVICE_TURN_ON, data=told(last.brightness, last.rgb, last.kelvin))


def _rest(frames: tuple[Frame, ...], percent: float) -> tuple[Frame, ...]:
    """Return what is left of frames that rise for a light so bright already, in the time of all of them."""
    first, last = frames[0], frames[-1]
    for before, after in pairwise(frames):
        if before.brightness <= percent < after.brightness:
            share = (percent - before.brightness) / (after.brightness - before.brightness)
            at = before.at + (after.at - before.at) * share
            rgb = _mixed(before.rgb, after.rgb, share)
            now = Frame(at=first.at, brightness=round(percent), rgb=rgb, kelvin=before.kelvin)
            slower = (last.at - first.at) / (last.at - at)
            later = (frame for frame in frames if frame.at >= after.at)
            return now, *(replace(frame, at=last.at - (last.at - frame.at) * slower) for frame in later)
    return replace(last, at=first.at), last


def _mixed(before: Rgb | None, after: Rgb | None, share: float) -> Rgb | None:
    if before is None or after is None:
        return before
    red, green, blue = (round(old + (new - old) * share) for old, new in zip(before, after, strict=True))
    return red, green, blue
