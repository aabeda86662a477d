"""Athena's tools, as any agent with a language model finds and uses them."""

from typing import Any

import pytest
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.const import DOMAIN

NAMES = {"athena__GetRooms", "athena__SetScene", "athena__SetAlarm", "athena__ChangeAlarm", "athena__Explain"}

pytestmark = pytest.mark.usefixtures("athena")


async def _api(hass: HomeAssistant, api_id: str | list[str] = DOMAIN) -> llm.APIInstance:
    context = llm.LLMContext(
        platform="llama_cpp", context=Context(), language="en", assistant=CONVERSATION_DOMAIN, device_id=None
    )
    return await llm.async_get_api(hass, api_id, context)


async def _use(hass: HomeAssistant, tool: str, **arguments: Any) -> llm.ToolResult:
    api = await _api(hass)
    return await api.async_call_tool(llm.ToolInput(tool_name=f"athena__{tool}", tool_args=arguments))


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
    rooms = (await _use(hass, "GetRooms")).data
    assert rooms["Kitchen"]["scene"] == "focus"  # type: ignore[index,call-overload]
    assert rooms["Bedroom"]["scene"] is None  # type: ignore[index,call-overload]


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
