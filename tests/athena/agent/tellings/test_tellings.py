"""What Athena says of timers, lists, music, the weather and the clock, through the real handlers."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, override
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.intent import async_register_timer_handler
from homeassistant.components.todo import TodoItem, TodoListEntity, TodoListEntityFeature
from homeassistant.components.todo.const import DATA_COMPONENT
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.intent import IntentResponse, IntentResponseErrorCode, IntentResponseType
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.tellings import ALL, BY_INTENT

type Say = Callable[[str], Awaitable[IntentResponse]]

EVENING = datetime(2026, 1, 5, 22, 5, tzinfo=ZoneInfo("US/Pacific"))
"""A Monday, in the time zone of the test's Home Assistant."""


@pytest.fixture
def satellite(hass: HomeAssistant, athena: MockConfigEntry) -> str:
    """Return the id of a device in the kitchen that somebody speaks to."""
    registry = dr.async_get(hass)
    return registry.async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "kitchen")}, suggested_area="Kitchen"
    ).id


@pytest.fixture
def say(hass: HomeAssistant, satellite: str) -> Say:
    """Return what says something to Athena in the kitchen, and returns the response."""

    async def said(text: str) -> IntentResponse:
        result = await conversation.async_converse(
            hass, text, None, Context(), agent_id="conversation.athena", device_id=satellite, language="en"
        )
        await hass.async_block_till_done()  # not the background: there a timer runs
        return result.response

    return said


@pytest.fixture
def timers(hass: HomeAssistant, satellite: str) -> None:
    """Let the satellite keep timers."""
    async_register_timer_handler(hass, satellite, lambda _event, _timer: None)


def _line(response: IntentResponse) -> str:
    return str(response.speech["plain"]["speech"])


@pytest.mark.usefixtures("timers")
async def test_a_timer_from_its_start_to_its_end(say: Say) -> None:
    assert _line(await say("how long is left on the timer")) == "No timers."
    assert _line(await say("set a timer for an hour and five minutes")) == "Timer set for 1 hour and 5 minutes."
    assert _line(await say("add ten minutes to the timer")) == "10 minutes added."
    assert _line(await say("take a minute off the timer")) == "1 minute removed."
    assert _line(await say("pause the timer")) == "Timer paused."
    assert _line(await say("how much time is left")) == "Paused, 1 hour and 14 minutes left."
    assert _line(await say("timer status")) == "Paused, 1 hour and 14 minutes left."
    assert _line(await say("resume the timer")) == "Timer resumed."
    assert _line(await say("cancel the timer")) == "Timer cancelled."
    assert _line(await say("cancel the timer")) == "No such timer."


@pytest.mark.usefixtures("timers")
async def test_timers_have_names(say: Say) -> None:
    assert _line(await say("set a pizza timer for 12 minutes")) == "Pizza timer set for 12 minutes."
    assert _line(await say("remind me to take the bread out in 20 minutes")) == "Timer set for 20 minutes."
    left = _line(await say("what timers are running"))
    assert left.startswith("Pizza: 1")
    assert "Take the bread out: " in left
    assert _line(await say("cancel the soup timer")) == "No such timer."
    assert _line(await say("cancel all timers")) == "2 timers cancelled."


async def test_a_satellite_that_cannot_keep_timers_says_so(say: Say) -> None:
    response = await say("set a timer for ten minutes")
    assert (response.response_type, _line(response)) == (IntentResponseType.ERROR, "I can't do that.")


async def test_something_is_done_later(hass: HomeAssistant, say: Say) -> None:
    assert _line(await say("turn on the bedroom lamp in ten minutes")) == "In 10 minutes."
    assert hass.states.is_state("light.bedroom_lamp", "off"), "not before"


async def test_the_shopping_list(hass: HomeAssistant, say: Say) -> None:
    entry = MockConfigEntry(domain="shopping_list")
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED
    assert _line(await say("add milk to the shopping list")) == "Added milk."
    assert [item["name"] for item in entry.runtime_data.items] == ["milk"]
    assert _line(await say("cross milk off the list")) == "Checked off milk."
    response = await say("cross caviar off the list")
    assert (response.response_type, _line(response)) == (IntentResponseType.ERROR, "That isn't on the list.")


class Chores(TodoListEntity):
    """A list that is kept in memory."""

    _attr_name = "Chores"
    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
    )

    def __init__(self) -> None:
        self._attr_todo_items: list[TodoItem] = []

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        self._attr_todo_items = [*(self.todo_items or ()), replace(item, uid=item.summary)]
        self.async_write_ha_state()

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        self._attr_todo_items = [item if one.uid == item.uid else one for one in self.todo_items or ()]
        self.async_write_ha_state()

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        self._attr_todo_items = [one for one in self.todo_items or () if one.uid not in uids]
        self.async_write_ha_state()


async def test_a_list_with_a_name(hass: HomeAssistant, say: Say) -> None:
    assert await async_setup_component(hass, "todo", {})
    await hass.data[DATA_COMPONENT].async_add_entities([Chores()])
    await _settle(hass)
    assert _line(await say("put clean the windows on the chores list")) == "Added clean the windows."
    assert hass.states.is_state("todo.chores", "1")
    assert _line(await say("tick clean the windows off the list")) == "Checked off clean the windows."
    assert hass.states.is_state("todo.chores", "0")
    assert _line(await say("remove clean the windows from my chores list")) == "Removed clean the windows."
    response = await say("remove clean the windows from my chores list")
    assert (response.response_type, _line(response)) == (IntentResponseType.ERROR, "That isn't on the list.")


@pytest.mark.parametrize(
    ("state", "temperature", "line"),
    [
        ("sunny", 21.4, "Sunny, 21 degrees."),
        ("snowy", -3.0, "Snow, minus 3 degrees."),
        ("rainy", None, "Raining."),
        ("novel", 4.0, "4 degrees."),
        ("unavailable", None, "I can't tell."),
    ],
)
async def test_the_weather(hass: HomeAssistant, say: Say, state: str, temperature: float | None, line: str) -> None:
    assert await async_setup_component(hass, "weather", {})
    attributes: dict[str, Any] = {"friendly_name": "Home", "temperature": temperature, "temperature_unit": "°C"}
    async_expose_entity(hass, conversation.DOMAIN, "weather.home", should_expose=True)
    hass.states.async_set("weather.home", state, attributes)
    await _settle(hass)
    assert _line(await say("what's the weather like")) == line


async def test_the_clock(freezer: FrozenDateTimeFactory, say: Say) -> None:
    freezer.move_to(EVENING)
    assert _line(await say("what time is it")) == "It's 10:05 PM."
    assert _line(await say("what day is it")) == "Monday, January 5."


async def test_an_announcement_that_nobody_hears_is_not_claimed(say: Say) -> None:
    response = await say("announce that dinner is ready")
    assert (response.response_type, _line(response)) == (IntentResponseType.ERROR, "I can't do that.")
    assert response.error_code is IntentResponseErrorCode.FAILED_TO_HANDLE


async def test_small_talk_is_short(say: Say) -> None:
    assert _line(await say("thank you")) == "You're welcome."
    assert _line(await say("who are you")) == "Athena."
    assert _line(await say("never mind")) == "Understood."


def test_no_intent_is_told_twice() -> None:
    assert len(BY_INTENT) == sum(len(telling.intents) for telling in ALL)


async def _settle(hass: HomeAssistant) -> None:
    await hass.async_block_till_done(wait_background_tasks=True)
