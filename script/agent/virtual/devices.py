"""The devices of a home in Home Assistant: its own actions, on states that follow them, and a log of what was done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from homeassistant.components.media_player import BrowseMedia, MediaClass
from homeassistant.components.media_player.browse_media import SearchMedia
from homeassistant.const import ATTR_ENTITY_ID, ENTITY_MATCH_ALL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.helpers.service import async_extract_entity_ids
from homeassistant.util import color

from .defaults import attributes_of, state_of
from .effects import Effect, effect_of
from .spec import Thing

TARGETS: Final = frozenset({ATTR_ENTITY_ID, "device_id", "area_id", "floor_id", "label_id"})
MOVING: Final = frozenset({"opening", "closing"})
DOMAINS: Final = (
    "light",
    "switch",
    "fan",
    "cover",
    "valve",
    "lock",
    "climate",
    "media_player",
    "vacuum",
    "lawn_mower",
    "scene",
    "script",
    "automation",
    "input_boolean",
    "button",
    "input_button",
    "number",
    "input_number",
    "select",
    "input_select",
    "siren",
    "humidifier",
    "water_heater",
    "alarm_control_panel",
    "assist_satellite",
    "timer",
    "camera",
    "remote",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An action as it was called."""

    action: str
    entities: tuple[str, ...]
    data: Mapping[str, Any]

    def __str__(self) -> str:
        """Return it in one line."""
        data = ", ".join(f"{key}={value}" for key, value in self.data.items())
        return f"{self.action}({', '.join(self.entities)}{'; ' if data else ''}{data})"


type Deeds = dict[str, Effect]
"""What was done, by entity (or by timer, by list): what the actions made of it, in their order."""


@dataclass(slots=True)
class Log:
    """What was done since it was last emptied."""

    calls: list[Call] = field(default_factory=list)
    deeds: Deeds = field(default_factory=dict)
    changing: set[str] = field(default_factory=set)
    """Those that were not so already."""

    def note(self, entity: str, effect: Effect, told: Mapping[str, Any] | None = None) -> None:
        """Write down what an action makes of a device, which told this before; the last word counts."""
        self.deeds.setdefault(entity, {}).update(effect)
        if told is None or not is_so(effect, told):
            self.changing.add(entity)

    def empty(self) -> None:
        """Begin anew."""
        self.calls = []
        self.deeds = {}
        self.changing = set()


def is_so(effect: Effect, told: Mapping[str, Any]) -> bool:
    """Return whether a device tells already what an action would make of it."""
    return all(key in told and told[key] == value for key, value in effect.items())


def also_told(domain: str, shown: Mapping[str, Any]) -> Effect:
    """Return what a light tells of its colour beside what was asked for: the same in Home Assistant's other terms."""
    if domain == "light" and "rgb_color" in shown:
        red, green, blue = shown["rgb_color"]
        return {
            "hs_color": color.color_RGB_to_hs(red, green, blue),
            "xy_color": color.color_RGB_to_xy(red, green, blue),
            "color_mode": "rgb",
            "color_temp_kelvin": None,
        }
    if domain == "light" and "color_temp_kelvin" in shown:
        return {"color_mode": "color_temp"}
    return {}


class Devices:
    """Everything that can be told to do something."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._things: dict[str, Thing] = {}
        self._touched: set[str] = set()
        self.log = Log()
        self.ignores: Callable[[str, int], bool] = lambda _entity, _call: False
        """Whether an entity does not do what its so-manieth call asks, counted from 1."""
        self._asked: dict[str, int] = {}
        self.plays_what_is_searched = True

    @callback
    def async_take_over(self) -> None:
        """Put the devices behind every action that Home Assistant has of their kinds."""
        for domain in DOMAINS:
            for name, service in list(self._hass.services.async_services_internal().get(domain, {}).items()):
                if name == "reload":
                    continue
                handler: Callable[..., Any] = partial(self._async_act, domain, name)
                if (domain, name) == ("media_player", "search_media"):
                    handler = self._async_search
                self._hass.services.async_register(
                    domain, name, handler, schema=service.schema, supports_response=service.supports_response
                )
        self._hass.services.async_register("script", "turn_on", partial(self._async_act, "script", "turn_on"))
        self._hass.data["media_player"] = _Players(self)

    def place(self, things: Iterable[Thing]) -> None:
        """Stand a home's devices where they can be reached, in the states that it names."""
        self._things = {thing.id: thing for thing in things}
        self._touched.clear()
        for thing in self._things.values():
            self.put(thing.id, state_of(thing))
            if thing.domain == "script":
                name = thing.id.partition(".")[2]
                self._hass.services.async_register("script", name, partial(self._async_script, thing.id))
        self._touched.clear()

    def clear(self) -> None:
        """Take them away."""
        for entity in self._things:
            self._hass.states.async_remove(entity)
            if entity.startswith("script."):
                self._hass.services.async_remove("script", entity.partition(".")[2])
        self._things = {}

    @callback
    def put(self, entity: str, state: str, attributes: Mapping[str, Any] | None = None) -> None:
        """Set what a device tells, until it is restored."""
        self._touched.add(entity)
        told = attributes_of(self._things[entity], state) | dict(attributes or {})
        self._hass.states.async_set(entity, state, told)

    def all_of(self, domain: str) -> list[str]:
        """Return the ids of a domain's devices."""
        return [entity for entity, thing in self._things.items() if thing.domain == domain]

    @callback
    def restore(self) -> None:
        """Put back what was touched, and forget what was done."""
        for entity in tuple(self._touched):
            self.put(entity, state_of(self._things[entity]))
        self._touched.clear()
        self._asked.clear()
        self.log.empty()

    def told(self, entity: str) -> dict[str, Any]:
        """Return what a device tells."""
        state = self._hass.states.get(entity)
        return {"state": "unavailable"} if state is None else {"state": state.state, **state.attributes}

    def shows(self, entity: str, effect: Effect) -> bool:
        """Return whether the states show what was made of it; what no state shows, they do not deny."""
        told = self.told(entity)
        return all(told.get(key) == value for key, value in effect.items() if key in told)

    async def _async_act(self, domain: str, action: str, call: ServiceCall) -> ServiceResponse:
        data = {key: value for key, value in call.data.items() if key not in TARGETS}
        data |= data.pop("params", {})  # into which a light's own schema wraps what it is told
        await self.async_do(domain, action, await self._async_targets(domain, call), data)
        return None

    async def _async_script(self, entity: str, _call: ServiceCall) -> None:
        await self.async_do("script", "turn_on", (entity,), {})

    async def async_do(self, domain: str, action: str, entities: Iterable[str], data: Mapping[str, Any]) -> None:
        """Do it, and write it down."""
        found = tuple(sorted(entities))
        self.log.calls.append(Call(action=f"{domain}.{action}", entities=found, data=dict(data)))
        for entity in found:
            told = self.told(entity)
            effect = effect_of(domain, action, data, told)
            self.log.note(entity, effect, told)
            self._asked[entity] = nth = self._asked.get(entity, 0) + 1
            if entity in self._things and not self.ignores(entity, nth):
                self._follow(entity, effect, told)

    @callback
    def _follow(self, entity: str, effect: Effect, told: Mapping[str, Any]) -> None:
        thing = self._things[entity]
        state = str(effect.get("state", told["state"]))
        base = attributes_of(thing, state) if state != told["state"] else dict(told)
        kept = {key: value for key, value in told.items() if key not in base and state == told["state"]}
        shown = {key: value for key, value in effect.items() if key not in ("state", "action")}
        shown.pop("track", None)
        attributes = {**base, **kept, **shown, **also_told(thing.domain, shown)}
        if "stopped" in shown and state in MOVING:
            state = "open"
        attributes.pop("state", None)
        self._touched.add(entity)
        self._hass.states.async_set(entity, state, attributes)

    async def _async_targets(self, domain: str, call: ServiceCall) -> set[str]:
        if call.data.get(ATTR_ENTITY_ID) == ENTITY_MATCH_ALL:
            return {entity for entity, thing in self._things.items() if thing.domain == domain}
        found = await async_extract_entity_ids(call)
        return {entity for entity in found if entity.startswith(f"{domain}.") or entity not in self._things}

    async def _async_search(self, call: ServiceCall) -> ServiceResponse:
        """Find what is asked for by its own name, or nothing."""
        query = " ".join(str(call.data["search_query"]).casefold().split())
        kinds = [str(kind) for kind in call.data.get("media_filter_classes") or ("any",)]
        item = BrowseMedia(
            media_class=MediaClass.MUSIC,
            media_content_id=f"{'+'.join(kinds)}: {query}",
            media_content_type="music",
            title=query,
            can_play=True,
            can_expand=False,
        )
        entities = await self._async_targets("media_player", call)
        results: Any = {
            entity: SearchMedia(result=[item] if self.plays_what_is_searched else []) for entity in sorted(entities)
        }
        return results  # type: ignore[no-any-return]


class _Players:
    """What Home Assistant's handlers look for where the media players' component would be."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    @property
    def entities(self) -> list[_Player]:
        """Return all media players."""
        return [_Player(self._devices, entity) for entity in self._devices.all_of("media_player")]

    def get_entity(self, entity_id: str) -> _Player:
        """Return one."""
        return _Player(self._devices, entity_id)


class _Player:
    """A media player as Home Assistant's handler of relative volume takes it."""

    def __init__(self, devices: Devices, entity_id: str) -> None:
        self._devices = devices
        self.entity_id = entity_id

    @property
    def volume_level(self) -> float:
        """Return from 0 to 1."""
        return float(self._devices.told(self.entity_id).get("volume_level") or 0)

    async def async_volume_up(self) -> None:
        """Make it louder."""
        await self._devices.async_do("media_player", "volume_up", (self.entity_id,), {})

    async def async_volume_down(self) -> None:
        """Make it quieter."""
        await self._devices.async_do("media_player", "volume_down", (self.entity_id,), {})

    async def async_set_volume_level(self, volume: float) -> None:
        """Set it."""
        await self._devices.async_do("media_player", "volume_set", (self.entity_id,), {"volume_level": volume})
