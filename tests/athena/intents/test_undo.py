"""Undo that."""

from collections.abc import Awaitable, Callable

import pytest
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.guard.risk import CONF_ALLOWED
from custom_components.athena.outputs.deeds.undo import KEPT_FOR, Undo

type Say = Callable[..., Awaitable[str]]


@pytest.fixture
def say(hass: HomeAssistant, athena: MockConfigEntry) -> Say:
    """Return what says something in a room, and returns the answer; the front door may be spoken of."""
    async_expose_entity(hass, conversation.DOMAIN, "lock.front_door", should_expose=True)

    async def said(text: str, where: str = "Living Room") -> str:
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=athena.entry_id, identifiers={("test", where)}, suggested_area=where
        )
        result = await conversation.async_converse(
            hass, text, None, Context(), agent_id="conversation.athena", device_id=device.id, language="en"
        )
        await hass.async_block_till_done(wait_background_tasks=True)
        return str(result.response.speech["plain"]["speech"])

    return said


async def test_what_was_done_last_is_put_back(hass: HomeAssistant, say: Say) -> None:
    assert await say("turn on the lamp") == "Lamp on."
    assert await say("undo that") == "Lamp off."
    assert hass.states.is_state("light.lamp", "off")
    assert await say("undo that") == "Nothing to undo."


async def test_what_nobody_asked_for_is_not_undone(hass: HomeAssistant, say: Say) -> None:
    assert await say("undo that") == "Nothing to undo."


async def test_who_speaks_elsewhere_undoes_nothing_of_mine(hass: HomeAssistant, say: Say) -> None:
    await say("turn on the lamp")
    assert await say("undo that", "Bedroom") == "Nothing to undo."
    assert hass.states.is_state("light.lamp", "on")


async def test_a_question_in_between_leaves_it_as_it_was(hass: HomeAssistant, say: Say) -> None:
    await say("turn on the lamp")
    await say("what time is it")
    assert await say("put it back") == "Lamp off."


async def test_undoing_a_lock_would_unlock_and_is_refused(hass: HomeAssistant, say: Say) -> None:
    await hass.services.async_call("lock", "unlock", {"entity_id": "lock.front_door"}, blocking=True)
    assert await say("lock the front door") == "Front Door locked."
    assert await say("undo that") == "I can't do that."
    assert hass.states.is_state("lock.front_door", "locked")


async def test_undoing_a_lock_that_may_be_opened_by_voice_opens_it(
    hass: HomeAssistant, athena: MockConfigEntry, say: Say
) -> None:
    hass.config_entries.async_update_entry(athena, options={**athena.options, CONF_ALLOWED: ["lock.front_door"]})
    await hass.async_block_till_done()
    await hass.services.async_call("lock", "unlock", {"entity_id": "lock.front_door"}, blocking=True)
    assert await say("lock the front door") == "Front Door locked."
    assert await say("undo that") == "Front Door unlocked."


async def test_what_is_as_it_was_is_left_alone(hass: HomeAssistant, say: Say) -> None:
    await say("turn on the lamp")
    await hass.services.async_call("light", "turn_off", {"entity_id": "light.lamp"}, blocking=True)
    assert await say("undo that") == "Nothing to undo."


def test_nobody_undoes_what_was_done_ten_minutes_ago(hass: HomeAssistant) -> None:
    now = [0.0]
    undo = Undo(lambda: now[0])
    undo.keep("kitchen", {})
    now[0] = KEPT_FOR
    assert undo.deeds(hass, "kitchen") == ()
    now[0] = KEPT_FOR + 1
    assert undo.deeds(hass, "kitchen") is None


def test_the_memory_of_what_was_is_bounded(hass: HomeAssistant) -> None:
    undo = Undo()
    for number in range(100):
        undo.keep(str(number), {})
    assert undo.deeds(hass, "99") == ()
    assert undo.deeds(hass, "0") is None
