"""Every turn can be looked at afterwards; what was said only where the user wants it written down."""

from typing import Any

import pytest
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.athena.agent.trace import Trace
from custom_components.athena.deed import Deed, Outcome, Result

from ..saying import Speaker, async_settle


async def _traces(hass: HomeAssistant, client: WebSocketGenerator) -> dict[str, Any]:
    websocket = await client(hass)
    await websocket.send_json_auto_id({"type": "athena/traces"})
    answer: dict[str, Any] = await websocket.receive_json()
    return answer


async def test_a_turns_trace_tells_who_read_what_and_what_became_of_it(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await Speaker(hass).says("turn on the kitchen light")
    told = (await _traces(hass, hass_ws_client))["result"]
    assert told["counts"]["resolver"] == 1
    (turn,) = told["turns"]
    assert turn["tier"] == "resolver"
    assert [(one["tier"], one["found"]) for one in turn["tried"]] == [
        ("triggers", None),
        ("custom_sentences", None),
        ("sentences", None),
        ("resolver", "plan"),
    ]
    assert turn["verdict"] == "allow"
    assert turn["deeds"] == [{"action": "light.turn_on", "entities": ["light.kitchen_light"], "data": {}}]
    assert [(one["result"], one["tries"]) for one in turn["outcomes"]] == [("done", 1)]
    assert turn["ms"] > 0
    events = [event for trace in async_get_traces() for event in trace.as_dict()["events"]]
    assert turn["id"] in [event["data"]["athena"]["id"] for event in events if event["event_type"] == "agent_detail"]


@pytest.mark.parametrize("recorded", [False, True])
async def test_what_was_said_is_in_a_trace_only_where_the_user_wants_it(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator, *, recorded: bool
) -> None:
    await async_settle(hass, athena, record_transcripts=recorded)
    await Speaker(hass).says("turn on the kitchen light")
    answer = str(await _traces(hass, hass_ws_client))
    assert ("turn on the kitchen light" in answer) is recorded
    assert ("Kitchen Light on." in answer) is recorded


async def test_what_a_fault_quotes_is_in_a_trace_only_where_what_was_said_is() -> None:
    deed = Deed(
        domain="todo", action="add_item", entities=("todo.list",), data={"item": "rum", "tags": ["rum"], "n": 1}
    )
    trace = Trace(at=dt_util.utcnow(), text="add rum", conversation="1", steps=(deed,))
    trace.outcomes = (Outcome(deed=deed, result=Result.FAILED, cause="ServiceValidationError: no rum here"),)
    assert str(trace.as_dict(with_texts=True)).count("rum") == 4
    told = trace.as_dict(with_texts=False)
    assert "rum" not in str(told)
    assert told["outcomes"][0]["cause"] == "ServiceValidationError"
    assert told["deeds"][0]["data"] == {"n": 1}


async def test_the_last_fifty_turns_are_kept(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    speaker = Speaker(hass)
    for number in range(51):
        await speaker.says(f"xyzzy {number}")
    turns = athena.runtime_data.traces.as_list(with_texts=True)
    assert [turn["text"] for turn in turns] == [f"xyzzy {number}" for number in range(1, 51)]
    assert athena.runtime_data.traces.counts["nobody"] == 51


async def test_only_an_administrator_sees_traces(
    hass: HomeAssistant, athena: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_read_only_access_token: str
) -> None:
    websocket = await hass_ws_client(hass, hass_read_only_access_token)
    await websocket.send_json_auto_id({"type": "athena/traces"})
    assert (await websocket.receive_json())["error"]["code"] == "unauthorized"
