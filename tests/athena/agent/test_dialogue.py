"""Athena asks, and what is answered is understood in the light of the question."""

import logging
from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..saying import Speaker, async_settle, call, expose


@pytest.fixture
async def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody who stands nowhere in particular, in a home with two lamps."""
    call(hass, "light.lamp", "Floor Lamp")
    call(hass, "light.bedroom_lamp", "Reading Lamp")
    expose(hass, "lock.front_door")
    await hass.services.async_call("lock", "lock", {"entity_id": "lock.front_door"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    return Speaker(hass)


def _lit(hass: HomeAssistant) -> set[str]:
    return {entity for entity in hass.states.async_entity_ids("light") if hass.states.is_state(entity, "on")}


def _satellite(hass: HomeAssistant, athena: MockConfigEntry) -> str:
    return (
        dr.async_get(hass).async_get_or_create(config_entry_id=athena.entry_id, identifiers={("test", "satellite")}).id
    )


@pytest.mark.parametrize("answer", ["the bedroom one", "Reading lamp", "the reading lamp please"])
async def test_which_lamp_is_asked_and_the_one_that_is_named_comes_on(
    hass: HomeAssistant, speaker: Speaker, answer: str
) -> None:
    assert await speaker.says("turn on the lamp") == "Which one: Reading Lamp or Floor Lamp?"
    assert speaker.is_asked
    assert _lit(hass) == set()
    assert await speaker.says(answer) == "Reading Lamp on."
    assert not speaker.is_asked
    assert _lit(hass) == {"light.bedroom_lamp"}


async def test_both_lamps_are_meant_by_both(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("turn on the lamp")
    await speaker.says("both")
    assert _lit(hass) == {"light.lamp", "light.bedroom_lamp"}


@pytest.mark.parametrize("answer", ["never mind", "no", "Forget it."])
async def test_never_mind_ends_the_question_and_nothing_is_done(
    hass: HomeAssistant, speaker: Speaker, answer: str
) -> None:
    await speaker.says("turn on the lamp")
    assert await speaker.says(answer) == "Understood."
    assert await speaker.says("the first one") == "I didn't catch that."
    assert _lit(hass) == set()


async def test_a_new_command_instead_of_an_answer_takes_the_questions_place(
    hass: HomeAssistant, speaker: Speaker
) -> None:
    await speaker.says("turn on the lamp")
    assert await speaker.says("turn on the kitchen light") == "Kitchen Light on."
    assert await speaker.says("the first one") == "I didn't catch that."
    assert _lit(hass) == {"light.kitchen_light"}


async def test_an_answer_at_the_same_satellite_needs_no_conversation(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker
) -> None:
    speaker.device = _satellite(hass, athena)
    await speaker.says("turn on the lamp")
    speaker.conversation = None
    assert await speaker.says("the bedroom one") == "Reading Lamp on."


async def test_an_answer_from_elsewhere_answers_nothing(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("turn on the lamp")
    assert await Speaker(hass).says("the first one") == "I didn't catch that."
    assert _lit(hass) == set()


async def test_a_question_is_forgotten_after_thirty_seconds(
    hass: HomeAssistant, speaker: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await speaker.says("turn on the lamp")
    freezer.tick(timedelta(seconds=31))
    assert await speaker.says("the first one") == "I didn't catch that."
    await speaker.says("turn everything on")
    freezer.tick(timedelta(seconds=31))
    assert await speaker.says("yes") == "I didn't catch that."
    assert _lit(hass) == set()


async def test_what_was_spoken_of_is_meant_by_it(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("turn on the reading lamp")
    assert await speaker.says("turn it off") == "Reading Lamp off."
    await speaker.says("turn on the kitchen light")
    assert await speaker.says("is the kitchen light on") == "Yes."
    assert await speaker.says("turn it off") == "Kitchen Light off."
    assert _lit(hass) == set()


async def test_what_was_added_is_meant_by_them_together_with_what_was_there_before(
    hass: HomeAssistant, speaker: Speaker
) -> None:
    await speaker.says("turn on the reading lamp")
    await speaker.says("and the kitchen light")
    assert _lit(hass) == {"light.bedroom_lamp", "light.kitchen_light"}
    await speaker.says("turn them off")
    assert _lit(hass) == set()


async def test_what_follows_a_question_is_a_question_and_does_nothing(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("turn on the reading lamp")
    assert await speaker.says("is the reading lamp on") == "Yes."
    assert "off" in await speaker.says("and the kitchen light")
    assert _lit(hass) == {"light.bedroom_lamp"}


# ---- a room


@pytest.mark.parametrize("answer", ["the bedroom", "Bedroom.", "in the bedroom"])
async def test_which_room_is_asked_and_the_scene_runs_in_the_one_that_is_named(
    hass: HomeAssistant, speaker: Speaker, answer: str
) -> None:
    assert await speaker.says("focus mode") == "Say which room."
    assert speaker.is_asked
    assert _lit(hass) == set()
    assert await speaker.says(answer) == "Focus mode."
    assert not speaker.is_asked
    assert _lit(hass) == {"light.bedroom_lamp"}


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("wake me at 7 on weekdays", "I can't tell when you get up. Set it in the app."),
        ("why did the lights come on?", "That wasn't me."),
    ],
)
async def test_what_else_concerns_a_room_is_carried_out_in_the_one_that_is_named(
    speaker: Speaker, said: str, answered: str
) -> None:
    assert await speaker.says(said) == "Say which room."
    assert speaker.is_asked
    assert await speaker.says("the bedroom") == answered


async def test_never_mind_ends_the_question_in_which_room(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("focus mode")
    assert await speaker.says("never mind") == "Understood."
    assert await speaker.says("the bedroom") == "I didn't catch that."
    assert _lit(hass) == set()


async def test_a_new_command_takes_the_place_of_the_question_in_which_room(
    hass: HomeAssistant, speaker: Speaker
) -> None:
    await speaker.says("focus mode")
    assert await speaker.says("turn on the kitchen light") == "Kitchen Light on."
    assert await speaker.says("the bedroom") == "I didn't catch that."
    assert _lit(hass) == {"light.kitchen_light"}


async def test_all_rooms_are_no_room(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("focus mode")
    assert await speaker.says("all of them") == "I didn't catch that."
    assert _lit(hass) == set()


# ---- a yes


async def test_everything_off_is_asked_first_and_done_after_a_yes(hass: HomeAssistant, speaker: Speaker) -> None:
    await speaker.says("turn on the reading lamp")
    assert await speaker.says("turn everything off") == "Everything off. Sure?"
    assert speaker.is_asked
    assert _lit(hass) == {"light.bedroom_lamp"}
    assert "off" in await speaker.says("Yes, please.")
    assert _lit(hass) == set()


@pytest.mark.parametrize("answer", ["no", "cancel that"])
async def test_everything_stays_as_it_is_after_a_no(hass: HomeAssistant, speaker: Speaker, answer: str) -> None:
    await speaker.says("turn on the reading lamp")
    await speaker.says("turn everything off")
    assert await speaker.says(answer) == "Understood."
    assert await speaker.says("yes") == "I didn't catch that."
    assert _lit(hass) == {"light.bedroom_lamp"}


# ---- a PIN


async def test_nothing_is_unlocked_by_voice_where_nobody_has_allowed_it(hass: HomeAssistant, speaker: Speaker) -> None:
    assert await speaker.says("unlock the front door") == "I can't do that."
    assert await speaker.says("yes") == "I didn't catch that."
    assert hass.states.is_state("lock.front_door", "locked")


async def test_what_the_user_allows_is_unlocked_by_voice(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker
) -> None:
    await async_settle(hass, athena, voice_may_open=["lock.front_door"])
    assert await speaker.says("unlock the front door") == "Front Door unlocked."


@pytest.mark.parametrize("said", ["2468", "two four six eight", "It's 2 4 6 8."])
async def test_the_right_pin_unlocks_and_stands_in_no_log(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    await async_settle(hass, athena, voice_pin="2468", record_transcripts=True)
    assert await speaker.says("unlock the front door") == "Your PIN?"
    assert speaker.is_asked
    assert hass.states.is_state("lock.front_door", "locked")
    caplog.clear()
    with caplog.at_level(logging.DEBUG, "custom_components.athena"):
        assert await speaker.says(said) == "Front Door unlocked."
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("custom_components.athena")]
    assert said not in "\n".join(ours)
    assert said not in str(athena.runtime_data.traces.as_list(with_texts=True))
    assert said not in str([trace.as_dict() for trace in async_get_traces()])


async def test_a_yes_is_no_pin(hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker) -> None:
    await async_settle(hass, athena, voice_pin="2468")
    await speaker.says("unlock the front door")
    assert await speaker.says("yes") == "I didn't catch that."
    assert hass.states.is_state("lock.front_door", "locked")


async def test_a_wrong_pin_may_be_said_again_and_three_wrong_ones_lock_the_keypad(
    hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker
) -> None:
    await async_settle(hass, athena, voice_pin="2468")
    await speaker.says("unlock the front door")
    assert await speaker.says("1111") == "Wrong PIN. Once more?"
    assert speaker.is_asked
    assert await speaker.says("2222") == "Wrong PIN. Once more?"
    assert await speaker.says("3333") == "Too many wrong PINs. Try later."
    assert not speaker.is_asked
    assert await speaker.says("2468") == "I didn't catch that."
    assert await speaker.says("unlock the front door") == "Too many wrong PINs. Try later."
    assert hass.states.is_state("lock.front_door", "locked")


async def test_the_second_try_of_a_pin_unlocks(hass: HomeAssistant, athena: MockConfigEntry, speaker: Speaker) -> None:
    await async_settle(hass, athena, voice_pin="2468")
    await speaker.says("unlock the front door")
    await speaker.says("1111")
    assert await speaker.says("2468") == "Front Door unlocked."
