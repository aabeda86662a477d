"""What a user has to mend stands in Home Assistant's repairs: once, not too soon, and gone when it is mended."""

import json
import string
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.components.repairs import DOMAIN as REPAIRS_DOMAIN
from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

import custom_components.athena as integration
from custom_components.athena.brain.events import (
    AlarmDeleted,
    AlarmSet,
    AlarmTrigger,
    BedOccupied,
    Event,
    MotionDetected,
    SoundFailed,
    SoundHeard,
)
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Alarm, Weekday
from custom_components.athena.const import DOMAIN
from custom_components.athena.health import KINDS
from custom_components.athena.pipelines import PREFERS_LOCAL

from .clock import async_act, async_ring, async_set_alarm

WEEK = frozenset(Weekday)
ABOUT_ENTITIES = {"lost_sensors", "missing_entities", "spoken_button"}


@pytest.fixture
def satellite(hass: HomeAssistant, home: None) -> str:
    """Return the satellite of the bedroom."""
    registry = er.async_get(hass)
    satellite = registry.async_get_or_create("assist_satellite", "test", "bedroom").entity_id
    return registry.async_update_entity(satellite, area_id="bedroom").entity_id


@pytest.fixture
async def athena(satellite: str, athena: MockConfigEntry) -> MockConfigEntry:
    """Return Athena in a home whose bedroom has a satellite."""
    return athena


def _issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return what repairs show of Athena."""
    issues = ir.async_get(hass).issues
    return {issue: told for (domain, issue), told in issues.items() if domain == DOMAIN and told.active}


def _notes(hass: HomeAssistant) -> dict[str, persistent_notification.Notification]:
    return persistent_notification._async_get_or_create_notifications(hass)


async def _pass(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **time: float) -> None:
    """Let time pass, so often as Athena looks after things."""
    end = dt_util.utcnow() + timedelta(**time)
    while dt_util.utcnow() < end:
        freezer.tick(timedelta(minutes=10))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


async def _tell(hass: HomeAssistant, athena: MockConfigEntry, fact: type[Event], **fields: Any) -> None:
    source = fields.pop("source", "test")
    athena.runtime_data.handle(fact(room="bedroom", at=dt_util.utcnow(), source=source, **fields))
    await hass.async_block_till_done(wait_background_tasks=True)


async def _see_the_bed(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    """Let two witnesses tell that they work."""
    await _tell(hass, athena, BedOccupied, source="mat", kind=SensorKind.MAT)
    await _tell(hass, athena, MotionDetected, source="mmwave", kind=SensorKind.MMWAVE)


async def _set_alarm(hass: HomeAssistant, athena: MockConfigEntry, **fields: Any) -> None:
    alarm = Alarm(id="work", time=dt_util.now().replace(hour=7).time(), weekdays=WEEK, **fields)
    await _tell(hass, athena, AlarmSet, alarm=alarm)


async def _choose(hass: HomeAssistant, athena: MockConfigEntry, **data: Any) -> None:
    """Set the bedroom up with these entities."""
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "bedroom")
    hass.config_entries.async_update_subentry(athena, bedroom, data=data)
    await hass.async_block_till_done()


async def test_a_home_that_works_has_nothing_to_mend(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _see_the_bed(hass, athena)
    await _set_alarm(hass, athena)
    await _pass(hass, freezer, hours=3)
    assert _issues(hass) == {}


async def test_an_alarm_that_nothing_could_end_is_told_after_an_hour_and_taken_back(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _see_the_bed(hass, athena)
    await _set_alarm(hass, athena)
    await hass.config_entries.async_reload(athena.entry_id)  # and the witnesses say nothing any more
    await hass.async_block_till_done()
    await _pass(hass, freezer, minutes=50)
    assert _issues(hass) == {}
    await _pass(hass, freezer, minutes=20)
    assert set(_issues(hass)) == {"no_witness_bedroom"}
    assert _issues(hass)["no_witness_bedroom"].severity is ir.IssueSeverity.ERROR
    await _see_the_bed(hass, athena)
    await _pass(hass, freezer, minutes=10)
    assert _issues(hass) == {}


async def test_an_alarm_for_which_the_app_will_do_is_no_matter(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _set_alarm(hass, athena, app_stop=True)
    await _pass(hass, freezer, hours=3)
    assert _issues(hass) == {}


async def test_a_deleted_alarm_needs_no_witness(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _see_the_bed(hass, athena)
    await _set_alarm(hass, athena)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    await _pass(hass, freezer, hours=2)
    assert set(_issues(hass)) == {"no_witness_bedroom"}
    await _tell(hass, athena, AlarmDeleted, alarm="work")
    await _pass(hass, freezer, minutes=10)
    assert _issues(hass) == {}


async def test_what_was_ignored_stays_ignored_over_a_reload(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _choose(hass, athena, lights=["light.gone"])
    await _pass(hass, freezer, hours=2)
    ir.async_ignore_issue(hass, DOMAIN, "missing_entities_bedroom", True)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    await _pass(hass, freezer, hours=2)
    assert _issues(hass)["missing_entities_bedroom"].dismissed_version is not None


async def test_an_alarm_that_nothing_could_play_is_told_at_once_until_one_is_heard(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    """The bedroom's satellite has been gone for long."""
    await _tell(hass, athena, AlarmTrigger, alarm="work")
    assert set(_issues(hass)) == {"unheard_bedroom"}
    await _tell(hass, athena, SoundHeard)
    athena.runtime_data.health.check()
    assert _issues(hass) == {}
    await _tell(hass, athena, SoundFailed)
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    assert set(_issues(hass)) == {"unheard_bedroom"}


async def test_a_sensor_that_has_been_unavailable_for_a_day_is_told(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("binary_sensor.bedroom_motion", "unavailable")
    await _pass(hass, freezer, hours=23)
    assert _issues(hass) == {}
    await _pass(hass, freezer, hours=2)
    [told] = _issues(hass).values()
    assert told.issue_id == "lost_sensors_bedroom"
    assert told.translation_placeholders == {"room": "Bedroom", "entities": "binary_sensor.bedroom_motion"}
    hass.states.async_set("binary_sensor.bedroom_motion", "off")
    await _pass(hass, freezer, minutes=10)
    assert _issues(hass) == {}


@pytest.mark.parametrize("silent", ["unknown", "unavailable"])
async def test_a_day_of_silence_is_a_day_though_home_assistant_restarts_in_it(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, silent: str
) -> None:
    for at_start in ("unavailable", silent):  # as an integration that is not there yet shows it, then as it is
        hass.states.async_remove("binary_sensor.bedroom_motion")
        hass.states.async_set("binary_sensor.bedroom_motion", at_start)
        await hass.config_entries.async_reload(athena.entry_id)
        await hass.async_block_till_done()
        await _pass(hass, freezer, hours=13)
    assert set(_issues(hass)) == {"lost_sensors_bedroom"}


async def test_a_sensor_that_is_heard_now_and_then_is_not_lost(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    for _ in range(4):
        hass.states.async_set("binary_sensor.bedroom_motion", "off")
        hass.states.async_set("binary_sensor.bedroom_motion", "unavailable")
        await _pass(hass, freezer, hours=10)
    assert _issues(hass) == {}


async def test_what_is_no_store_of_silences_keeps_nothing_from_starting(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    broken: list[Any] = [[], {"since": []}, {"since": {"binary_sensor.bedroom_motion": "yesterday"}}, None]
    for stored in broken:
        hass_storage["athena.silences"] = {"version": 1, "minor_version": 1, "key": "athena.silences", "data": stored}
        await hass.config_entries.async_reload(athena.entry_id)
        await hass.async_block_till_done()
        hass.states.async_set("binary_sensor.bedroom_motion", "unavailable")
        athena.runtime_data.health.check()
        assert athena.state is ConfigEntryState.LOADED
        assert _issues(hass) == {}


async def test_a_radar_that_sees_somebody_for_days_is_no_matter(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("binary_sensor.bedroom_motion", "on")
    await _pass(hass, freezer, hours=60)
    assert _issues(hass) == {}


async def test_a_button_that_was_never_pressed_is_no_matter(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("event.button", "unknown")
    await _choose(hass, athena, buttons=["event.button"])
    await _pass(hass, freezer, hours=30)
    assert _issues(hass) == {}


async def test_an_entity_that_is_gone_is_told_and_one_that_is_only_not_there_yet_is_not(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    late = er.async_get(hass).async_get_or_create("light", "test", "late", suggested_object_id="late")
    await _choose(hass, athena, lights=[late.entity_id, "light.gone"], notify=["notify.gone"])
    await _pass(hass, freezer, minutes=40)
    assert _issues(hass) == {}
    await _pass(hass, freezer, minutes=40)
    [told] = _issues(hass).values()
    assert told.translation_placeholders == {"room": "Bedroom", "entities": "light.gone, notify.gone"}
    await _choose(hass, athena, lights=[late.entity_id])
    assert _issues(hass) == {}


async def test_a_room_that_is_gone_has_nothing_to_mend(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _choose(hass, athena, lights=["light.gone"])
    await _pass(hass, freezer, hours=2)
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "bedroom")
    hass.config_entries.async_remove_subentry(athena, bedroom.subentry_id)
    await hass.async_block_till_done()
    assert _issues(hass) == {}


async def test_nor_has_a_home_without_athena(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await _choose(hass, athena, lights=["light.gone"])
    await _pass(hass, freezer, hours=2)
    assert _issues(hass) != {}
    await hass.config_entries.async_remove(athena.entry_id)
    await hass.async_block_till_done()
    assert _issues(hass) == {}


@pytest.mark.parametrize("kind", ["unreadable_store", "lost_store"])
async def test_what_only_has_to_be_read_is_closed_by_hand(
    hass: HomeAssistant, athena: MockConfigEntry, kind: str
) -> None:
    assert await async_setup_component(hass, REPAIRS_DOMAIN, {})
    ir.async_create_issue(
        hass,
        DOMAIN,
        "unreadable_store",
        is_fixable=True,
        severity=ir.IssueSeverity.ERROR,
        translation_key=kind,
        translation_placeholders={"path": "/config/.storage/athena"},
    )
    await hass.async_block_till_done()
    manager = repairs_flow_manager(hass)
    assert manager is not None
    form = await manager.async_init(DOMAIN, data={"issue_id": "unreadable_store"})
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "confirm"
    assert form["description_placeholders"] == {"path": "/config/.storage/athena"}
    assert (await manager.async_configure(form["flow_id"], {}))["type"] is FlowResultType.CREATE_ENTRY
    assert _issues(hass) == {}


async def test_an_alarm_that_a_button_ends_is_no_matter(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("input_button.bed", "unknown")
    await _choose(hass, athena, buttons=["input_button.bed"])
    await _set_alarm(hass, athena)
    assert len(athena.runtime_data.room("bedroom").clocks) == 1
    await _pass(hass, freezer, hours=3)
    assert _issues(hass) == {}


async def test_an_alarm_without_anything_to_ring_through_is_told_at_once(
    hass: HomeAssistant, athena: MockConfigEntry, satellite: str
) -> None:
    er.async_get(hass).async_remove(satellite)
    player = er.async_get(hass).async_get_or_create("media_player", "test", "remote", supported_features=1)
    er.async_get(hass).async_update_entity(player.entity_id, area_id="bedroom")  # it can pause, no more
    await async_set_alarm(hass)
    assert set(_issues(hass)) == {"no_loudspeaker_bedroom"}
    assert _issues(hass)["no_loudspeaker_bedroom"].severity is ir.IssueSeverity.ERROR
    hass.states.async_set(player.entity_id, "idle", {"supported_features": MediaPlayerEntityFeature.PLAY_MEDIA})
    athena.runtime_data.health.check()
    assert _issues(hass) == {}
    hass.states.async_remove(player.entity_id)
    await async_set_alarm(hass, id="at_0700")
    assert set(_issues(hass)) == {"no_loudspeaker_bedroom"}
    await async_act(hass, "delete_alarm", room="bedroom", id="at_0700")
    assert _issues(hass) == {}


async def test_a_bed_button_that_a_word_can_press_is_told(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "input_button", {"input_button": {"bed": {}}})
    await _choose(hass, athena, buttons=["input_button.bed", "event.remote"])
    assert _issues(hass) == {}
    async_expose_entity(hass, "conversation", "input_button.bed", True)
    athena.runtime_data.health.check()
    [told] = _issues(hass).values()
    assert told.issue_id == "spoken_button_bedroom"
    assert told.translation_placeholders == {"room": "Bedroom", "entities": "input_button.bed"}
    async_expose_entity(hass, "conversation", "input_button.bed", False)
    athena.runtime_data.health.check()
    assert _issues(hass) == {}


async def test_an_area_that_is_gone_is_told_until_the_room_is_gone_too(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    ar.async_get(hass).async_delete("bedroom")
    await _pass(hass, freezer, minutes=10)
    assert set(_issues(hass)) == {"missing_area_bedroom"}
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "bedroom")
    hass.config_entries.async_remove_subentry(athena, bedroom.subentry_id)
    await hass.async_block_till_done()
    assert _issues(hass) == {}


def test_every_matter_has_words_that_name_what_it_is_about() -> None:
    file = Path(str(integration.__file__)).parent / "translations/en.json"
    issues = json.loads(file.read_text("utf-8"))["issues"]
    assert set(issues) == KINDS | {"unreadable_store", "lost_store", PREFERS_LOCAL}
    for kind in KINDS:
        told = f"{issues[kind]['title']} {issues[kind]['description']}"
        used = {field for _, field, _, _ in string.Formatter().parse(told) if field}
        assert used == ({"room", "entities"} if kind in ABOUT_ENTITIES else {"room"})
    for kind in set(issues) - KINDS:
        confirm = issues[kind]["fix_flow"]["step"]["confirm"]
        assert confirm["title"] == issues[kind]["title"]
        assert ("{pipeline}" if kind == PREFERS_LOCAL else "{path}") in confirm["description"]


async def test_a_room_that_is_removed_while_its_alarm_rings_is_not_silent_without_a_word(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    rooms = {subentry.unique_id: subentry.subentry_id for subentry in athena.subentries.values()}
    hass.config_entries.async_remove_subentry(athena, rooms["kitchen"])
    await hass.async_block_till_done()
    assert not any("removed" in note for note in _notes(hass))
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    hass.config_entries.async_remove_subentry(athena, rooms["bedroom"])
    await hass.async_block_till_done()
    assert "was removed while an alarm rang" in _notes(hass)["athena_bedroom_removed"]["message"]
