"""Animations on a room's lights."""

from time import monotonic
from typing import ClassVar, Final, override

from homeassistant.const import STATE_OFF
from homeassistant.core import Context, HomeAssistant, State

from ..brain import animations
from ..brain.commands import LightsAnimate
from ..output import Output
from ..rooms import RoomConfig
from ..stage import Programme
from .light_play.animations import animation_steps, is_under_way
from .light_play.make import Part
from .light_play.player import async_play, states_of
from .light_play.step import together
from .lights import lights_of

ANIMATIONS: Final = {animation.key: animation for animation in animations.ALL}


class AnimateOutput(Output[LightsAnimate]):
    """Plays an animation: returns with its first moment, and goes on until it is over or something else is ordered."""

    command: ClassVar = LightsAnimate

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: LightsAnimate, context: Context
    ) -> None:
        animation = ANIMATIONS[command.animation]
        states = states_of(hass, lights_of(hass, room))
        frames = animation.frames(command.duration, len(states))
        lights = frozenset(state.entity_id for state in states)
        parts = (
            Part(state=state, animation=animation, duration=command.duration, frames=of_light, lights=lights)
            for state, of_light in zip(states, frames, strict=True)
        )
        steps = together(step for part in parts for step in animation_steps(hass, part))
        programme = Programme(
            context=context,
            lights=set(lights),
            until=monotonic() + command.duration,
            is_animation=True,
        )
        room.stage.begin(programme, states)
        if room.stage.is_new:  # what is under way now has begun in the dark, before Athena was loaded again
            lit = (state for state, of_light in zip(states, frames, strict=True) if is_under_way(state, of_light))
            room.stage.before |= {state.entity_id: State(state.entity_id, STATE_OFF) for state in lit}
        await async_play(hass, self.entry, room, programme, steps)
