"""A timer of no time, or of more than a day: a line, a log entry, and Home Assistant has never heard of it."""

import logging

import pytest
from homeassistant.components import conversation
from homeassistant.components.intent import async_register_timer_handler
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.components.intent.timers import TimerEventType, TimerInfo
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.intent import IntentResponseType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ...saying import Speaker

NO_TIME = "A timer needs some time."
TOO_LONG = "A timer runs for a day at most."

OF_NO_TIME = (
    "set a timer for 0 seconds",
    "set a timer for zero minutes",
    "a timer for 0 minutes, please",
    "set a pizza timer for 0 minutes",
    "zero second timer",
    "set a timer for -5 minutes",
    "set a timer for minus five minutes",
    "remind me in 0 minutes to call mum",
)
OF_100_HOURS = (
    "set a timer for 100 hours",
    "set a timer for a hundred hours",
    "set a timer for forty-eight hours",
    "100 hour timer",
    "set a timer for 25 hours",
    "set a pizza timer for 2000 minutes",
    "set a timer for 99999999 seconds",
    "set a timer for ten days",
    "a timer for ten years",
    "remind me to call mum in three weeks",
    "remind me in 2 days to call mum",
)


@pytest.fixture
def speaker(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody in the kitchen, at a satellite that keeps timers."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "kitchen")}, suggested_area="Kitchen"
    )
    return Speaker(hass, device.id)


@pytest.fixture
def told(hass: HomeAssistant, speaker: Speaker) -> list[tuple[TimerEventType, int]]:
    """Return what the satellite is told of its timers."""
    told: list[tuple[TimerEventType, int]] = []

    def handle(event: TimerEventType, timer: TimerInfo) -> None:
        told.append((event, timer.seconds))

    assert speaker.device is not None
    async_register_timer_handler(hass, speaker.device, handle)
    return told


@pytest.mark.parametrize(("lengths", "line"), [(OF_NO_TIME, NO_TIME), (OF_100_HOURS, TOO_LONG)], ids=["0 s", "100 h"])
async def test_a_timer_of_no_time_or_of_100_hours_is_refused_and_logged(
    hass: HomeAssistant,
    speaker: Speaker,
    told: list[tuple[TimerEventType, int]],
    lengths: tuple[str, ...],
    line: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for words in lengths:
        caplog.clear()
        assert (words, await speaker.says(words)) == (words, line)
        assert _is_refused(speaker)
        assert "Not done: a timer of " in caplog.text
    assert told == []
    assert not hass.data[TIMER_DATA].timers


async def test_what_home_assistants_own_sentences_read_is_refused_as_well(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    speaker: Speaker,
    told: list[tuple[TimerEventType, int]],
) -> None:
    assert await speaker.says("set a timer for 60 hours and 5 minutes") == TOO_LONG
    assert athena.runtime_data.traces.as_list(with_texts=False)[-1]["tier"] == "home_assistant"
    assert told == []


async def test_after_a_refusal_the_next_timer_is_set(
    hass: HomeAssistant, speaker: Speaker, told: list[tuple[TimerEventType, int]]
) -> None:
    assert await speaker.says("set a timer for 0 seconds") == NO_TIME
    assert not speaker.is_asked
    await _says(hass, speaker, "set a timer for a day")
    assert told == [(TimerEventType.STARTED, 24 * 3600)]


async def test_no_timer_is_made_longer_by_more_than_a_day(
    hass: HomeAssistant, speaker: Speaker, told: list[tuple[TimerEventType, int]]
) -> None:
    await _says(hass, speaker, "set a timer for 10 minutes")
    assert await _says(hass, speaker, "add forty-eight hours to the timer") == TOO_LONG
    assert told == [(TimerEventType.STARTED, 600)]


async def test_nothing_is_done_in_100_hours_either(
    hass: HomeAssistant, speaker: Speaker, told: list[tuple[TimerEventType, int]]
) -> None:
    assert await _says(hass, speaker, "turn off the bedroom lamp in 48 hours") == TOO_LONG
    assert not hass.data[TIMER_DATA].timers


def _is_refused(speaker: Speaker) -> bool:
    return speaker.last is not None and speaker.last.response.response_type is IntentResponseType.ERROR


async def _says(hass: HomeAssistant, speaker: Speaker, words: str) -> str:
    """Say something while a timer runs: that is in the background, where nobody may wait for it."""
    found = await conversation.async_converse(
        hass, words, None, Context(), agent_id="conversation.athena", device_id=speaker.device, language="en"
    )
    await hass.async_block_till_done()
    return str(found.response.speech["plain"]["speech"])
