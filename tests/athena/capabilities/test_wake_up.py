"""PRD §7: "It's 7 AM. It's Tuesday.", after "Good morning, Arman."."""

import asyncio
from datetime import datetime, timedelta
from typing import override
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.assist_pipeline import PipelineEvent
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.assist_satellite.const import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import AlarmDismissed, AlarmTrigger

from ..clock import BEDROOM, async_act, async_pass
from ..home import async_move
from ..saying import Speaker, async_settle
from .conftest import hear
from .waking import SEVEN_ON_TUESDAY, Sleeper

RING = "Arman, wake up now."
GOOD_MORNING = "Good morning, Arman."


class Loudspeaker(AssistSatelliteEntity):
    """A satellite that takes a while for every line, and has no voice of its own."""

    _attr_name = "Bedside"
    _attr_unique_id = "bedside"
    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE

    def __init__(self) -> None:
        self.heard: list[str] = []

    @override
    async def _resolve_announcement_media_id(
        self, message: str, media_id: str | None, preannounce_media_id: str | None = None
    ) -> AssistSatelliteAnnouncement:
        return AssistSatelliteAnnouncement(
            message=message, media_id="", original_media_id="", tts_token=None, media_id_source="url"
        )

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        self.heard.append(announcement.message)

    @override
    def on_pipeline_event(self, event: PipelineEvent) -> None:
        raise AssertionError("nobody speaks to it")

    @override
    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        return AssistSatelliteConfiguration(available_wake_words=[], active_wake_words=[], max_active_wake_words=0)

    @override
    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        raise AssertionError("nobody sets it")


@pytest.fixture(autouse=True)
def _night(freezer: FrozenDateTimeFactory) -> None:
    """Let it be night before anything is set up."""
    freezer.move_to(SEVEN_ON_TUESDAY - timedelta(hours=1))


@pytest.fixture
def sleeper(hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory) -> Sleeper:
    """Return somebody who sleeps in the bedroom."""
    return Sleeper(hass, athena, freezer)


def _after_the_alarm(aloud: list[str]) -> list[str]:
    return aloud[aloud.index(GOOD_MORNING) :] if GOOD_MORNING in aloud else []


async def _is_up_at_seven(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, sleeper: Sleeper
) -> None:
    """Sleep, get up eight minutes too soon, and be about when an alarm would ring."""
    await sleeper.async_lies_down()
    await async_act(hass, "set_room_state", room=BEDROOM, state="sleep")
    await async_pass(hass, freezer, minutes=52)
    await sleeper.async_gets_up(seconds=0)
    await async_pass(hass, freezer, minutes=8)
    athena.runtime_data.handle(AlarmTrigger(room=BEDROOM, at=dt_util.utcnow(), source="test", alarm="app"))
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_it_is_7_am_it_is_tuesday(sleeper: Sleeper, aloud: list[str]) -> None:
    await sleeper.async_is_woken()
    assert _after_the_alarm(aloud) == [], "nothing before somebody is up"
    await sleeper.async_gets_up()
    assert RING in aloud
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7 AM. It's Tuesday."]


async def test_on_a_satellite_the_lines_are_heard_one_after_the_other_and_none_is_lost(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, sleeper: Sleeper
) -> None:
    await async_settle(hass, athena, greetings={"birthday": "11-24"})
    assert await async_setup_component(hass, "assist_satellite", {})
    satellite = Loudspeaker()
    await hass.data[DATA_COMPONENT].async_add_entities([satellite])
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id=BEDROOM)
    await _is_up_at_seven(hass, athena, freezer, sleeper)
    assert satellite.heard == [GOOD_MORNING, "It's 7 AM. It's Tuesday.", "Happy birthday, Arman."]


async def test_at_a_minute_the_minute_is_said(sleeper: Sleeper, aloud: list[str]) -> None:
    await sleeper.async_is_woken()
    await sleeper.async_gets_up(seconds=80)
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7:01 AM. It's Tuesday."]


async def test_back_in_bed_it_rings_again_and_only_the_time_is_told_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, sleeper: Sleeper, aloud: list[str]
) -> None:
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    await async_pass(hass, freezer, minutes=5)
    await sleeper.async_lies_down()
    aloud.clear()
    await async_pass(hass, freezer, minutes=1)
    assert aloud == [RING]
    await sleeper.async_gets_up(seconds=120)
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7:08 AM."]


async def test_on_friday_the_day_is_greeted_to_who_gets_up_and_not_to_who_comes_in_later(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, sleeper: Sleeper, aloud: list[str]
) -> None:
    await sleeper.async_is_woken(SEVEN_ON_TUESDAY + timedelta(days=3))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7 AM. It's Friday.", "Happy Friday, Arman."]
    await async_pass(hass, freezer, hours=1)
    aloud.clear()
    await async_move(hass, BEDROOM, somebody=True)
    assert aloud == ["Welcome back, Arman."]


async def test_on_the_birthday_it_is_wished_to_who_gets_up(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper
) -> None:
    await async_settle(hass, athena, greetings={"birthday": "11-24"})
    aloud = hear(athena)
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7 AM. It's Tuesday.", "Happy birthday, Arman."]


async def test_the_stop_in_the_app_is_an_end_as_well(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, aloud: list[str]
) -> None:
    await sleeper.async_is_woken()
    await async_act(hass, "stop_alarm", room=BEDROOM, confirmation=True)
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7 AM. It's Tuesday."]


async def test_who_is_up_already_at_the_hour_is_told_once(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    sleeper: Sleeper,
    aloud: list[str],
) -> None:
    await _is_up_at_seven(hass, athena, freezer, sleeper)
    assert aloud == [GOOD_MORNING, "It's 7 AM. It's Tuesday."], "nothing in the night, before the hour"


async def test_who_sleeps_in_without_an_alarm_is_told_as_well(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, sleeper: Sleeper, aloud: list[str]
) -> None:
    await sleeper.async_lies_down()
    await async_act(hass, "set_room_state", room=BEDROOM, state="sleep")
    freezer.move_to(SEVEN_ON_TUESDAY.replace(hour=10))
    await sleeper.async_gets_up(seconds=45)
    assert aloud == [GOOD_MORNING, "It's 10 AM. It's Tuesday."]


async def test_after_a_nap_only_the_time_is_told(sleeper: Sleeper, aloud: list[str]) -> None:
    await sleeper.async_is_woken(SEVEN_ON_TUESDAY.replace(hour=15))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud)[1:] == ["It's 3 PM."]


async def test_at_three_in_the_night_only_the_time_is_told(sleeper: Sleeper, aloud: list[str]) -> None:
    await sleeper.async_is_woken(SEVEN_ON_TUESDAY.replace(day=25, hour=3))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud)[1:] == ["It's 3 AM."]


async def test_in_quiet_hours_the_alarms_own_line_is_all(
    in_the_bedroom: Speaker, sleeper: Sleeper, aloud: list[str]
) -> None:
    await in_the_bedroom.says("quiet mode")
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING]


async def test_two_rooms_that_wake_at_the_same_time_are_each_told_the_time(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    elsewhere = Sleeper(hass, athena, freezer, "living_room")
    there: list[str] = []
    athena.runtime_data.async_listen_commands("living_room", lambda told, _: there.append(getattr(told, "text", "")))
    friday = SEVEN_ON_TUESDAY + timedelta(days=3)
    await sleeper.async_is_woken(friday)
    await elsewhere.async_is_woken(friday)
    now = dt_util.utcnow()
    for room in (BEDROOM, "living_room"):
        athena.runtime_data.handle(AlarmDismissed(room=room, at=now, source="test"))
    await hass.async_block_till_done(wait_background_tasks=True)
    both = [*_after_the_alarm(aloud), *filter(None, there)]
    assert both.count("It's 7 AM. It's Friday.") == 2
    assert both.count("Happy Friday, Arman.") == 1


async def test_where_somebody_else_sleeps_on_nothing_more_is_said(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    bedroom = next(one for one in athena.subentries.values() if one.unique_id == BEDROOM)
    hass.config_entries.async_update_subentry(athena, bedroom, data={"shared_bed": True})
    await hass.async_block_till_done()
    aloud = hear(athena)
    left = Sleeper(hass, athena, freezer, side="left")
    await Sleeper(hass, athena, freezer, side="right").async_lies_down()
    await left.async_is_woken()
    await left.async_gets_up(seconds=80)
    assert athena.runtime_data.room(BEDROOM).sleeping
    assert _after_the_alarm(aloud) == [GOOD_MORNING]


async def test_after_a_restart_in_between_the_day_is_not_told_twice(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, sleeper: Sleeper
) -> None:
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    aloud = hear(athena)
    await sleeper.async_is_woken(datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("US/Pacific")))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7:30 AM."]
