"""Athena's tools, as any agent with a language model finds and uses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.components.conversation.chat_log import async_get_chat_log
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import chat_session, llm
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.const import DOMAIN

from .saying import AGENT, async_settle, call, expose

NAMES = {"athena__GetRooms", "athena__SetScene", "athena__SetAlarm", "athena__ChangeAlarm", "athena__Explain"}

pytestmark = pytest.mark.usefixtures("athena")


async def _api(hass: HomeAssistant, api_id: str | list[str] = DOMAIN, device_id: str | None = None) -> llm.APIInstance:
    context = llm.LLMContext(
        platform="llama_cpp", context=Context(), language="en", assistant=CONVERSATION_DOMAIN, device_id=device_id
    )
    return await llm.async_get_api(hass, api_id, context)


async def _use(hass: HomeAssistant, tool: str, device_id: str | None = None, **arguments: Any) -> llm.ToolResult:
    api = await _api(hass, device_id=device_id)
    return await api.async_call_tool(llm.ToolInput(tool_name=f"athena__{tool}", tool_args=arguments))


# ---- a sentence


@pytest.fixture
async def _door(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    expose(hass, "lock.front_door")
    await hass.services.async_call("lock", "lock", {"entity_id": "lock.front_door"}, blocking=True)


async def test_a_sentence_is_only_in_athenas_own_api(hass: HomeAssistant) -> None:
    assert "athena__Control" in {tool.name for tool in (await _api(hass)).tools}
    assert "athena__Control" not in {tool.name for tool in (await _api(hass, llm.LLM_API_ASSIST)).tools}


async def test_what_a_sentence_says_is_done_and_told(hass: HomeAssistant) -> None:
    result = await _use(hass, "Control", request="turn on the kitchen light")
    assert not result.error
    assert result.data == {"said": "Kitchen Light on.", "done": ["light.kitchen_light"], "failed": []}
    assert hass.states.is_state("light.kitchen_light", "on")
    assert (await _use(hass, "Control", request="is the kitchen light on")).data["said"] == "Yes."


async def test_it_is_meant_where_the_person_is(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    device = dr.async_get(hass).async_get_or_create(config_entry_id=athena.entry_id, identifiers={("test", "puck")})
    dr.async_get(hass).async_update_device(device.id, area_id="bedroom")
    result = await _use(hass, "Control", device_id=device.id, request="turn on the light")
    assert result.data["done"] == ["light.bedroom_lamp"]


@pytest.mark.usefixtures("_door")
async def test_a_sentence_of_a_model_opens_no_door(hass: HomeAssistant) -> None:
    result = await _use(hass, "Control", request="unlock the front door")
    assert result == llm.ToolResult(data={"said": "I can't do that.", "done": [], "failed": []}, error=True)
    assert hass.states.is_state("lock.front_door", "locked")


@pytest.mark.usefixtures("_door")
async def test_a_door_with_a_pin_asks_the_same_of_a_model(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_settle(hass, athena, voice_pin="2468")
    with _in_one_conversation(hass):
        asked = await _use(hass, "Control", request="unlock the front door")
        assert asked.data == {"said": "Your PIN?", "done": [], "failed": [], "asks": True, "options": []}
        await _use(hass, "Control", request="yes")
        assert hass.states.is_state("lock.front_door", "locked")
        await _use(hass, "Control", request="unlock the front door")
        await _use(hass, "Control", request="2468")
    assert hass.states.is_state("lock.front_door", "unlocked")
    assert "2468" not in str(athena.runtime_data.traces.as_list(with_texts=True))


async def test_a_question_is_told_with_its_options_and_answered_by_the_next_request(hass: HomeAssistant) -> None:
    call(hass, "light.lamp", "Floor Lamp")
    call(hass, "light.bedroom_lamp", "Reading Lamp")
    await hass.async_block_till_done(wait_background_tasks=True)
    with _in_one_conversation(hass):
        asked = await _use(hass, "Control", request="turn on the lamp")
        assert asked.data["options"] == ["Reading Lamp", "Floor Lamp"]
        chosen = await _use(hass, "Control", request="the reading lamp")
    assert chosen.data["done"] == ["light.bedroom_lamp"]


async def test_no_model_of_athenas_is_asked_by_a_model(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async def model_of(*_given: object) -> object:
        return object()  # whatever is asked of it raises

    monkeypatch.setattr("custom_components.athena.agent.tiers.model.async_model_of", model_of)
    await hass.config_entries.async_reload(hass.config_entries.async_loaded_entries(DOMAIN)[0].entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    result = await _use(hass, "Control", request="bring me tea")
    assert result == llm.ToolResult(data={"said": "I didn't catch that.", "done": [], "failed": []}, error=True)


async def test_a_disabled_agent_is_an_error_that_a_model_can_read(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    er.async_get(hass).async_update_entity(AGENT, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    result = await _use(hass, "Control", request="turn on the kitchen light")
    assert result == llm.ToolResult(data={"error": "Athena's conversation agent is disabled"}, error=True)


@contextmanager
def _in_one_conversation(hass: HomeAssistant) -> Iterator[None]:
    """Be in the turn of an agent that uses a tool."""
    with chat_session.async_get_chat_session(hass) as session, async_get_chat_log(hass, session):
        yield


# ---- tools


@pytest.mark.parametrize("api_id", [llm.LLM_API_ASSIST, DOMAIN])
async def test_every_agent_finds_athenas_tools(hass: HomeAssistant, api_id: str) -> None:
    api = await _api(hass, api_id)
    own = [tool for tool in api.tools if tool.integration == DOMAIN]
    assert {tool.name for tool in own} >= NAMES
    assert all(tool.description and tool.title for tool in own)
    assert "athena" in {known.id for known in llm.async_get_apis(hass)}


async def test_the_small_api_keeps_the_prompt_free_of_the_time(hass: HomeAssistant) -> None:
    """A date in the prompt would cost every turn its cache; the model asks for it by a tool."""
    api = await _api(hass)
    assert any(tool.name.endswith("GetDateTime") for tool in api.tools)
    assert len(api.tools) <= 8
    assert api.api_prompt == (await _api(hass)).api_prompt


async def test_together_with_home_assistants_own_api_every_tool_is_there(hass: HomeAssistant) -> None:
    api = await _api(hass, [llm.LLM_API_ASSIST, DOMAIN])
    assert any(tool.name.endswith("athena__SetScene") for tool in api.tools)


async def test_the_schemas_can_be_shown_to_a_model(hass: HomeAssistant) -> None:
    import probatio  # noqa: PLC0415

    for tool in (await _api(hass)).tools:
        assert probatio.to_openapi(tool.parameters, custom_serializer=llm.selector_serializer)["type"] == "object"


async def test_a_scene_is_run_in_the_room_that_is_named(hass: HomeAssistant) -> None:
    result = await _use(hass, "SetScene", scene="focus", room="Kitchen")
    assert result == llm.ToolResult(data={"said": "Focus mode."})
    rooms: Any = (await _use(hass, "GetRooms")).data
    assert rooms["Kitchen"]["scene"] == "focus"
    assert rooms["Bedroom"]["scene"] is None


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("SetScene", {"scene": "disco"}),
        ("SetScene", {"scene": "focus", "room": "Attic"}),
        ("SetAlarm", {"time": "soon"}),
        ("SetAlarm", {"time": "07:00", "day": "tomorrow", "every": ["mon"]}),
        ("ChangeAlarm", {"change": "stop", "room": "Bedroom"}),
    ],
)
async def test_what_a_model_invents_is_an_error_it_can_read_and_changes_nothing(
    hass: HomeAssistant, tool: str, arguments: dict[str, Any]
) -> None:
    before = await _use(hass, "GetRooms")
    result = await _use(hass, tool, **arguments)
    assert result.error
    assert str(result.data["error"]).startswith("Invalid arguments: ")
    assert await _use(hass, "GetRooms") == before


async def test_an_alarm_that_could_not_tell_who_is_up_is_not_set_by_a_model_either(hass: HomeAssistant) -> None:
    result = await _use(hass, "SetAlarm", time="07:00", room="Bedroom")
    assert result.error
    assert result.data == {"said": "I can't tell when you get up. Set it in the app."}


async def test_without_athena_there_is_no_api(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    assert DOMAIN not in {known.id for known in llm.async_get_apis(hass)}
    assert not [tool for tool in (await _api(hass, llm.LLM_API_ASSIST)).tools if tool.integration == DOMAIN]
