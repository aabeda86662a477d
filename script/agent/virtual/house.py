"""A Home Assistant in this process whose home can be changed for another: one start, many homes."""

import logging
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from homeassistant.components.assist_satellite.const import AssistSatelliteEntityFeature
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from homeassistant.util.unit_system import METRIC_SYSTEM, US_CUSTOMARY_SYSTEM
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_test_home_assistant

from .defaults import attributes_of, state_of
from .devices import DOMAINS, Devices
from .lists import Lists
from .spec import HomeSpec, Thing, TimerSpec
from .timers import Timers

PLATFORM: Final = "virtual"
OTHERS: Final = ("homeassistant", "conversation", "weather", "todo", "binary_sensor", "sensor", "person")
PHONE: Final = "phone"
"""The device from which somebody speaks of whom nobody knows where they are."""
_LOUD: Final = ("homeassistant", "custom_components", "homeassistant.helpers.intent")


class House:
    """The home that stands now."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.hass = hass
        self.devices = Devices(hass)
        self.lists = Lists(hass, self.devices.log)
        self.timers = Timers(hass, self.devices.log)
        self.spec = HomeSpec(name="nothing")
        self.areas: dict[str, str] = {}
        self.satellites: dict[str, str] = {}
        """The id of the device from which somebody in an area speaks, by the area's key."""
        self._entry = MockConfigEntry(domain=PLATFORM, title="Virtual devices")

    async def async_start(self) -> None:
        """Set up all that a home is controlled with."""
        hass = self.hass
        hass.config.components.add("ffmpeg")  # text-to-speech asks for it; nobody speaks here
        for component in (*OTHERS, *DOMAINS):
            assert await async_setup_component(hass, component, {}), component
        self._entry.add_to_hass(hass)
        await self.async_add_entry(MockConfigEntry(domain="shopping_list", title="Shopping list"))
        self.devices.async_take_over()
        self.lists.async_take_over()
        self.timers.async_take_over()

    async def async_add_entry(self, entry: MockConfigEntry) -> None:
        """Set an integration up."""
        entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(entry.entry_id), entry.domain
        await self.hass.async_block_till_done()

    async def async_move_in(self, spec: HomeSpec) -> None:
        """Take the home away that stands, and build another."""
        await self._async_move_out()
        self.spec = spec
        self.hass.config.units = US_CUSTOMARY_SYSTEM if spec.fahrenheit else METRIC_SYSTEM
        floors = {
            key: fr.async_get(self.hass)
            .async_create(floor.name, aliases=set(floor.aliases), level=floor.level)
            .floor_id
            for key, floor in spec.floors.items()
        }
        for key, area in spec.areas.items():
            floor = floors[area.floor] if area.floor is not None else None
            entry = ar.async_get(self.hass).async_create(area.name, aliases=set(area.aliases), floor_id=floor)
            self.areas[key] = entry.id
        things = [thing for thing in spec.things if thing.domain != "todo"]
        for thing in things:
            self._register(thing)
        self._settle_satellites()
        self.devices.place(things)
        await self.lists.async_place([thing for thing in spec.things if thing.domain == "todo"])
        for thing in spec.things:
            async_expose_entity(self.hass, "conversation", thing.id, thing.exposed)
        await self.hass.async_block_till_done()

    async def _async_move_out(self) -> None:
        self.timers.clear()
        await self.lists.async_clear()
        self.devices.clear()
        entities = er.async_get(self.hass)
        for entry in list(entities.entities.values()):
            if entry.platform == PLATFORM:
                entities.async_remove(entry.entity_id)
        for satellite in self.hass.states.async_entity_ids("assist_satellite"):
            self.hass.states.async_remove(satellite)
        for device in dr.async_entries_for_config_entry(dr.async_get(self.hass), self._entry.entry_id):
            dr.async_get(self.hass).async_remove_device(device.id)
        for area in list(ar.async_get(self.hass).async_list_areas()):
            ar.async_get(self.hass).async_delete(area.id)
        for floor in list(fr.async_get(self.hass).async_list_floors()):
            fr.async_get(self.hass).async_delete(floor.floor_id)
        self.areas.clear()
        self.satellites.clear()

    def _register(self, thing: Thing) -> None:
        told = attributes_of(thing, state_of(thing))
        entities = er.async_get(self.hass)
        device = self._device(thing.device, area=None) if thing.device is not None else None
        entry = entities.async_get_or_create(
            thing.domain,
            PLATFORM,
            thing.id,
            suggested_object_id=thing.id.partition(".")[2],
            config_entry=self._entry,
            device_id=device.id if device is not None else None,
            original_name=thing.name,
            original_device_class=told.get("device_class"),
            supported_features=int(told.get("supported_features") or 0),
            unit_of_measurement=told.get("unit_of_measurement"),
        )
        assert entry.entity_id == thing.id, (entry.entity_id, thing.id)
        entities.async_update_entity(
            thing.id,
            area_id=self.areas[thing.area] if thing.area is not None else None,
            name=thing.name,
            aliases=[er.COMPUTED_NAME, *thing.aliases],
        )

    def _device(self, key: str, area: str | None, name: str | None = None) -> dr.DeviceEntry:
        device = dr.async_get(self.hass).async_get_or_create(
            config_entry_id=self._entry.entry_id, identifiers={(PLATFORM, key)}, name=name or key
        )
        if area is not None:
            dr.async_get(self.hass).async_update_device(device.id, area_id=area)
        return device

    def _settle_satellites(self) -> None:
        """Put a satellite in each area, and one in a pocket; each can be told of timers, and can announce."""
        for key, area in ((PHONE, None), *self.areas.items()):
            device = self._device(f"satellite {key}", area, "Satellite")
            self.satellites[key] = device.id
            self.timers.listen(device.id)
            entry = er.async_get(self.hass).async_get_or_create(
                "assist_satellite",
                PLATFORM,
                key,
                suggested_object_id=f"satellite_{key}",
                config_entry=self._entry,
                device_id=device.id,
                original_name="Satellite",
                supported_features=int(AssistSatelliteEntityFeature.ANNOUNCE),
            )
            self.hass.states.async_set(entry.entity_id, "idle", {"friendly_name": f"Satellite {key}"})
            async_expose_entity(self.hass, "conversation", entry.entity_id, should_expose=False)

    async def async_set_up(
        self,
        states: Mapping[str, Mapping[str, Any]] | None = None,
        timers: Iterable[TimerSpec] = (),
        items: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Make the home as it is when a sentence is said: all as it was built, but for these."""
        await self.async_restore()
        await self.async_make(states or {})
        for timer in timers:
            self.timers.start(timer, self.satellites[timer.area or PHONE])
        await self.lists.async_fill(items or {})
        await self.hass.async_block_till_done()
        self.devices.log.empty()

    async def async_make(self, states: Mapping[str, Mapping[str, Any]]) -> None:
        """Let some things be so, as if they had always been."""
        for entity, told in states.items():
            attributes = {key: value for key, value in told.items() if key != "state"}
            self.devices.put(entity, str(told.get("state", self.devices.told(entity)["state"])), attributes)
        if states:
            await self.hass.async_block_till_done()
            self.devices.log.empty()

    async def async_restore(self) -> None:
        """Put everything back."""
        self.devices.restore()
        self.timers.clear()
        await self.lists.async_empty()
        for handler in intent.async_get(self.hass):
            if (paused := getattr(handler, "last_paused", None)) is not None:
                paused.clear()
        self.devices.log.empty()


@asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    """Start Home Assistant in this process, and end it."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="athena-agent-") as folder:
        async with async_test_home_assistant(config_dir=folder) as core:
            core.data.pop(DATA_CUSTOM_COMPONENTS)  # the test says that there are none
            house = House(core)
            await house.async_start()
            try:
                yield house
            finally:
                house.timers.clear()
                await core.async_stop(force=True)
