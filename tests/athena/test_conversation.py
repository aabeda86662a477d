"""What Athena answers, and does, in a real Home Assistant."""

import asyncio
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import chat_session, intent
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena import capabilities
from custom_components.athena.intents import ALL

from .home import async_move

AGENT = "conversation.athena"


@pytest.fixture
def satellite(hass: HomeAssistant, athena: MockConfigEntry) -> str:
    """Return a device that stands in the living room."""
    return (
        dr.async_get(hass)
        .async_get_or_create(
            config_entry_id=athena.entry_id, identifiers={("test", "satellite")}, suggested_area="Living Room"
        )
        .id
    )


async def _say(hass: HomeAssistant, text: str, device_id: str | None = None) -> str:
    result = await conversation.async_converse(
        hass, text, None, Context(), agent_id=AGENT, device_id=device_id, language="en"
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return str(result.response.speech["plain"]["speech"])


@pytest.mark.parametrize(
    ("said", "entity", "state", "answer"),
    [
        ("turn on the living room lamp", "light.lamp", "on", "Lamp on."),
        ("Turn on the lamp.", "light.lamp", "on", "Lamp on."),
        ("turn on the bedroom lamp", "light.bedroom_lamp", "on", "Bedroom Lamp on."),
        ("open the blinds", "cover.blinds", "open", "Blinds open."),
        ("open the bedroom blinds", "cover.blinds", "open", "Blinds open."),
        ("lights on", "light.ceiling_light", "on", "Lights on."),
        ("Jarvis, turn on the lights", "light.lamp", "on", "Lights on."),
        ("hey Athena turn on the coffee maker", "switch.coffee_maker", "on", "Coffee Maker on."),
    ],
)
async def test_what_home_assistant_recognises_is_done_and_told_by_the_persona(
    hass: HomeAssistant, satellite: str, said: str, entity: str, state: str, answer: str
) -> None:
    before = hass.states.get(entity)
    assert before is not None
    assert before.state != state
    assert await _say(hass, said, satellite) == answer
    after = hass.states.get(entity)
    assert after is not None
    assert after.state == state


async def test_jarvis_turn_off_the_lights_answers_in_the_room_where_it_was_said(
    hass: HomeAssistant, satellite: str
) -> None:
    for light in ("light.lamp", "light.ceiling_light", "light.kitchen_light"):
        await hass.services.async_call("light", "turn_on", {"entity_id": light}, blocking=True)
    assert await _say(hass, "Jarvis, turn off the lights", satellite) == "Lights off."
    lit = {entity for entity in hass.states.async_entity_ids("light") if hass.states.is_state(entity, "on")}
    assert lit == {"light.kitchen_light"}


async def test_two_deeds_in_one_breath_are_done_and_told_one_by_one(hass: HomeAssistant, satellite: str) -> None:
    assert await _say(hass, "open the blinds and turn on the lamp", satellite) == "Blinds open. Lamp on."
    assert hass.states.is_state("cover.blinds", "open")
    assert hass.states.is_state("light.lamp", "on")


async def test_a_question_is_answered_from_the_states(hass: HomeAssistant, satellite: str) -> None:
    assert await _say(hass, "is the lamp on", satellite) == "No."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("xyzzy plugh", "I didn't catch that."),
        ("turn on the dishwasher", "I can't do that."),
        ("what is the weather on mars", "I can't do that."),
    ],
)
async def test_what_cannot_be_done_gets_the_personas_line_and_changes_nothing(
    hass: HomeAssistant, satellite: str, said: str, answer: str
) -> None:
    before = {state.entity_id: state.state for state in hass.states.async_all("light")}
    assert await _say(hass, said, satellite) == answer
    assert {state.entity_id: state.state for state in hass.states.async_all("light")} == before


async def test_a_device_that_fails_gets_something_went_wrong(
    hass: HomeAssistant, satellite: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def _broken(_call: object) -> None:
        raise TimeoutError("the bridge does not answer")

    hass.services.async_register("light", "turn_on", _broken)
    assert await _say(hass, "turn on the lamp", satellite) == "Something went wrong."
    assert "the bridge does not answer" in caplog.text


@pytest.mark.parametrize(
    "said", ["Arvis, focus mode", "focus mode", "switch to work mode please", "hey Jarvis, start focus mode"]
)
async def test_focus_mode_prd_9(hass: HomeAssistant, satellite: str, said: str) -> None:
    assert await _say(hass, said, satellite) == "Focus mode."
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.state == "on"
    assert lamp.attributes["brightness"] == 255
    assert lamp.attributes["color_temp_kelvin"] > 5000
    assert hass.states.is_state("light.kitchen_light", "off")


async def test_night_mode_prd_9(hass: HomeAssistant, satellite: str) -> None:
    assert await _say(hass, "Arvis, night mode", satellite) == "Night mode."
    lamp = hass.states.get("light.lamp")
    assert lamp is not None
    assert lamp.attributes["brightness"] == pytest.approx(0.30 * 255, abs=1)
    assert lamp.attributes["rgb_color"] == (255, 193, 7)


async def test_a_scene_in_a_named_room(hass: HomeAssistant, satellite: str) -> None:
    assert await _say(hass, "night mode in the bedroom", satellite) == "Night mode."
    assert hass.states.is_state("light.bedroom_lamp", "on")
    assert hass.states.is_state("light.lamp", "off")


async def test_a_scene_from_nowhere_asks_for_the_room_unless_one_is_occupied(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    assert await _say(hass, "night mode") == "Say which room."
    await async_move(hass, "bedroom", somebody=True)
    assert await _say(hass, "night mode") == "Night mode."
    lamp = hass.states.get("light.bedroom_lamp")
    assert lamp is not None
    assert lamp.attributes["rgb_color"] == (255, 193, 7)


async def test_a_scene_in_a_room_without_lights_cannot_be_done(
    hass: HomeAssistant, satellite: str, caplog: pytest.LogCaptureFixture
) -> None:
    er.async_get(hass).async_update_entity("light.kitchen_light", area_id="bedroom")
    assert await _say(hass, "focus mode in the kitchen", satellite) == "I can't do that."
    assert "Traceback" not in caplog.text


async def test_why_did_the_lights_come_on(hass: HomeAssistant, satellite: str) -> None:
    assert await _say(hass, "why did the lights come on in the living room?") == "That wasn't me."
    await async_move(hass, "living_room", somebody=True)
    assert (await _say(hass, "why did the lights come on?", satellite)).startswith("You came in at ")
    await _say(hass, "turn off the lights", satellite)
    assert await _say(hass, "why are the lights off", satellite) == "That wasn't me."
    await _say(hass, "focus mode", satellite)
    assert (await _say(hass, "why are the lights on", satellite)).startswith("You asked for focus mode at ")


async def test_an_agent_that_hangs_is_given_up(
    hass: HomeAssistant, satellite: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = asyncio.Event()
    done: list[str] = []

    async def _slow(_call: object) -> None:
        await answers.wait()
        done.append("focus")

    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 0.05)
    hass.services.async_register("light", "turn_on", _slow)
    result = await conversation.async_converse(
        hass, "focus mode", None, Context(), agent_id=AGENT, device_id=satellite, language="en"
    )
    assert result.response.speech["plain"]["speech"] == "Something went wrong."
    assert "No answer to what was said" in caplog.text
    assert done == []
    answers.set()  # what was begun is not torn down half way
    await hass.async_block_till_done(wait_background_tasks=True)
    assert done == ["focus"]


@pytest.mark.parametrize("fails", [True, False])
async def test_what_comes_after_the_deadline_is_not_in_the_chat_log_and_its_fault_is_logged_once(
    hass: HomeAssistant,
    satellite: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    fails: bool,
) -> None:
    answers = asyncio.Event()
    handle = intent.async_handle

    async def handle_late(*given: Any, **named: Any) -> intent.IntentResponse:
        await answers.wait()
        if fails:
            raise ZeroDivisionError("half a metre of cable")
        return await handle(*given, **named)

    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 0.05)
    monkeypatch.setattr(intent, "async_handle", handle_late)
    with (
        chat_session.async_get_chat_session(hass, None) as session,
        conversation.async_get_chat_log(hass, session) as chat_log,
    ):
        await conversation.async_converse(
            hass, "focus mode", session.conversation_id, Context(), agent_id=AGENT, device_id=satellite, language="en"
        )
        answers.set()
        await hass.async_block_till_done(wait_background_tasks=True)
    written = [content.as_dict() for content in chat_log.content[1:]]
    assert [(content["role"], content["content"]) for content in written] == [
        ("user", "focus mode"),
        ("assistant", "Something went wrong."),
    ]
    assert caplog.text.count("What was asked has failed after its deadline") == fails
    assert caplog.text.count("Traceback") == fails
    assert hass.states.is_state("light.lamp", "off" if fails else "on"), "a deed is not torn down half way"


async def test_a_deed_that_takes_longer_than_the_deadline_is_done_and_not_told(
    hass: HomeAssistant, satellite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = asyncio.Event()

    async def slow(call: ServiceCall) -> None:
        await answers.wait()
        hass.states.async_set(call.data["entity_id"][0], "on")

    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 0.5)
    hass.services.async_register("light", "turn_on", slow)
    with (
        chat_session.async_get_chat_session(hass, None) as session,
        conversation.async_get_chat_log(hass, session) as chat_log,
    ):
        await conversation.async_converse(
            hass,
            "turn on the lamp",
            session.conversation_id,
            Context(),
            agent_id=AGENT,
            device_id=satellite,
            language="en",
        )
        answers.set()
        await hass.async_block_till_done(wait_background_tasks=True)
    written = [content.as_dict() for content in chat_log.content[1:]]
    assert [content["content"] for content in written] == ["turn on the lamp", "Something went wrong."]
    assert hass.states.is_state("light.lamp", "on"), "a deed is not torn down half way"


async def test_a_house_that_is_put_to_rest_answers_at_once(
    hass: HomeAssistant, athena: MockConfigEntry, satellite: str
) -> None:
    asked = asyncio.Event()

    async def hang(_call: object) -> None:
        asked.set()
        await asyncio.Event().wait()

    hass.services.async_register("light", "turn_on", hang)
    turn = hass.async_create_task(
        conversation.async_converse(
            hass, "turn on the lamp", None, Context(), agent_id=AGENT, device_id=satellite, language="en"
        )
    )
    await asked.wait()
    assert await hass.config_entries.async_unload(athena.entry_id)
    result = await turn
    assert result.response.speech["plain"]["speech"] == "Something went wrong."


async def test_the_intents_are_gone_after_unload_and_there_again_after_reload(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    def ours() -> set[str]:
        return {handler.intent_type for handler in intent.async_get(hass) if handler.intent_type.startswith("Athena")}

    wished = {name for one in capabilities.ALL for name in one.sentences}
    assert ours() == {handler.intent_type for handler in ALL} | wished
    await hass.config_entries.async_unload(athena.entry_id)
    assert ours() == set()
    await hass.config_entries.async_setup(athena.entry_id)
    assert ours() == {handler.intent_type for handler in ALL} | wished


async def test_athenas_own_intents_are_in_the_chat_log(hass: HomeAssistant, satellite: str) -> None:
    with (
        chat_session.async_get_chat_session(hass, None) as session,
        conversation.async_get_chat_log(hass, session) as chat_log,
    ):
        await conversation.async_converse(
            hass, "focus mode", session.conversation_id, Context(), agent_id=AGENT, device_id=satellite, language="en"
        )
    written = [content.as_dict() for content in chat_log.content[1:]]
    assert [content["role"] for content in written] == ["user", "assistant", "tool_result", "assistant"]
    assert written[1]["tool_calls"][0].tool_name == "AthenaSetScene"
    assert written[2]["tool_name"] == "AthenaSetScene"
    assert written[3]["content"] == "Focus mode."


async def test_home_assistants_agent_is_warm_before_the_first_word_is_understood(
    hass: HomeAssistant, satellite: str
) -> None:
    agent = conversation.async_get_agent(hass, AGENT)
    builtin = conversation.async_get_agent(hass)
    assert agent is not None
    assert isinstance(builtin, DefaultAgent)
    await agent.async_prepare("en")
    assert "en" in builtin._lang_intents
