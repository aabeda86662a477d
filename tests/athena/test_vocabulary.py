"""The WebSocket command `athena/vocabulary`."""

from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator


async def _ask(hass: HomeAssistant, client: WebSocketGenerator, token: str | None = None) -> dict[str, Any]:
    socket = await (client(hass) if token is None else client(hass, token))
    await socket.send_json_auto_id({"type": "athena/vocabulary"})
    answer: dict[str, Any] = await socket.receive_json()
    return answer


async def test_it_serves_names_areas_and_sentences(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    ar.async_get(hass).async_update("living_room", aliases={"lounge"})
    er.async_get(hass).async_update_entity("light.lamp", aliases=["Reading Light"])
    answer = await _ask(hass, hass_ws_client)
    result = answer["result"]
    assert (result["version"], result["language"]) == (1, "en")
    assert {"name": "Living Room", "aliases": ["lounge"], "floor": None} in result["areas"]
    names = {(entity["name"], entity["domain"], entity["area"]) for entity in result["entities"]}
    assert ("Reading Light", "light", "Living Room") in names
    assert ("Blinds", "cover", "Bedroom") in names
    assert {"focus mode", "night mode in the Bedroom", "night mode in the lounge"} <= set(result["sentences"])
    assert result["sentences"] == sorted(set(result["sentences"]))


async def test_it_tells_the_floors_and_which_area_is_on_which(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    floor = fr.async_get(hass).async_create("First Floor", aliases={"up there"}, level=1)
    ar.async_get(hass).async_update("bedroom", floor_id=floor.floor_id)
    result = (await _ask(hass, hass_ws_client))["result"]
    assert result["floors"] == [{"name": "First Floor", "aliases": ["up there"]}]
    floors = {area["name"]: area["floor"] for area in result["areas"]}
    assert floors["Bedroom"] == "First Floor"
    assert floors["Living Room"] is None


async def test_what_is_not_exposed_is_not_told(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    async_expose_entity(hass, "conversation", "light.lamp", should_expose=False)
    answer = await _ask(hass, hass_ws_client)
    assert "Lamp" not in {entity["name"] for entity in answer["result"]["entities"]}


async def test_any_signed_in_user_may_ask_and_hears_only_what_that_user_may_see(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_admin_user: MockUser
) -> None:
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"entity_ids": {"light.lamp": True}}})
    answer = await _ask(hass, hass_ws_client)
    assert [entity["name"] for entity in answer["result"]["entities"]] == ["Lamp"]


async def test_without_athena_it_says_so(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await hass.config_entries.async_unload(athena.entry_id)
    answer = await _ask(hass, hass_ws_client)
    assert answer["error"] == {"code": "not_found", "message": "Athena is not set up"}


async def test_while_home_assistant_starts_the_answer_waits_for_the_whole_home(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    hass.set_state(CoreState.starting)
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id({"type": "athena/vocabulary"})
    await socket.send_json_auto_id({"type": "get_config"})
    assert (await socket.receive_json())["id"] == 2
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    answer = await socket.receive_json()
    assert answer["id"] == 1
    assert "Lamp" in {entity["name"] for entity in answer["result"]["entities"]}
