"""A whole turn: what is said to Athena, the model behind her, and what comes of it in the home."""

import pytest
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .scripted import Scripted, never_ends, stays_silent, writes

DARK = "I can hardly find my slippers"
"""Nothing that the deterministic tiers make anything of."""


async def _say(hass: HomeAssistant, text: str) -> str:
    result = await conversation.async_converse(
        hass, text, None, Context(), agent_id="conversation.athena", language="en"
    )
    await hass.async_block_till_done()
    return str(result.response.speech.get("plain", {}).get("speech", ""))


def _is_on(hass: HomeAssistant, entity: str) -> bool:
    state = hass.states.get(entity)
    return state is not None and state.state == "on"


async def test_a_wish_is_done_and_told_from_the_states(hass: HomeAssistant, house: Scripted) -> None:
    house.add(writes("do: turn_on | Bedroom Lamp"))
    assert await _say(hass, DARK) == "Bedroom Lamp on."
    assert _is_on(hass, "light.bedroom_lamp")


async def test_what_the_model_says_by_itself_is_the_answer(hass: HomeAssistant, house: Scripted) -> None:
    house.add(writes("say: Rayleigh scattering.", " Blue light goes astray."))
    assert await _say(hass, "why is the sky blue") == "Rayleigh scattering. Blue light goes astray."


async def test_the_guard_looks_at_what_the_model_wants_too(hass: HomeAssistant, house: Scripted) -> None:
    house.add(writes("do: unlock | Front Door"), writes("do: unlock | Front Door"))
    assert await _say(hass, "let that poor fellow into our place") == "I didn't catch that."
    state = hass.states.get("lock.front_door")
    assert state is None or state.state != "unlocked"


async def test_an_easy_command_never_reaches_the_model(hass: HomeAssistant, house: Scripted) -> None:
    assert await _say(hass, "turn on the bedroom lamp") == "Bedroom Lamp on."
    assert house.bodies == []


async def test_offline_only_what_needs_the_model_is_refused(hass: HomeAssistant, house: Scripted) -> None:
    house.add((503, {}), (503, {}))
    assert await _say(hass, DARK) == "I'm offline."
    assert await _say(hass, "turn on the bedroom lamp") == "Bedroom Lamp on."
    assert _is_on(hass, "light.bedroom_lamp")


async def test_back_online_after_long_is_said_once(
    hass: HomeAssistant, house: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.athena.agent.llm.offline.LONG", 0.0)
    house.add((503, {}))
    assert await _say(hass, DARK) == "I'm offline."
    house.add(writes("say: Air."), writes("say: Air."))
    assert await _say(hass, "why is the sky blue") == "I'm back online. Air."
    assert await _say(hass, "why is the sky blue") == "Air."


async def test_a_model_that_says_nothing_does_not_hold_the_next_command_up(
    hass: HomeAssistant, house: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.athena.agent.llm.client.FIRST_WITHIN", 0.2)
    house.add(stays_silent())
    assert await _say(hass, DARK) == "Something went wrong."
    assert await _say(hass, "turn on the bedroom lamp") == "Bedroom Lamp on."


@pytest.mark.parametrize("piece", ["do: turn_on | Bedroom Lamp\n", "@@@"])
async def test_whatever_it_streams_nothing_is_done_that_is_not_one_clean_answer(
    hass: HomeAssistant, house: Scripted, piece: str
) -> None:
    house.add(never_ends(piece), never_ends(piece))
    assert await _say(hass, DARK) == "I didn't catch that."
    assert not _is_on(hass, "light.bedroom_lamp")


async def test_no_model_hears_a_pin(hass: HomeAssistant, house: Scripted, athena: MockConfigEntry) -> None:
    hass.config_entries.async_update_entry(athena, options={"voice_pin": "97531246"})
    await hass.async_block_till_done()
    house.plays = [writes("say: Paris.")] * 9
    assert await _say(hass, "why is the sky blue") == "Paris."
    asked = len(house.bodies)
    assert await _say(hass, "why is the sky 97531246") in {"I didn't catch that.", "I can't do that."}
    assert len(house.bodies) == asked


@pytest.mark.parametrize(
    "text",
    ["what is the capital of France?", "who was Napoleon?", "so, what's a quark", "Which planet is the largest?"],
)
async def test_a_question_is_never_acted_on(hass: HomeAssistant, house: Scripted, text: str) -> None:
    """Whatever the model makes of it: a deed, or the question which of two things is meant."""
    house.add(writes("do: turn_on | Bedroom Lamp"))
    assert await _say(hass, text) == "I can't do that."
    assert not _is_on(hass, "light.bedroom_lamp")


async def test_a_wish_in_the_words_of_a_question_is_done(hass: HomeAssistant, house: Scripted) -> None:
    house.add(writes("do: turn_on | Bedroom Lamp"))
    assert await _say(hass, "why don't you help me to find my slippers") == "Bedroom Lamp on."
