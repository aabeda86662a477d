"""A small home of Home Assistant's own entities: real states, nothing mocked."""

from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

AREAS: Final = ("Living Room", "Kitchen", "Bedroom")


@dataclass(frozen=True, slots=True)
class Thing:
    """One entity: its domain, its name and the area it stands in."""

    domain: str
    name: str
    area: str

    @property
    def config(self) -> dict[str, Any]:
        """Return its template configuration; state follows what it is told."""
        actions: dict[str, dict[str, Any]] = {
            "light": {"turn_on": [], "turn_off": [], "set_level": [], "set_rgb": [], "set_temperature": []},
            "switch": {"turn_on": [], "turn_off": []},
            "cover": {"open_cover": [], "close_cover": [], "optimistic": True, "device_class": "blind"},
            "lock": {"lock": [], "unlock": [], "optimistic": True},
        }
        unique_id = f"{self.area} {self.name}".lower().replace(" ", "_")
        return {"name": self.name, "unique_id": unique_id, **actions[self.domain]}


THINGS: Final = (
    Thing("light", "Lamp", "Living Room"),
    Thing("light", "Ceiling Light", "Living Room"),
    Thing("switch", "Coffee Maker", "Kitchen"),
    Thing("light", "Kitchen Light", "Kitchen"),
    Thing("light", "Bedroom Lamp", "Bedroom"),
    Thing("cover", "Blinds", "Bedroom"),
    Thing("lock", "Front Door", "Living Room"),
)


async def async_set_up_home(hass: HomeAssistant) -> None:
    """Set the home up: areas, things, and a motion sensor in each area that follows `input_boolean.<area>`."""
    registry = ar.async_get(hass)
    areas = {name: registry.async_get_or_create(name) for name in AREAS}
    await async_setup_component(hass, "homeassistant", {})
    await async_setup_component(hass, "input_boolean", {"input_boolean": {area.id: {} for area in areas.values()}})
    config: list[dict[str, Any]] = [{thing.domain: thing.config} for thing in THINGS]
    config += [
        {
            "binary_sensor": {
                "name": f"{name} Motion",
                "unique_id": f"{area.id}_motion",
                "device_class": "motion",
                "state": f"{{{{ is_state('input_boolean.{area.id}', 'on') }}}}",
            }
        }
        for name, area in areas.items()
    ]
    assert await async_setup_component(hass, "template", {"template": config})
    await hass.async_block_till_done()
    for entry in list(er.async_get(hass).entities.values()):
        if entry.platform == "template":
            area = next(area for area in areas.values() if str(entry.unique_id).startswith(area.id))
            er.async_get(hass).async_update_entity(entry.entity_id, area_id=area.id)
    for domain in ("light", "switch"):
        entities = hass.states.async_entity_ids(domain)
        await hass.services.async_call(domain, "turn_off", {"entity_id": entities}, blocking=True)
    assert await async_setup_component(hass, "conversation", {})
    await hass.async_block_till_done()


async def async_move(hass: HomeAssistant, area: str, *, somebody: bool) -> None:
    """Let the area's motion sensor see somebody, or nobody any more."""
    service = "turn_on" if somebody else "turn_off"
    await hass.services.async_call("input_boolean", service, {"entity_id": f"input_boolean.{area}"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
