"""Fixtures: a room with the lamps a test asks for, and what is ordered there."""

from collections.abc import Awaitable, Callable

import pytest
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import LightsAnimate, LightsSetScene
from custom_components.athena.outputs.animation import AnimateOutput
from custom_components.athena.outputs.lights import SetSceneOutput
from custom_components.athena.rooms import RoomConfig

from ..lamps import Clock, Lamp, async_furnish

type RoomWith = Callable[..., Awaitable[RoomConfig]]
type Play = Callable[..., Awaitable[None]]
type Settle = Callable[..., Awaitable[None]]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the time that light programmes go by."""
    return Clock(monkeypatch)


@pytest.fixture
def room_with(hass: HomeAssistant, athena: MockConfigEntry) -> RoomWith:
    """Return what gives the bedroom these lamps and no others."""

    async def _async_room_with(*lamps: Lamp) -> RoomConfig:
        return await async_furnish(hass, athena, *lamps)

    return _async_room_with


@pytest.fixture
def play(hass: HomeAssistant, athena: MockConfigEntry) -> Play:
    """Return what orders an animation."""

    async def _async_play(room: RoomConfig, animation: str, duration: float, context: Context | None = None) -> None:
        command = LightsAnimate(room="bedroom", animation=animation, duration=duration)
        await AnimateOutput(athena).async_carry_out(hass, room, command, context or Context())

    return _async_play


@pytest.fixture
def settle(hass: HomeAssistant, athena: MockConfigEntry) -> Settle:
    """Return what orders a scene."""

    async def _async_settle(room: RoomConfig, scene: str, context: Context | None = None) -> None:
        command = LightsSetScene(room="bedroom", scene=scene)
        await SetSceneOutput(athena).async_carry_out(hass, room, command, context or Context())

    return _async_settle
