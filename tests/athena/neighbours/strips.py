"""A WLED in the bedroom: set up in Home Assistant by its own form, and what happens in that room."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import pytest
from homeassistant.core import Context, HomeAssistant, State, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.colors import GOLD
from custom_components.athena.brain.commands import LightsAnimate, LightsSetScene
from custom_components.athena.outputs.animation import AnimateOutput
from custom_components.athena.outputs.lights import SetSceneOutput
from custom_components.athena.rooms import RoomConfig
from tests.neighbours.wled import Controller, Names, Strip

from ..lamps import Clock

LIGHT: Final = "light.bedroom_strip"
SEGMENT_1: Final = "light.bedroom_strip_segment_1"
LAMP: Final = "light.bedroom_lamp"
"""What else is in the bedroom."""
HOST: Final = "bedroom-strip"
AT_70: Final = 178


class Strips:
    """The bedroom, in which a strip can be hung."""

    def __init__(self, hass: HomeAssistant, athena: MockConfigEntry, patch: pytest.MonkeyPatch) -> None:
        self._hass = hass
        self._athena = athena
        self._names = Names({})
        self._there: list[Controller] = []
        patch.setattr("homeassistant.helpers.aiohttp_client._async_make_resolver", lambda _hass: self._names)

    @property
    def room(self) -> RoomConfig:
        """Return the bedroom."""
        bedroom: RoomConfig = self._athena.runtime_data.rooms["bedroom"]
        return bedroom

    async def async_add(self, **made: Any) -> Controller:
        """Hang a strip there, and set it up as a user does: by its host."""
        controller = Controller(Strip(**made))
        await controller.async_return()
        self._there.append(controller)
        self._names.ports = {HOST: controller.port}
        flow = await self._hass.config_entries.flow.async_init("wled", context={"source": "user"})
        result = await self._hass.config_entries.flow.async_configure(flow["flow_id"], {"host": HOST})
        assert result["type"] is FlowResultType.CREATE_ENTRY
        await self._hass.async_block_till_done()
        registry = dr.async_get(self._hass)
        (device,) = dr.async_entries_for_config_entry(registry, result["result"].entry_id)
        registry.async_update_device(device.id, area_id="bedroom")
        await self._hass.async_block_till_done()
        return controller

    async def async_come_in(self) -> None:
        """Let the motion sensor see somebody."""
        seen = {"entity_id": "input_boolean.bedroom"}
        await self._hass.services.async_call("input_boolean", "turn_on", seen, blocking=True)
        await self._hass.async_block_till_done()

    async def async_shimmer(self, controller: Controller, clock: Clock) -> None:
        """Let somebody come in, and return once the strip shimmers; of two lights it is the second to begin."""
        await self.async_come_in()
        await clock.async_pass(1)
        await controller.async_until(lambda: bool(controller.strip.state["on"]))
        await self._hass.async_block_till_done()

    async def async_play(self, animation: str, seconds: float) -> None:
        """Order an animation; return with its first moment."""
        command = LightsAnimate(room="bedroom", animation=animation, duration=seconds)
        await AnimateOutput(self._athena).async_carry_out(self._hass, self.room, command, Context())

    async def async_show(self, scene: str) -> None:
        """Order a scene."""
        command = LightsSetScene(room="bedroom", scene=scene)
        await SetSceneOutput(self._athena).async_carry_out(self._hass, self.room, command, Context())

    async def async_until(self, entity_id: str, condition: Callable[[State], bool]) -> State:
        """Return the state of an entity once it is so; what a strip tells comes over the network."""
        changed = asyncio.Event()
        track = callback(lambda _event: changed.set())
        stop = async_track_state_change_event(self._hass, [entity_id], track)
        try:
            async with asyncio.timeout(10):
                while (state := self._hass.states.get(entity_id)) is None or not condition(state):
                    changed.clear()
                    await changed.wait()
        finally:
            stop()
        return state

    async def async_unload(self) -> None:
        """Stop Athena and WLED's integration, as Home Assistant does when it stops."""
        for entry in (self._athena, *self._hass.config_entries.async_entries("wled")):
            await self._hass.config_entries.async_unload(entry.entry_id)

    async def async_remove(self) -> None:
        """Take everything down again."""
        await self.async_unload()
        for controller in self._there:
            await controller.async_leave()


def of_segment(controller: Controller, segment: int = 0) -> list[dict[str, Any]]:
    """Return what was ordered of a segment."""
    return [one for order in controller.orders for one in order.get("seg", []) if one["id"] == segment]


def is_honey(controller: Controller, segment: int = 0) -> bool:
    """Return whether a segment is honey gold at 70 %, and nothing plays on it."""
    shown = controller.strip.segment(segment)
    brightness = shown["bri"] * controller.strip.state["bri"] // 255
    return controller.strip.effect(segment) == "Solid" and shown["col"][0] == list(GOLD) and brightness == AT_70
