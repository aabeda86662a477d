"""Plays a programme: what is due at once before it returns, the rest in the background."""

import asyncio
import logging
from asyncio import sleep
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_TURN_OFF
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError

from ...brain.scene import Scene
from ...rooms import RoomConfig
from ...stage import Order, Programme
from .looks import look_steps
from .makes import is_whole
from .step import OwnWay, Step, moments, together

_LOGGER = logging.getLogger(__name__)

CALM: Final = 1.0
"""Seconds after the lights have settled; a light's own settings, put back before, would show in its last fade."""


@callback
def states_of(hass: HomeAssistant, lights: Iterable[str]) -> list[State]:
    """Return the states of those lights that Home Assistant knows."""
    return [state for light in lights if (state := hass.states.get(light)) is not None]


def scene_steps(hass: HomeAssistant, states: Sequence[State], scene: Scene) -> list[Step]:
    """Return what brings the lights to a scene; where it names single lights, all others are left alone."""
    looks = scene.lights
    lights = frozenset(state.entity_id for state in states)
    whole = scene.look if scene.look is None else replace(scene.look, brightness=100 if scene.look.brightness else 0)
    chosen = [
        (state, looks.get(light) if looks else whole if is_whole(hass, light, lights) else scene.look)
        for state in states
        for light in (state.entity_id,)
    ]
    return together(step for state, look in chosen if look is not None for step in look_steps(state, look))


def seconds_of(steps: Iterable[Step]) -> float:
    """Return after how many seconds the lights have settled."""
    return max((step.at + step.settles for step in steps), default=0.0)


async def async_play(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    room: RoomConfig,
    programme: Programme,
    steps: Sequence[Step],
) -> None:
    """Play what the stage has been given to.

    Returns once what is due at once is done; raises HomeAssistantError where that fails, and goes on all the same: a
    lamp that does not answer keeps no other one dark.
    """
    started = monotonic()
    error: HomeAssistantError | None = None
    try:
        await _async_tell(hass, room, programme, [step for step in steps if step.at <= 0])
    except HomeAssistantError as err:
        error = err
    later = [step for step in steps if step.at > 0]
    has_more = later or programme.is_animation or not programme.lights.isdisjoint(room.stage.set_aside)
    if room.stage.programme is programme and has_more:
        programme.task = entry.async_create_background_task(
            hass, _async_go_on(hass, room, programme, later, started), f"athena lights of {room.room}"
        )
    if error is not None:
        raise error


async def _async_go_on(
    hass: HomeAssistant, room: RoomConfig, programme: Programme, steps: Sequence[Step], started: float
) -> None:
    await _async_follow(hass, room, programme, steps, started)
    if programme.is_animation:
        await _async_end(hass, room, programme)
    if not programme.lights.isdisjoint(room.stage.set_aside):
        await sleep(max(0.0, programme.until - monotonic()) + CALM)
        await async_put_back(room, programme.lights)


async def _async_end(hass: HomeAssistant, room: RoomConfig, programme: Programme) -> None:
    """Wait until an animation is over, and bring the lights to what it leads to."""
    if (rest := programme.until - monotonic()) > 0:
        await sleep(rest)
    programme.is_animation = False  # from here on another scene of the same cause is a new one
    if programme.then is not None:
        last = scene_steps(hass, states_of(hass, sorted(programme.lights)), programme.then)
        now = monotonic()
        programme.until, programme.is_dark = now + seconds_of(last), not programme.then.is_light
        await _async_follow(hass, room, programme, last, now)


async def _async_follow(
    hass: HomeAssistant, room: RoomConfig, programme: Programme, steps: Sequence[Step], started: float
) -> None:
    """Tell the lights each step when it is due; one that comes too late, after a slow lamp, is left out."""
    timeline = moments(steps)
    for index, (due, batch) in enumerate(timeline):
        if (rest := started + due - monotonic()) > 0:
            await sleep(rest)
        passed = monotonic() - started
        overtaken = {
            light for at, late in timeline[index + 1 :] if at <= passed for one in late for light in one.lights
        }
        try:
            await _async_tell(hass, room, programme, [step for step in batch if not overtaken.issuperset(step.lights)])
        except HomeAssistantError as err:
            if not room.stage.is_failing:
                room.stage.is_failing = True
                _LOGGER.warning("A light programme in %s goes on without a light that fails: %s", room.title, err)
        else:
            if room.stage.is_failing:
                room.stage.is_failing = False
                _LOGGER.info("Every light of %s follows its programme again", room.title)


async def _async_tell(hass: HomeAssistant, room: RoomConfig, programme: Programme, batch: Sequence[Step]) -> None:
    """Tell all of them at once, and raise the first error once each has been told."""
    done = await asyncio.gather(*(_async_call(hass, room, programme, step) for step in batch), return_exceptions=True)
    for result in done:
        if isinstance(result, BaseException):
            raise result


async def _async_call(hass: HomeAssistant, room: RoomConfig, programme: Programme, step: Step) -> None:
    lights = [light for light in step.lights if light in programme.lights]
    if not lights or room.stage.programme is not programme:
        return
    order = Order(on=step.service != SERVICE_TURN_OFF, settled=monotonic() + step.settles)
    room.stage.orders |= dict.fromkeys(lights, order)
    if step.own_way is not None and not await _async_tell_in_its_way(hass, room, programme, lights, step.own_way):
        return
    await hass.services.async_call(
        step.domain,
        step.service,
        {ATTR_ENTITY_ID: list(step.entity_ids) or lights, **step.data},
        blocking=True,
        context=programme.context,
    )


async def _async_tell_in_its_way(
    hass: HomeAssistant, room: RoomConfig, programme: Programme, lights: list[str], own_way: OwnWay
) -> bool:
    """Return whether the light has been told and the programme still plays; else it has got what there is instead."""
    try:
        put_back = await own_way.tell()
    except HomeAssistantError as err:
        for step in own_way.instead:
            await _async_call(hass, room, programme, step)
        if not room.stage.ordinary.issuperset(lights):
            room.stage.ordinary |= set(lights)
            _LOGGER.warning("%s in %s plays as Home Assistant can: %s", ", ".join(lights), room.title, err)
        return False
    if not room.stage.ordinary.isdisjoint(lights):
        room.stage.ordinary -= set(lights)
        _LOGGER.info("%s in %s plays in its own way again", ", ".join(lights), room.title)
    for light in lights:
        room.stage.set_aside.setdefault(light, put_back)
    return room.stage.programme is programme


async def async_put_back(room: RoomConfig, lights: Iterable[str]) -> None:
    """Give the lights the settings back that an animation has changed besides; one that does not answer keeps them."""
    for put_back in {room.stage.set_aside.pop(light, None) for light in lights}:
        if put_back is not None:
            with suppress(HomeAssistantError):
                await put_back()
