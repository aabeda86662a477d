"""Scenes on a room's lights, plain on and off, and the way back."""

from collections.abc import Mapping
from time import monotonic
from typing import ClassVar, Final, override

from homeassistant.components.light import ATTR_TRANSITION
from homeassistant.const import SERVICE_TURN_OFF, SERVICE_TURN_ON, STATE_ON
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.state import async_reproduce_state

from ..areas import lights_in
from ..brain.commands import CancelSleepTransition, LightsRestore, LightsSetScene, LightsSetState
from ..const import DOMAIN
from ..output import Output
from ..rooms import RoomConfig
from ..stage import Order, Programme
from .light_play.player import async_play, async_put_back, scene_steps, seconds_of, states_of
from .light_play.step import Step

SERVICES: Final[Mapping[str, str]] = {"on": SERVICE_TURN_ON, "off": SERVICE_TURN_OFF}

BACK: Final = 2.0
"""Seconds in which the lights come back to how they were."""


class SetSceneOutput(Output[LightsSetScene]):
    """Brings every light of the room to the scene's look, as far as each light can.

    After an animation of the same cause the scene is its end; anything else that plays is over.
    """

    command: ClassVar = LightsSetScene

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: LightsSetScene, context: Context
    ) -> None:
        scene = room.scenes[command.scene]
        running = room.stage.programme
        if running is not None and running.is_animation and running.context.id == context.id:
            running.then = scene
            return
        states = states_of(hass, lights_of(hass, room))
        steps = scene_steps(hass, states, scene)
        programme = Programme(
            context=context,
            lights={light for step in steps for light in step.lights},
            until=monotonic() + seconds_of(steps),
            is_dark=not scene.is_light,
        )
        room.stage.begin(programme, states)
        await async_play(hass, self.entry, room, programme, steps)


class SetStateOutput(Output[LightsSetState]):
    """Turns every light of the room on or off."""

    command: ClassVar = LightsSetState

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: LightsSetState, context: Context
    ) -> None:
        lights = lights_of(hass, room)
        programme = Programme(context=context, lights=set(lights), until=monotonic(), is_dark=command.state == "off")
        room.stage.begin(programme, states_of(hass, lights))
        step = Step(at=0.0, lights=tuple(lights), service=SERVICES[command.state], data={})
        await async_play(hass, self.entry, room, programme, [step])


class RestoreOutput(Output[LightsRestore]):
    """Brings the lights back to how they were before Athena's last scene; once, and not those a person has changed."""

    command: ClassVar = LightsRestore

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: LightsRestore, context: Context
    ) -> None:
        await _async_restore(hass, room, context)


class CancelSleepOutput(Output[CancelSleepTransition]):
    """Stops a fade to dark, and brings back what it took."""

    command: ClassVar = CancelSleepTransition

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: CancelSleepTransition, context: Context
    ) -> None:
        if (playing := room.stage.playing) is not None and playing.is_dark:
            await _async_restore(hass, room, context)


@callback
def lights_of(hass: HomeAssistant, room: RoomConfig) -> list[str]:
    """Return the lights of a room; raise ServiceValidationError where there are none."""
    if lights := lights_in(hass, room):
        return lights
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="no_lights", translation_placeholders={"room": room.title}
    )


async def _async_restore(hass: HomeAssistant, room: RoomConfig, context: Context) -> None:
    before = room.stage.before
    room.stage.begin(Programme(context=context, lights=set(before), until=monotonic() + BACK), ())
    room.stage.before = {}
    for state in before.values():
        room.stage.orders[state.entity_id] = Order(on=state.state == STATE_ON, settled=monotonic() + BACK)
    await async_reproduce_state(hass, before.values(), context=context, reproduce_options={ATTR_TRANSITION: BACK})
    await async_put_back(room, before)
