"""A word never ends an alarm: not by the button beside the bed either, whoever presses it for the word."""

import pytest
from homeassistant.auth.models import User
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent, llm
from homeassistant.helpers.chat_session import async_get_chat_session
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.room import Room
from custom_components.athena.const import CONF_BUTTONS, DOMAIN, SUBENTRY_ROOM

from .clock import BEDROOM, async_act, async_ring

BUTTON = "input_button.bedside"


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return Athena with a bedroom whose alarm a button ends."""
    bedroom = ConfigSubentryData(
        data={CONF_BUTTONS: [BUTTON]}, subentry_type=SUBENTRY_ROOM, title="Bedroom", unique_id=BEDROOM
    )
    return MockConfigEntry(domain=DOMAIN, title="Athena", subentries_data=[bedroom])


@pytest.fixture
async def bedroom(hass: HomeAssistant, athena: MockConfigEntry) -> Room:
    """Return the bedroom; its alarm rings, and the button listens to what is said."""
    assert await async_setup_component(hass, "input_button", {"input_button": {"bedside": {"name": "Bedside Button"}}})
    assert await async_setup_component(hass, "intent", {})
    async_expose_entity(hass, conversation.DOMAIN, BUTTON, True)
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_act(hass, "set_alarm", room=BEDROOM, time="07:00", weekdays="daily")
    await async_ring(hass, athena)
    room: Room = athena.runtime_data.room(BEDROOM)
    return room


async def _press(hass: HomeAssistant, context: Context) -> None:
    target = {"entity_id": BUTTON}
    await hass.services.async_call("input_button", "press", target, blocking=True, context=context)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_button_that_a_language_model_presses_ends_no_alarm_and_a_finger_does(
    hass: HomeAssistant, bedroom: Room, hass_admin_user: User
) -> None:
    """The app has the context of its user, whether they speak or press."""
    named = {"name": "Bedside Button"}
    context = Context(user_id=hass_admin_user.id)
    asked = llm.LLMContext(
        platform="test", context=context, language="en", assistant=conversation.DOMAIN, device_id=None
    )
    tools = await llm.async_get_api(hass, llm.LLM_API_ASSIST, asked)
    with async_get_chat_session(hass) as session, conversation.async_get_chat_log(hass, session):
        await tools.async_call_tool(llm.ToolInput(tool_name=f"intent__{intent.INTENT_TURN_ON}", tool_args=named))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not hass.states.is_state(BUTTON, "unknown"), "it was pressed"
    assert "at_0700" in bedroom.ringing
    await _press(hass, Context(user_id=hass_admin_user.id))
    assert not bedroom.ringing


async def test_nor_does_one_that_an_automation_presses_for_a_sentence(hass: HomeAssistant, bedroom: Room) -> None:
    automation = {
        "triggers": [{"trigger": "conversation", "command": ["i am up"]}],
        "actions": [{"action": "script.up"}],
    }
    script = {"up": {"sequence": [{"action": "input_button.press", "target": {"entity_id": BUTTON}}]}}
    assert await async_setup_component(hass, "script", {"script": script})
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()
    agent = "conversation.home_assistant"
    await conversation.async_converse(hass, "I am up", None, Context(), agent_id=agent, language="en")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not hass.states.is_state(BUTTON, "unknown"), "it was pressed"
    assert "at_0700" in bedroom.ringing


async def test_nor_does_one_that_is_pressed_under_what_was_said_to_a_satellite(
    hass: HomeAssistant, bedroom: Room
) -> None:
    spoken = Context()
    hass.states.async_set("assist_satellite.bedroom", "processing", context=spoken)
    await _press(hass, spoken)
    assert "at_0700" in bedroom.ringing


async def test_an_automation_of_a_remote_presses_it_and_ends_the_alarm(hass: HomeAssistant, bedroom: Room) -> None:
    await _press(hass, Context())
    assert not bedroom.ringing
