"""PRD §7, phase 4, line by line, and what the capabilities say: each through the agent, in a real Home Assistant.

What is not a test below is one elsewhere:

Time-aware greetings ("Good morning/evening, Arman"):
    capabilities/test_greetings.py::test_a_greeting_is_by_the_time_of_day
Contextual wake-up ("It's 7 AM. It's Tuesday."):
    capabilities/test_wake_up.py::test_it_is_7_am_it_is_tuesday
Date awareness ("Happy Friday, Arman."):
    capabilities/test_greetings.py::test_happy_friday_arman
Date awareness ("Happy birthday."):
    capabilities/test_greetings.py::test_happy_birthday
"Arvis, status" → "Lights on. Night mode. 11:43 PM.":
    capabilities/test_status.py::test_lights_on_night_mode_11_43_pm
"Arvis, turn on the lamp", "turn off the lamp":
    neighbours/test_kasa.py::test_a_plug_called_lamp_is_the_lamp_where_no_light_is_prd_7
"turn on the record player":
    neighbours/test_kasa.py::test_device_on_off_and_status_by_voice_prd_15
Quiet hours mode: lights only:
    intents/test_room.py::test_quiet_mode_is_acknowledged_once_and_then_nothing_is_said_there
Quiet hours mode: no voice, not in a pipeline either:
    intents/test_quiet.py::test_an_answer_in_quiet_hours_reaches_no_voice
Quiet hours mode: for guests, who go home:
    capabilities/test_quiet_time.py::test_quiet_mode_for_a_time_ends_by_itself
Gradual wake light (LED sunrise):
    neighbours/test_wled_sunrise.py::test_sunrise_runs_on_the_strip_for_as_many_minutes
Morning briefing (weather, calendar on wake):
    capabilities/test_briefing.py::test_after_the_alarm_the_day_is_told_once_a_morning
Focus timer with Pomodoro-style breaks:
    capabilities/test_focus_timer.py::test_four_rounds_with_breaks_the_fourth_a_long_one
Sleep quality log (restful):
    capabilities/test_sleep_log.py::test_a_quiet_night_is_restful
Sleep quality log (restless):
    capabilities/test_sleep_log.py::test_movement_and_visits_make_it_restless
"Arvis, play rain sounds":
    capabilities/test_soundscapes.py::test_play_rain_sounds

And of the rest of the small things:

"how much power does the lamp use?":
    neighbours/test_kasa.py::test_how_much_power_does_the_lamp_use
white noise, wind:
    capabilities/test_soundscapes.py::test_each_is_played
start my playlist:
    capabilities/test_playlists.py::test_start_my_playlist_though_no_speaker_is_active
pause, skip:
    capabilities/test_playlists.py::test_pause_and_skip
a playlist per scene:
    capabilities/test_playlists.py::test_focus_mode_plays_its_playlist_and_goes_on_with_it
"I'm offline.", of the model:
    agent/llm/test_turn.py::test_offline_only_what_needs_the_model_is_refused
"I'm back online.", of the model:
    agent/llm/test_turn.py::test_back_online_after_long_is_said_once
golden shimmer, on the strip itself:
    neighbours/test_wled.py::test_golden_shimmer_plays_on_the_strip_itself_when_somebody_comes_in

And of what goes wrong:

a playlist that does not exist:
    capabilities/test_playlists.py::test_a_playlist_that_does_not_exist
Spotify with no device:
    capabilities/test_playlists.py::test_spotify_with_no_device
a plug that left the network:
    neighbours/test_kasa.py::test_a_plug_that_left_the_network
a calendar entry with markup in its title:
    capabilities/test_briefing.py::test_a_calendar_entry_with_markup_in_its_title_is_said_in_plain_words
a birthday on 29 February:
    capabilities/test_greetings.py::test_somebody_born_on_29_february_is_greeted_on_the_28th
a soundscape asked for twice:
    capabilities/test_soundscapes.py::test_a_soundscape_asked_for_twice_goes_on
a timer of 0 s, or of 100 hours:
    agent/tellings/test_impossible_timers.py::test_a_timer_of_no_time_or_of_100_hours_is_refused_and_logged
a focus timer of no time, or of 100 hours:
    capabilities/test_focus_timer.py::test_a_focus_of_no_time_or_of_100_hours_is_refused_and_logged

A satellite that has no Home Assistant says "I'm offline." and "I'm back online." itself, in
satellite/tests/test_satellite.py::test_woken_while_home_assistant_is_away_and_once_it_is_back.
"""

import asyncio
import re
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.intent import async_register_timer_handler
from homeassistant.components.intent.timers import TimerEventType, TimerInfo
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.commands import AudioSay, Command, WaitCancel, WaitStart

from .clock import BEDROOM, MONDAY_EVENING, async_pass, async_ring, async_set_alarm
from .home import async_move
from .saying import Speaker

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture
def in_the_bedroom(hass: HomeAssistant, athena: MockConfigEntry) -> Speaker:
    """Return somebody who speaks to the bedroom's satellite."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "bedroom")}, suggested_area="Bedroom"
    )
    return Speaker(hass, device.id)


@pytest.fixture
def orders(athena: MockConfigEntry) -> list[Command]:
    """Return what is ordered in the bedroom."""
    orders: list[Command] = []
    athena.runtime_data.async_listen_commands(BEDROOM, lambda command, _context: orders.append(command))
    return orders


def _said(orders: list[Command]) -> list[str]:
    return [order.text for order in orders if isinstance(order, AudioSay)]


@pytest.mark.parametrize("test", re.findall(r"([\w/]+\.py::\w+)", __doc__))
def test_what_stands_in_the_table_is_a_test(test: str) -> None:
    file, _, name = test.partition("::")
    folder = HERE.parents[1] if file.startswith("satellite/") else HERE
    assert re.search(rf"^(?:async )?def {name}\(", (folder / file).read_text("utf-8"), re.MULTILINE)


# ---- "Timer support ("Arvis, set a timer for 10 minutes")"


class Timers:
    """What a satellite is told of its timers."""

    def __init__(self, hass: HomeAssistant, satellite: str) -> None:
        self.told: list[tuple[TimerEventType, int]] = []
        self.rings = asyncio.Event()
        self._hass = hass
        self._satellite = satellite
        async_register_timer_handler(hass, satellite, self._handle)

    def _handle(self, event: TimerEventType, timer: TimerInfo) -> None:
        self.told.append((event, timer.created_seconds))
        if event is TimerEventType.FINISHED:
            self.rings.set()

    async def async_hear(self, words: str) -> str:
        """Say something, and do not wait for what runs in the background: there the timer does."""
        result = await conversation.async_converse(
            self._hass, words, None, Context(), agent_id="conversation.athena", device_id=self._satellite, language="en"
        )
        await self._hass.async_block_till_done()
        return str(result.response.speech["plain"]["speech"])


@pytest.fixture
def timers(hass: HomeAssistant, in_the_bedroom: Speaker) -> Timers:
    """Let the satellite keep timers."""
    assert in_the_bedroom.device is not None
    return Timers(hass, in_the_bedroom.device)


async def test_arvis_set_a_timer_for_10_minutes(timers: Timers) -> None:
    assert await timers.async_hear("Arvis, set a timer for 10 minutes") == "Timer set for 10 minutes."
    assert timers.told == [(TimerEventType.STARTED, 600)]
    assert await timers.async_hear("cancel the timer") == "Timer cancelled."


# ---- "Quiet hours mode (no voice responses, lights only — for guests)", §5.2: "to disable automatic behaviors"


async def test_in_quiet_mode_nothing_is_done_or_said_by_itself_and_lights_obey(
    hass: HomeAssistant, in_the_bedroom: Speaker, orders: list[Command], freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("Arvis, quiet mode") == "Quiet mode."
    await async_pass(hass, freezer, minutes=15)
    orders.clear()
    await async_move(hass, BEDROOM, somebody=True)
    await async_move(hass, BEDROOM, somebody=False)
    await async_pass(hass, freezer, minutes=15)
    done = {order.type for order in orders if not isinstance(order, WaitStart | WaitCancel)}
    assert done == {"room.set_state"}, "it knows who comes and goes, and that is all"
    assert hass.states.is_state("light.bedroom_lamp", "off")
    assert await in_the_bedroom.says("turn on the bedroom lamp") == ""
    assert hass.states.is_state("light.bedroom_lamp", "on")
    assert await in_the_bedroom.says("night mode") == ""
    assert hass.states.is_state("sensor.bedroom_scene", "night")
    assert _said(orders) == []


async def test_in_quiet_mode_an_alarm_rings_and_speaks(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, orders: list[Command]
) -> None:
    await async_set_alarm(hass)
    await in_the_bedroom.says("quiet mode")
    await async_ring(hass, athena)
    assert "Arman, wake up now." in _said(orders)


async def test_in_quiet_mode_a_timer_that_somebody_set_rings(timers: Timers, freezer: FrozenDateTimeFactory) -> None:
    await timers.async_hear("quiet mode")
    assert await timers.async_hear("set a timer for 10 minutes") == ""
    freezer.tick(601)
    await timers.rings.wait()
    assert timers.told == [(TimerEventType.STARTED, 600), (TimerEventType.FINISHED, 600)]
