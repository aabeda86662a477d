"""Lights of every ability, as real entities of Home Assistant, and a clock that passes when it is told to."""

import asyncio
from typing import Any

import pytest
from homeassistant.components.light import ColorMode, LightEntity, LightEntityFeature
from homeassistant.components.light.const import DATA_COMPONENT
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.rooms import RoomConfig

COLOURS = frozenset({ColorMode.RGB, ColorMode.COLOR_TEMP})


class Clock:
    """Time for the stage and the player of light programmes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []
        for module in ("stage", "outputs.lights", "outputs.animation", "outputs.light_play.player", "sources.lights"):
            monkeypatch.setattr(f"custom_components.athena.{module}.monotonic", lambda: self.now)
        monkeypatch.setattr("custom_components.athena.outputs.light_play.player.sleep", self._async_sleep)

    async def _async_sleep(self, seconds: float) -> None:
        sleeper = (self.now + seconds, asyncio.Event())
        self._sleepers.append(sleeper)
        try:
            await sleeper[1].wait()
        finally:
            self._sleepers.remove(sleeper)

    async def async_pass(self, seconds: float) -> None:
        """Let time go by, and everything happen that is due meanwhile, each thing at its time."""
        end = self.now + seconds
        await self._async_settle()
        while due := sorted((sleeper for sleeper in self._sleepers if sleeper[0] <= end), key=lambda one: one[0]):
            self.now = max(self.now, due[0][0])
            due[0][1].set()
            await self._async_settle()
        self.now = end

    async def _async_settle(self) -> None:
        for _ in range(40):
            await asyncio.sleep(0)


class Lamp(LightEntity):
    """A light that does as it is told at once, and remembers when it was told what."""

    _attr_should_poll = False
    _attr_min_color_temp_kelvin = 2000
    _attr_max_color_temp_kelvin = 6500

    def __init__(
        self,
        clock: Clock,
        name: str,
        *,
        modes: frozenset[ColorMode] = COLOURS,
        fades: bool = False,
        effects: tuple[str, ...] = (),
        on: bool = False,
    ) -> None:
        self.clock = clock
        self.entity_id = f"light.{name}"
        self._attr_unique_id = name
        self._attr_name = name
        self._attr_is_on = on
        self._attr_supported_color_modes = set(modes)
        self._attr_color_mode = min(modes)
        if fades:
            self._attr_supported_features |= LightEntityFeature.TRANSITION
        if effects:
            self._attr_supported_features |= LightEntityFeature.EFFECT
            self._attr_effect_list = list(effects)
            self._attr_effect = effects[0]
        self.told: list[tuple[float, str, dict[str, Any]]] = []
        self.answers = True

    def _take(self, what: str, kwargs: dict[str, Any]) -> None:
        self.told.append((round(self.clock.now - 1000.0, 2), what, kwargs))
        if not self.answers:
            raise HomeAssistantError(f"{self.name} does not answer")

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Take it in."""
        self._take("on", kwargs)
        self._attr_is_on = True
        for key in ("brightness", "rgb_color", "color_temp_kelvin", "effect"):
            if key in kwargs:
                setattr(self, f"_attr_{key}", kwargs[key])
        if "rgb_color" in kwargs:
            self._attr_color_mode = ColorMode.RGB
        if "color_temp_kelvin" in kwargs:
            self._attr_color_mode = ColorMode.COLOR_TEMP
        self.async_write_ha_state()

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Take it in."""
        self._take("off", kwargs)
        self._attr_is_on = False
        self.async_write_ha_state()

    def report(self, context: Context | None = None, **attributes: Any) -> None:
        """Tell Home Assistant of a change that happened at the light; under a context of its own unless one is lent."""
        self.async_set_context(context or Context())
        for key, value in attributes.items():
            setattr(self, f"_attr_{key}", value)
        self.async_write_ha_state()


async def async_furnish(hass: HomeAssistant, entry: MockConfigEntry, *lamps: Lamp) -> RoomConfig:
    """Put the lamps into Home Assistant, make them the lights of the bedroom, and return that."""
    await hass.data[DATA_COMPONENT].async_add_entities(lamps)
    await hass.async_block_till_done()
    bedroom = next(subentry for subentry in entry.subentries.values() if subentry.unique_id == "bedroom")
    lights = [lamp.entity_id for lamp in lamps]
    hass.config_entries.async_update_subentry(entry, bedroom, data={"lights": lights})
    await hass.async_block_till_done()
    room: RoomConfig = entry.runtime_data.rooms["bedroom"]
    return room
