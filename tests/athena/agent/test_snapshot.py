"""The home, as the agent knows it."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.home import Area, Entity, Floor
from custom_components.athena.agent.snapshot import Snapshot, take

from ..saying import Speaker, call, expose


async def test_what_is_exposed_is_there_with_its_names_its_area_and_what_it_can(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    floor = fr.async_get(hass).async_create("Upstairs", aliases={"first floor"}, level=1)
    ar.async_get(hass).async_update("bedroom", floor_id=floor.floor_id, aliases={"master bedroom"})
    er.async_get(hass).async_update_entity("cover.blinds", aliases=[er.COMPUTED_NAME, "shades"])
    home = take(hass, {"bedroom"})
    assert home.floors["upstairs"] == Floor(id="upstairs", names=("Upstairs", "first floor"), level=1)
    assert home.areas["bedroom"] == Area(
        id="bedroom", names=("Bedroom", "master bedroom"), floor="upstairs", is_room=True
    )
    assert not home.areas["kitchen"].is_room
    assert home.entities["cover.blinds"] == Entity(
        id="cover.blinds", names=("Blinds", "shades"), area="bedroom", device_class="blind", features=3
    )
    assert "lock.front_door" not in home.entities
    expose(hass, "lock.front_door")
    assert "lock.front_door" in take(hass, ()).entities
    assert list(home.entities) == sorted(home.entities)


async def test_the_home_stays_the_same_until_it_changes(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    snapshot = Snapshot(hass, athena.runtime_data.rooms)
    settled: list[None] = []
    stop = snapshot.async_follow(lambda: settled.append(None))
    home = snapshot.home
    await hass.services.async_call("light", "turn_on", {"entity_id": "light.lamp"}, blocking=True)
    assert snapshot.home is home, "states are no part of it"
    changes = (
        lambda: call(hass, "light.lamp", "Floor Lamp"),
        lambda: expose(hass, "lock.front_door"),
        lambda: hass.states.async_set("light.new", "off"),
        lambda: hass.states.async_remove("light.new"),
        lambda: ar.async_get(hass).async_create("Attic"),
        lambda: fr.async_get(hass).async_create("Roof"),
    )
    for change in changes:
        before = snapshot.home
        change()
        await hass.async_block_till_done()
        assert snapshot.home is not before
    stop()
    before = snapshot.home
    ar.async_get(hass).async_create("Cellar")
    await hass.async_block_till_done()
    assert snapshot.home is before


async def test_a_new_name_is_understood_at_once(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    speaker = Speaker(hass)
    assert await speaker.says("turn on the lantern") == "I can't do that."
    call(hass, "light.kitchen_light", "Lantern")
    assert await speaker.says("turn on the lantern") == "Lantern on."
