"""The home as the agent knows it, taken from Home Assistant's registries: only what is exposed to Assist."""

import logging
import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_listen_entity_updates, async_should_expose
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_SUPPORTED_FEATURES,
    ATTR_UNIT_OF_MEASUREMENT,
    EVENT_STATE_CHANGED,
)
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent
from homeassistant.helpers.debounce import Debouncer

from .home import Area, Entity, Floor, Home

_LOGGER = logging.getLogger(__name__)

WORD: Final = re.compile(r"\w+")

SETTLES_IN: Final = 1.0
"""Seconds without a change after which the home is taken anew: registries change in long rows."""

METERED: Final = frozenset({"fan", "light", "switch"})
METERS: Final = frozenset({"energy", "power"})
"""Whoever may switch a plug may know what goes through it: of other sensors beside it that is not said."""

OF_AN_ENTITY: Final = frozenset(
    {
        "aliases",
        "area_id",
        "device_class",
        "device_id",
        "entity_category",
        "entity_id",
        "hidden_by",
        "name",
        "original_device_class",
        "original_name",
        "unit_of_measurement",
    }
)
"""What makes it another one to the agent. Features come and go with many a state: they are read there."""

OF_A_DEVICE: Final = frozenset({"area_id", "name", "name_by_user", "parent_device_id"})


@callback
def take(hass: HomeAssistant, rooms: Collection[str]) -> Home:
    """Return the home as it is now: on the event loop, for the registries are read (2 ms for 380 entities)."""
    floors = fr.async_get(hass).async_list_floors()
    areas = ar.async_get(hass).async_list_areas()
    exposed = (
        state for state in hass.states.async_all() if async_should_expose(hass, conversation.DOMAIN, state.entity_id)
    )
    entities = {state.entity_id: _entity(hass, state) for state in sorted(exposed, key=lambda state: state.entity_id)}
    return Home(
        floors={
            floor.floor_id: Floor(id=floor.floor_id, names=_names(floor.name, floor.aliases), level=floor.level)
            for floor in sorted(floors, key=lambda floor: floor.floor_id)
        },
        areas={
            area.id: Area(
                id=area.id, names=_names(area.name, area.aliases), floor=area.floor_id, is_room=area.id in rooms
            )
            for area in sorted(areas, key=lambda area: area.id)
        },
        entities=entities,
        meters=_meters_of(hass, entities),
    )


def _meters_of(hass: HomeAssistant, entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """Return the meters of exposed switches and lights: Home Assistant exposes no meter unless it is told to."""
    registry = er.async_get(hass)
    devices = {entity.device for entity in entities.values() if entity.domain in METERED and entity.device is not None}
    beside = (
        entry
        for device in sorted(devices)
        for entry in er.async_entries_for_device(registry, device)
        if entry.entity_id not in entities and entry.domain == "sensor" and entry.hidden_by is None
    )
    meters = (_entity(hass, state) for entry in beside if (state := hass.states.get(entry.entity_id)) is not None)
    return {meter.id: meter for meter in meters if meter.device_class in METERS}


def _names(name: str, aliases: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([name, *sorted(alias for alias in aliases if alias.strip())]))


def _entity(hass: HomeAssistant, state: State) -> Entity:
    entry = er.async_get(hass).async_get(state.entity_id)
    names = intent.async_get_entity_aliases(hass, entry, state=state, allow_empty=False)
    said: Mapping[str, Any] = state.attributes if entry is None else _registered(entry) | state.attributes
    return Entity(
        id=state.entity_id,
        names=tuple(dict.fromkeys(" ".join(name.split()) for name in names)),
        area=er.async_get_effective_area_id(hass, entry) if entry is not None else None,
        device=entry.device_id if entry is not None else None,
        device_class=said.get(ATTR_DEVICE_CLASS),
        unit=said.get(ATTR_UNIT_OF_MEASUREMENT),
        features=int(said.get(ATTR_SUPPORTED_FEATURES) or 0),
    )


def _registered(entry: er.RegistryEntry) -> dict[str, Any]:
    """Return what the registry knows of an entity, for as long as its state does not tell."""
    return {
        ATTR_DEVICE_CLASS: entry.device_class or entry.original_device_class,
        ATTR_UNIT_OF_MEASUREMENT: entry.unit_of_measurement,
        ATTR_SUPPORTED_FEATURES: entry.supported_features,
    }


@callback
def withheld(hass: HomeAssistant, home: Home, text: str) -> str | None:
    """Return the entity whose whole name stands in a text though it is not exposed; only its name is looked at."""
    said = f" {' '.join(WORD.findall(text.casefold()))} "
    names = (
        (state.entity_id, " ".join(WORD.findall(state.name.casefold())))
        for state in hass.states.async_all()
        if state.entity_id not in home.entities
    )
    return next((entity for entity, name in names if name and f" {name} " in said), None)


class Snapshot:
    """The home as it was last taken; taken anew soon after it has changed, or at once where somebody speaks first."""

    def __init__(self, hass: HomeAssistant, rooms: Collection[str]) -> None:
        self._hass = hass
        self._rooms = rooms
        self._home: Home | None = None
        self._renew: Debouncer[None] | None = None

    @property
    def home(self) -> Home:
        """Return the home, taken anew where it has changed."""
        if self._home is None:
            self._home = take(self._hass, self._rooms)
        return self._home

    @callback
    def async_follow(self, settled: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Follow the home from now on, and call `settled` soon after each change; return what ends it."""
        debouncer: Debouncer[None] = Debouncer(
            self._hass, _LOGGER, cooldown=SETTLES_IN, immediate=False, function=settled
        )
        self._renew = debouncer
        listen = self._hass.bus.async_listen
        stops = [
            listen(fr.EVENT_FLOOR_REGISTRY_UPDATED, self._changes),
            listen(ar.EVENT_AREA_REGISTRY_UPDATED, self._changes),
            listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._changes, event_filter=partial(_matters, of=OF_AN_ENTITY)),
            listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._changes, event_filter=partial(_matters, of=OF_A_DEVICE)),
            listen(EVENT_STATE_CHANGED, self._changes, event_filter=_comes_or_goes),
            async_listen_entity_updates(self._hass, conversation.DOMAIN, self._changes),
            debouncer.async_shutdown,
        ]

        @callback
        def stop() -> None:
            for each in stops:
                each()

        return stop

    @callback
    def _changes(self, _event: Event[Any] | None = None) -> None:
        self._home = None
        if self._renew is not None:
            self._renew.async_schedule_call()


@callback
def _matters(data: Any, *, of: frozenset[str]) -> bool:
    return data["action"] == "update" and not of.isdisjoint(data["changes"])


@callback
def _comes_or_goes(data: EventStateChangedData) -> bool:
    if data["old_state"] is None or data["new_state"] is None:
        return True
    return data["old_state"].name != data["new_state"].name
