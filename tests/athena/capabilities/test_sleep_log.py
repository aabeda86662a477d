"""PRD §7: "motion tracking → restful/restless": a night in a real Home Assistant, asked about and looked at."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.image import async_get_image
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.const import (
    CONF_BED_LEFT,
    CONF_BED_RIGHT,
    CONF_BED_SENSORS,
    CONF_POSTURE,
)
from custom_components.athena.diagnostics import async_get_config_entry_diagnostics

from ..clock import async_act, async_pass, async_set_alarm
from ..home import async_move
from ..saying import Speaker

ZONE = ZoneInfo("US/Pacific")
MAT = "binary_sensor.mat"
CAMERA = "sensor.posture"
EVENING = datetime(2026, 11, 19, 22, 0, tzinfo=ZONE)

type Rooms = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(EVENING)


@pytest.fixture
def rooms() -> Rooms:
    """Return what the rooms are made of: the bedroom has a mat."""
    return {"bedroom": {CONF_BED_SENSORS: [MAT]}}


@pytest.fixture
def sleeper(hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory) -> Sleeper:
    """Return somebody who is about to go to bed."""
    return Sleeper(hass, freezer)


class Sleeper:
    """Somebody in bed, as the mat feels them."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self._hass = hass
        self._freezer = freezer

    async def feels(self, *, somebody: bool, sensor: str = MAT) -> None:
        self._hass.states.async_set(sensor, "on" if somebody else "off")
        await self._hass.async_block_till_done(wait_background_tasks=True)

    async def until(self, wall: datetime) -> None:
        """Let time pass until then."""
        await async_pass(self._hass, self._freezer, seconds=(wall - datetime.now(ZONE)).total_seconds())

    async def falls_asleep(self, wall: datetime) -> None:
        """Be asleep from then on."""
        await self.until(wall)
        await self.feels(somebody=False)
        await self.feels(somebody=True)
        await async_act(self._hass, "set_room_state", room="bedroom", state="sleep")

    async def moves(self, *walls: datetime, sensor: str = MAT) -> None:
        """Turn over: the mat lets go for a few seconds."""
        for wall in walls:
            await self.until(wall)
            await self.feels(somebody=False, sensor=sensor)
            await async_pass(self._hass, self._freezer, seconds=5)
            await self.feels(somebody=True, sensor=sensor)

    async def gets_up(self, wall: datetime) -> None:
        """Leave the bed in the night, before two witnesses."""
        await self.until(wall)
        await self.feels(somebody=False)
        await async_move(self._hass, "bedroom", somebody=True)
        await async_pass(self._hass, self._freezer, seconds=60)
        await async_move(self._hass, "bedroom", somebody=False)

    async def wakes(self, wall: datetime) -> None:
        """Get up."""
        await self.until(wall)
        await async_act(self._hass, "set_room_state", room="bedroom", state="occupied")

    async def sleeps(self, *, every: int, begin: datetime | None = None, end: datetime | None = None) -> None:
        """Sleep from 23:00 to 6:40, and turn over every so many minutes."""
        begin, end = begin or EVENING.replace(hour=23), end or EVENING.replace(day=20, hour=6, minute=40)
        await self.falls_asleep(begin)
        moments = range(30, int((end - begin).total_seconds() // 60), every)
        await self.moves(*(begin + timedelta(minutes=minute) for minute in moments))
        await self.wakes(end)


def _state(hass: HomeAssistant, entity: str) -> State:
    state = hass.states.get(entity)
    assert state is not None
    return state


async def test_a_quiet_night_is_restful(hass: HomeAssistant, sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    assert hass.states.is_state("sensor.bedroom_sleep", "unknown")
    assert await in_the_bedroom.says("how did I sleep") == "I don't know."
    await sleeper.sleeps(every=60)
    assert await in_the_bedroom.says("how did I sleep") == "Restful. 7 hours and 40 minutes."
    assert await in_the_bedroom.says("when did I fall asleep") == "11 PM."
    assert await in_the_bedroom.says("how long did I sleep") == "7 hours and 40 minutes."
    assert await in_the_bedroom.says("when did I wake up") == "6:40 AM."
    state = _state(hass, "sensor.bedroom_sleep")
    assert state.state == "restful"
    shown = {key: value for key, value in state.attributes.items() if key not in ("friendly_name", "options", "epochs")}
    assert shown == {
        "device_class": "enum",
        "asleep_at": "2026-11-20T07:00:00+00:00",
        "woke_at": "2026-11-20T14:40:00+00:00",
        "by_alarm": False,
        "minutes_asleep": 460,
        "movements": 8,
        "visits": 0,
        "restless_share": 1.7,
        "unknown_share": 0.0,
    }
    assert len(state.attributes["epochs"]) == 92
    asleep = _state(hass, "sensor.bedroom_time_asleep")
    assert float(asleep.state) == pytest.approx(460 / 60, abs=0.01)
    assert asleep.attributes["unit_of_measurement"] == UnitOfTime.HOURS
    assert asleep.attributes["state_class"] == "measurement", "Home Assistant keeps its statistics for ever"


async def test_movement_and_visits_make_it_restless(sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    begin = EVENING.replace(hour=23)
    await sleeper.falls_asleep(begin)
    await sleeper.moves(*(begin + timedelta(minutes=minute) for minute in range(20, 180, 3)))
    for minute in (200, 300):
        await sleeper.gets_up(begin + timedelta(minutes=minute))
        await sleeper.until(begin + timedelta(minutes=minute + 5))
        await sleeper.feels(somebody=True)
    await sleeper.moves(*(begin + timedelta(minutes=minute) for minute in range(310, 370, 3)))
    await sleeper.wakes(begin + timedelta(minutes=380))
    assert await in_the_bedroom.says("how did I sleep") == "Restless. 6 hours 10 minutes, 2 visits."


async def test_without_a_verdict_only_the_time_is_told(sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    await sleeper.falls_asleep(EVENING.replace(hour=23))
    await sleeper.wakes(EVENING.replace(day=20, hour=6, minute=40))
    assert await in_the_bedroom.says("how did I sleep") == "7 hours and 40 minutes."


async def test_from_a_room_without_a_bed_the_one_with_a_bed_is_meant(sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    in_the_bedroom.device = None
    await sleeper.sleeps(every=60)
    assert await in_the_bedroom.says("how did I sleep") == "Restful. 7 hours and 40 minutes."
    assert await in_the_bedroom.says("how did I sleep in the kitchen") == "Restful. 7 hours and 40 minutes."


@pytest.mark.parametrize("rooms", [{}])
async def test_where_nothing_watches_a_bed_there_is_no_log(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker
) -> None:
    assert await in_the_bedroom.says("how did I sleep") == "I don't know."
    assert hass.states.get("sensor.bedroom_sleep") is None
    assert hass.states.async_entity_ids("image") == []


@pytest.mark.parametrize("rooms", [{"bedroom": {CONF_BED_SENSORS: [MAT]}, "living_room": {CONF_POSTURE: CAMERA}}])
async def test_of_two_beds_the_one_of_the_room_is_meant(
    hass: HomeAssistant, sleeper: Sleeper, in_the_bedroom: Speaker
) -> None:
    await sleeper.sleeps(every=60)
    assert await in_the_bedroom.says("how did I sleep") == "Restful. 7 hours and 40 minutes."
    assert await in_the_bedroom.says("how did I sleep in the living room") == "I don't know."
    in_the_bedroom.device = None
    await async_act(hass, "set_room_state", room="bedroom", state="empty")
    assert await in_the_bedroom.says("how did I sleep") == "Say which room."
    assert hass.states.is_state("sensor.living_room_sleep", "unknown")


@pytest.mark.parametrize("rooms", [{"bedroom": {CONF_BED_LEFT: [MAT], CONF_BED_RIGHT: ["binary_sensor.partner"]}}])
async def test_what_the_other_side_of_the_bed_feels_is_somebody_elses(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper
) -> None:
    hass.config_entries.async_update_entry(athena, options={"sleep_log": {"side": "left"}})
    await hass.async_block_till_done(wait_background_tasks=True)
    begin = EVENING.replace(hour=23)
    await sleeper.feels(somebody=True, sensor="binary_sensor.partner")
    await sleeper.falls_asleep(begin)
    await sleeper.moves(begin + timedelta(minutes=30))
    partner = (begin + timedelta(minutes=minute) for minute in range(40, 200, 4))
    await sleeper.moves(*partner, sensor="binary_sensor.partner")
    await sleeper.wakes(begin + timedelta(minutes=400))
    assert _state(hass, "sensor.bedroom_sleep").attributes["movements"] == 1


async def test_a_restart_in_the_night_does_not_end_it(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, hass_storage: dict[str, Any]
) -> None:
    begin = EVENING.replace(hour=23)
    await sleeper.falls_asleep(begin)
    await sleeper.moves(begin + timedelta(minutes=60))
    await hass.config_entries.async_unload(athena.entry_id)
    stored = hass_storage["athena.companion"]["data"]["sleep_log"]
    assert list(stored) == ["bedroom"]
    await sleeper.until(begin + timedelta(minutes=90))
    await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await sleeper.moves(begin + timedelta(minutes=120))
    await sleeper.wakes(begin + timedelta(minutes=400))
    attributes = _state(hass, "sensor.bedroom_sleep").attributes
    assert (attributes["minutes_asleep"], attributes["movements"]) == (400, 2)
    assert 0 < attributes["unknown_share"] < 10, "what happened meanwhile is not known"


async def test_a_night_outlives_a_restart(hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper) -> None:
    await sleeper.sleeps(every=60)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.is_state("sensor.bedroom_sleep", "restful")


async def test_who_got_up_while_athena_was_gone_woke_when_she_last_heard_of_them(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, hass_storage: dict[str, Any]
) -> None:
    begin = EVENING.replace(hour=23)
    await sleeper.falls_asleep(begin)
    await sleeper.moves(begin + timedelta(minutes=60), begin + timedelta(minutes=300))
    await hass.config_entries.async_unload(athena.entry_id)
    hass_storage["athena"]["data"]["rooms"]["bedroom"]["state"] = "OCCUPIED"
    await sleeper.until(begin + timedelta(minutes=600))
    await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass, "sensor.bedroom_sleep").attributes["minutes_asleep"] == 300


async def test_what_cannot_be_read_is_forgotten(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, hass_storage: dict[str, Any]
) -> None:
    await hass.config_entries.async_unload(athena.entry_id)
    hass_storage["athena.companion"]["data"]["sleep_log"] = {"bedroom": {"nights": [{"begin": "soon"}], "now": {}}}
    await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await sleeper.sleeps(every=60)
    assert hass.states.is_state("sensor.bedroom_sleep", "restful")


async def test_nights_are_deleted_with_their_room(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper, hass_storage: dict[str, Any]
) -> None:
    await sleeper.sleeps(every=60)
    bedroom = next(one for one in athena.subentries.values() if one.unique_id == "bedroom")
    hass.config_entries.async_remove_subentry(athena, bedroom.subentry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.config_entries.async_unload(athena.entry_id)
    assert hass_storage["athena.companion"]["data"]["sleep_log"] == {}
    assert er.async_get(hass).async_get("image.bedroom_night") is None


async def test_the_picture_shows_the_night(hass: HomeAssistant, sleeper: Sleeper) -> None:
    nothing = await async_get_image(hass, "image.bedroom_night")
    assert "No night yet" in nothing.content.decode()
    assert hass.states.is_state("image.bedroom_night", "unknown")
    await sleeper.sleeps(every=60)
    assert _state(hass, "image.bedroom_night").state == "2026-11-20T14:40:00+00:00"
    picture = await async_get_image(hass, "image.bedroom_night")
    assert picture.content_type == "image/svg+xml"
    told = {element.text for element in ET.fromstring(picture.content).iter()}
    assert {"Restful", "7 hours 40 minutes asleep", "Friday, November 20", "11 PM", "6:40 AM", "movement"} <= told
    assert "up" not in told


async def test_diagnostics_tell_nothing_of_anybodys_sleep(
    hass: HomeAssistant, athena: MockConfigEntry, sleeper: Sleeper
) -> None:
    await sleeper.sleeps(every=60)
    told = str(await async_get_config_entry_diagnostics(hass, athena))
    assert CONF_BED_SENSORS in told
    assert "restful" not in told
    assert "asleep_at" not in told
    assert "moved" not in told


async def test_from_lying_down_to_the_alarm(hass: HomeAssistant, sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    """Nobody says anything: the mat feels somebody, nothing moves, and in the morning an alarm rings."""
    await async_set_alarm(hass, time="06:30")
    await sleeper.feels(somebody=False)
    await async_move(hass, "bedroom", somebody=True)
    await sleeper.until(EVENING.replace(minute=30))
    await sleeper.feels(somebody=True)
    await async_move(hass, "bedroom", somebody=False)
    await sleeper.until(EVENING.replace(hour=23))
    assert hass.states.is_state("sensor.bedroom_state", "sleep")
    await sleeper.moves(*(EVENING.replace(hour=23, minute=minute) for minute in (10, 50)))
    await sleeper.until(EVENING.replace(day=20, hour=6, minute=30))
    attributes = _state(hass, "sensor.bedroom_sleep").attributes
    assert attributes["by_alarm"] is True
    assert await in_the_bedroom.says("when did I fall asleep") == "10:30 PM."
    assert await in_the_bedroom.says("how did I sleep") == "Restful. 8 hours."


async def test_a_power_cut_costs_five_minutes_of_a_night(
    hass: HomeAssistant, sleeper: Sleeper, hass_storage: dict[str, Any]
) -> None:
    begin = EVENING.replace(hour=23)
    await sleeper.falls_asleep(begin)
    await sleeper.moves(begin + timedelta(minutes=61))
    await sleeper.until(begin + timedelta(minutes=66))
    await sleeper.until(begin + timedelta(minutes=66, seconds=2))
    written = hass_storage["athena.companion"]["data"]["sleep_log"]["bedroom"]["now"]
    assert written["sleep"]["moved"] == [61]
    assert written["latest"] == "2026-11-20T08:06:00+00:00"
