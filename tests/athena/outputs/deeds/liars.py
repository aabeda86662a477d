"""Real entities of Home Assistant that do not do what they are told, each in its own way."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from homeassistant.components.cover import CoverDeviceClass, CoverEntity, CoverEntityFeature, CoverState
from homeassistant.components.cover.const import DATA_COMPONENT as COVERS
from homeassistant.components.light import ColorMode, LightEntity
from homeassistant.components.light.const import DATA_COMPONENT as LIGHTS
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from custom_components.athena.outputs.deeds.doer import Patience

HASTY: Final = Patience(answers=1.0, shows=0.2, in_all=60.0)
"""For entities that never do it: nobody wants to wait two seconds for that."""


class Way(StrEnum):
    """How a lamp takes an order."""

    OBEYS = "obeys"
    NEVER = "never"
    """It says nothing, and stays as it is."""
    SECOND_TRY = "second_try"
    HANGS = "hangs"
    """It never answers."""
    RAISES = "raises"
    RAISES_ONCE = "raises_once"
    REFUSES = "refuses"
    CRASHES = "crashes"
    LATE = "late"
    """It does it, and reports so at the loop's next turns."""
    DIMMER = "dimmer"
    """It turns on, but never brighter than it likes."""
    GOES_AWAY = "goes_away"
    """It becomes unavailable."""
    CONTRARY = "contrary"
    """It does the opposite."""
    ASSUMED = "assumed"
    """Nobody hears of it again: Home Assistant assumes what it was told."""
    ASSUMED_SILENT = "assumed_silent"
    """Its state is assumed, and not even that changes."""


SHOWS_IT: Final = {Way.OBEYS, Way.SECOND_TRY, Way.RAISES_ONCE, Way.LATE, Way.DIMMER, Way.ASSUMED}
"""The ways in which a lamp is on in the end, when it is told so."""


class Liar(LightEntity):
    """A lamp."""

    _attr_should_poll = False
    _attr_color_mode = ColorMode.HS

    def __init__(self, name: str, way: Way, *, on: bool = False) -> None:
        self.entity_id = f"light.{name}"
        self._attr_unique_id = name
        self._attr_name = name.replace("_", " ").title()
        self._attr_supported_color_modes = {ColorMode.HS}
        self._attr_is_on = on
        self._attr_brightness = 255 if on else None
        self._attr_assumed_state = way in (Way.ASSUMED, Way.ASSUMED_SILENT)
        self.way = way
        self.calls = 0

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Be told to shine."""
        await self._async_take(on=True, **kwargs)

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Be told not to."""
        await self._async_take(on=False, **kwargs)

    async def _async_take(self, *, on: bool, brightness: int | None = None, hs_color: Any = None, **_: Any) -> None:
        self.calls += 1

        def become() -> None:
            self._attr_is_on = on is not (self.way is Way.CONTRARY)
            if brightness is not None:
                self._attr_brightness = 20 if self.way is Way.DIMMER else brightness
            if hs_color is not None:
                self._attr_hs_color = hs_color
            self.async_write_ha_state()

        await self._async_behave(become)

    async def _async_behave(self, become: Callable[[], None]) -> None:
        match self.way:
            case Way.NEVER | Way.ASSUMED_SILENT:
                return
            case Way.SECOND_TRY if self.calls == 1:
                return
            case Way.HANGS:
                await asyncio.Event().wait()
            case Way.RAISES:
                raise HomeAssistantError(f"{self.name} does not answer")
            case Way.RAISES_ONCE if self.calls == 1:
                raise HomeAssistantError(f"{self.name} does not answer")
            case Way.REFUSES:
                raise ServiceValidationError(f"{self.name} does not like that")
            case Way.CRASHES:
                raise ZeroDivisionError
            case Way.LATE:
                self.hass.loop.call_soon(self.hass.loop.call_soon, become)
            case Way.GOES_AWAY:
                self._attr_available = False
                self.async_write_ha_state()
            case _:
                become()


class Blind(CoverEntity):
    """A cover that moves when it is told to, or does not, and says where it is."""

    _attr_should_poll = False
    _attr_supported_features = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE | CoverEntityFeature.SET_POSITION

    def __init__(
        self,
        name: str,
        position: int | None = 100,
        *,
        stuck: bool = False,
        jumps: bool = False,
        device_class: CoverDeviceClass = CoverDeviceClass.BLIND,
    ) -> None:
        self.entity_id = f"cover.{name}"
        self._attr_unique_id = name
        self._attr_name = name.replace("_", " ").title()
        self._attr_device_class = device_class
        self._attr_current_cover_position = position
        self._attr_is_closed = position == 0
        self._stuck = stuck
        self._jumps = jumps

    async def async_open_cover(self, **_: Any) -> None:
        """Be told to open."""
        self._move(100)

    async def async_close_cover(self, **_: Any) -> None:
        """Be told to close."""
        self._move(0)

    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Be told where to be."""
        self._move(kwargs["position"])

    def _move(self, to: int) -> None:
        if self._stuck:
            return
        now = self._attr_current_cover_position or 0
        if self._jumps:
            self._attr_current_cover_position = to
            self._attr_is_closed = to == 0
        else:
            self._attr_is_opening, self._attr_is_closing = to > now, to < now
        self.async_write_ha_state()

    def arrive(self, at: int) -> None:
        """Stop somewhere."""
        self._attr_is_opening = self._attr_is_closing = False
        self._attr_current_cover_position = at
        self._attr_is_closed = at == 0
        self.async_write_ha_state()

    @property
    def moves(self) -> CoverState | None:
        """Which way it is going."""
        return CoverState.OPENING if self.is_opening else CoverState.CLOSING if self.is_closing else None


async def async_furnish(hass: HomeAssistant, *things: LightEntity | CoverEntity) -> None:
    """Put lamps and covers into Home Assistant."""
    lights = [thing for thing in things if isinstance(thing, LightEntity)]
    covers = [thing for thing in things if isinstance(thing, CoverEntity)]
    if lights:
        await hass.data[LIGHTS].async_add_entities(lights)
    if covers:
        await hass.data[COVERS].async_add_entities(covers)
