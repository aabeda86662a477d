"""Alarms that a language model sets and changes: the same as by voice."""

from datetime import date, time
from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm

from custom_components.athena.brain.room import Room
from custom_components.athena.brain.settings import Weekday
from custom_components.athena.const import DOMAIN


async def _use(hass: HomeAssistant, tool: str, **arguments: Any) -> object:
    context = llm.LLMContext(platform="ollama", context=Context(), language="en", assistant=DOMAIN, device_id=None)
    api = await llm.async_get_api(hass, DOMAIN, context)
    result = await api.async_call_tool(
        llm.ToolInput(tool_name=f"athena__{tool}", tool_args={"room": "Bedroom", **arguments})
    )
    return result.data.get("said") or result.data.get("error")


@pytest.mark.parametrize(
    ("arguments", "at", "on", "weekdays"),
    [
        ({"time": "07:30", "day": "tomorrow"}, time(7, 30), date(2026, 1, 6), set()),
        ({"time": "00:15"}, time(0, 15), date(2026, 1, 6), set()),
        ({"time": "12:00"}, time(12), date(2026, 1, 6), set()),
        ({"time": "19:05", "day": "fri"}, time(19, 5), date(2026, 1, 9), set()),
        ({"time": "06:00", "every": ["mon", "fri"]}, time(6), None, {Weekday.MON, Weekday.FRI}),
        ({"time": "06:00", "every": ["tue"]}, time(6), None, {Weekday.TUE}),
    ],
)
async def test_an_alarm_is_set_for_the_very_time_the_model_gives(
    hass: HomeAssistant,
    bedroom: Room,
    arguments: dict[str, Any],
    at: time,
    on: date | None,
    weekdays: set[Weekday],
) -> None:
    assert str(await _use(hass, "SetAlarm", **arguments)).startswith("Alarm set for ")
    (clock,) = bedroom.clocks
    assert (clock.alarm.time, clock.alarm.date, set(clock.alarm.weekdays)) == (at, on, weekdays)


async def test_an_alarm_is_skipped_turned_off_and_deleted(hass: HomeAssistant, bedroom: Room) -> None:
    await _use(hass, "SetAlarm", time="07:00", every=["tue"])
    assert await _use(hass, "ChangeAlarm", change="skip_next") == "Skipping 7 AM tomorrow."
    assert await _use(hass, "ChangeAlarm", change="do_not_skip", time="07:00") == "Alarm set for 7 AM tomorrow."
    assert await _use(hass, "ChangeAlarm", change="turn_off") == "Alarm off."
    assert not bedroom.clocks[0].alarm.enabled
    assert await _use(hass, "ChangeAlarm", change="delete") == "No alarms."  # one that is off is meant by its time only
    assert await _use(hass, "ChangeAlarm", change="delete", time="07:00") == "Alarm off."
    assert not bedroom.clocks


async def test_what_the_model_asks_about_an_alarm_that_is_not_there_is_answered_by_the_persona(
    hass: HomeAssistant, bedroom: Room
) -> None:
    assert await _use(hass, "ChangeAlarm", change="delete", time="05:00") == "No such alarm."
    assert not bedroom.clocks
