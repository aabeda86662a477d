"""What a user changes once Athena is set up: the name, who lives here, and the alarms."""

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

import custom_components.athena as integration
from custom_components.athena.alarm_form import form_of
from custom_components.athena.brain.events import AlarmDeleted, AlarmSet
from custom_components.athena.brain.profiles import ALL as PROFILES
from custom_components.athena.brain.settings import Alarm, Music, Weekday
from custom_components.athena.options_flow import GENERAL

WITNESSED = {"bed_sensors": ["binary_sensor.mat"], "sensors": ["binary_sensor.bedroom_motion"]}
RADIO = {"entity_id": "media_player.radio", "media_content_id": "radio://one", "media_content_type": "music"}
EARLY = {"time": "06:30:00", "profile": "gentle"}


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


def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(
        (Path(str(integration.__file__)).parent / "translations/en.json").read_text("utf-8")
    )
    return words


async def _set_up_bedroom(hass: HomeAssistant, entry: MockConfigEntry, **data: Any) -> None:
    """Give the bedroom these roles, and let its mat tell."""
    hass.states.async_set("binary_sensor.mat", "off")
    bedroom = next(subentry for subentry in entry.subentries.values() if subentry.unique_id == "bedroom")
    hass.config_entries.async_update_subentry(entry, bedroom, data={**WITNESSED, **data})
    await hass.async_block_till_done()


async def _open(hass: HomeAssistant, entry: MockConfigEntry, option: str) -> ConfigFlowResult:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert menu["type"] is FlowResultType.MENU
    assert option in menu["menu_options"]
    return await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": option})


async def _submit(hass: HomeAssistant, form: ConfigFlowResult, user_input: dict[str, Any]) -> ConfigFlowResult:
    assert form["type"] in {FlowResultType.FORM, FlowResultType.MENU}
    result = await hass.config_entries.options.async_configure(form["flow_id"], user_input)
    await hass.async_block_till_done()
    return result


async def _add(
    hass: HomeAssistant, entry: MockConfigEntry, user_input: dict[str, Any], room: str = "bedroom"
) -> ConfigFlowResult:
    form = await _submit(hass, await _open(hass, entry, "add_alarm"), {"room": room})
    assert form["step_id"] == "alarm"
    return await _submit(hass, form, user_input)


def _alarms(entry: MockConfigEntry, room: str = "bedroom") -> list[Alarm]:
    return [clock.alarm for clock in entry.runtime_data.room(room).clocks]


def _fields(form: ConfigFlowResult) -> dict[str, Any]:
    assert form["data_schema"] is not None
    return {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}


# ---- the menu and what holds for the whole home


async def test_the_menu_offers_only_what_can_be_done(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    menu = await hass.config_entries.options.async_init(athena.entry_id)
    assert "add_alarm" in menu["menu_options"]
    assert "change_alarm" not in menu["menu_options"]
    assert "delete_alarm" not in menu["menu_options"]
    await _set_up_bedroom(hass, athena)
    await _add(hass, athena, EARLY)
    menu = await hass.config_entries.options.async_init(athena.entry_id)
    for option in ("general", "add_alarm", "change_alarm", "delete_alarm"):
        assert option in menu["menu_options"]


async def test_without_a_room_there_is_nothing_to_choose(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for subentry in tuple(athena.subentries):
        hass.config_entries.async_remove_subentry(athena, subentry)
    await hass.async_block_till_done()
    form = await hass.config_entries.options.async_init(athena.entry_id)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "general")


async def test_the_name_and_who_lives_here_are_changed(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _open(hass, athena, "general")
    assert _fields(form)["name"] == "Arman"
    await _submit(hass, form, {"name": " Sara ", "persons": ["person.sara"]})
    assert athena.options == {"name": "Sara", "persons": ["person.sara"]}
    room = athena.runtime_data.rooms["bedroom"]
    assert (room.settings.name, room.persons) == ("Sara", ("person.sara",))
    await _submit(hass, await _open(hass, athena, "general"), {"name": "", "persons": []})
    assert athena.options == {}


# ---- adding an alarm


async def test_an_alarm_is_added_and_nothing_is_set_up_again(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    runtime = athena.runtime_data
    result = await _add(
        hass, athena, {**EARLY, "weekdays": ["mon", "fri"], "name": " Work ", "profile": "firm", "music": RADIO}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert athena.runtime_data is runtime
    assert athena.options == {"name": "Arman"}
    assert _alarms(athena) == [
        Alarm(
            id="work",
            time=time(6, 30),
            weekdays=frozenset({Weekday.MON, Weekday.FRI}),
            name="Work",
            profile="firm",
            music=Music(player="media_player.radio", media="radio://one"),
        )
    ]
    assert runtime.room("bedroom").clocks[0].next is not None


async def test_the_form_begins_from_seven_o_clock(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    form = await _submit(hass, await _open(hass, athena, "add_alarm"), {"room": "bedroom"})
    fields = _fields(form)
    assert (fields["time"], fields["profile"]) == ("07:00:00", "morning_default")
    assert {"side", "app_stop"}.isdisjoint(fields)


async def test_a_house_of_one_room_is_not_asked_which(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for key, subentry in tuple(athena.subentries.items()):
        if subentry.unique_id != "bedroom":
            hass.config_entries.async_remove_subentry(athena, key)
    await _set_up_bedroom(hass, athena)
    form = await _open(hass, athena, "add_alarm")
    assert form["step_id"] == "alarm"
    assert form["description_placeholders"] == {"room": "Bedroom", "reason": ""}


async def test_two_alarms_of_one_name_and_two_of_one_time_are_told_apart(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await _set_up_bedroom(hass, athena)
    for alarm in ({**EARLY, "name": "Work"}, {**EARLY, "name": "work"}, EARLY, EARLY):
        assert (await _add(hass, athena, alarm))["type"] is FlowResultType.CREATE_ENTRY
    assert sorted(alarm.id for alarm in _alarms(athena)) == ["at_0630", "at_0630_2", "work", "work_2"]


async def test_an_alarm_that_only_the_app_could_end_needs_a_nod(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _submit(hass, await _open(hass, athena, "add_alarm"), {"room": "bedroom"})
    assert "app_stop" in _fields(form)
    form = await _submit(hass, form, EARLY)
    assert form["errors"] == {"base": "no_witness"}
    assert _fields(form)["time"] == "06:30:00"
    assert _alarms(athena) == []
    result = await _submit(hass, form, {**EARLY, "app_stop": True})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [alarm.app_stop for alarm in _alarms(athena)] == [True]


async def test_with_a_button_beside_the_bed_no_nod_is_needed(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena, bed_sensors=[], buttons=["input_button.up"])
    assert (await _add(hass, athena, EARLY))["type"] is FlowResultType.CREATE_ENTRY


async def test_an_alarm_rings_on_days_or_on_a_date_not_both(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    tomorrow = dt_util.now().date() + timedelta(days=1)
    form = await _add(hass, athena, {**EARLY, "weekdays": ["mon"], "date": tomorrow.isoformat()})
    assert form["errors"] == {"base": "days_or_date"}
    await _submit(hass, form, {**EARLY, "date": tomorrow.isoformat()})
    assert [(alarm.date, alarm.weekdays) for alarm in _alarms(athena)] == [(tomorrow, frozenset())]


async def test_an_alarm_for_a_day_that_is_over_is_refused(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    form = await _add(hass, athena, {**EARLY, "date": "2001-01-01"})
    assert form["errors"] == {"base": "past_alarm"}
    assert _alarms(athena) == []


async def test_in_a_shared_bed_an_alarm_is_for_one_side(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena, shared_bed=True)
    await _add(hass, athena, {**EARLY, "side": "left"})
    assert [alarm.side for alarm in _alarms(athena)] == ["left"]


async def test_an_alarm_that_nobody_would_hear_is_set_and_that_is_said(
    hass: HomeAssistant, athena: MockConfigEntry, satellite: str
) -> None:
    er.async_get(hass).async_remove(satellite)
    await _set_up_bedroom(hass, athena)
    said = await _add(hass, athena, EARLY)
    assert (said["type"], said["step_id"]) == (FlowResultType.FORM, "silent")
    assert said["description_placeholders"] == {"room": "Bedroom"}
    assert len(_alarms(athena)) == 1
    assert (await _submit(hass, said, {}))["type"] is FlowResultType.CREATE_ENTRY


async def test_music_is_played_by_a_media_player_as_what_it_is(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    form = await _add(hass, athena, {**EARLY, "music": {**RADIO, "entity_id": "light.lamp"}})
    assert form["errors"] == {"music": "no_player"}
    assert _alarms(athena) == []
    stream = {**RADIO, "media_content_type": "audio/mpeg"}
    assert (await _submit(hass, form, {**EARLY, "music": stream}))["type"] is FlowResultType.CREATE_ENTRY
    music = Music(player="media_player.radio", media="radio://one", kind="audio/mpeg")
    assert [alarm.music for alarm in _alarms(athena)] == [music]
    form = await _submit(hass, await _open(hass, athena, "change_alarm"), {"alarm": "bedroom.at_0630"})
    shown = {key: value for key, value in _fields(form).items() if value}
    await _submit(hass, form, shown)
    assert [alarm.music for alarm in _alarms(athena)] == [music]


# ---- changing and deleting one


async def test_an_alarm_is_changed_and_stays_the_same_one(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    before = Alarm(
        id="work",
        time=time(6, 30),
        weekdays=frozenset({Weekday.MON}),
        name="Work",
        enabled=False,
        side="right",
        music=Music(player="media_player.radio", media="radio://one"),
        app_stop=True,
    )
    runtime = athena.runtime_data
    await runtime.async_tell(AlarmSet(room="bedroom", at=dt_util.utcnow(), source="test", alarm=before))
    form = await _open(hass, athena, "change_alarm")
    assert form["data_schema"] is not None
    (choice,) = form["data_schema"].schema.values()
    assert choice.config["options"] == [{"value": "bedroom.work", "label": "Bedroom · Work · 06:30 · Mon"}]
    form = await _submit(hass, form, {"alarm": "bedroom.work"})
    shown = {key: value for key, value in _fields(form).items() if value}
    await _submit(hass, form, shown)
    assert _alarms(athena) == [before]
    form = await _submit(hass, await _open(hass, athena, "change_alarm"), {"alarm": "bedroom.work"})
    result = await _submit(hass, form, {"time": "08:00:00", "profile": "gentle", "app_stop": False})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (after,) = _alarms(athena)
    assert after.date is not None  # which the brain chose: the next such time
    assert after == Alarm(id="work", time=time(8), profile="gentle", enabled=False, date=after.date)


async def test_a_date_is_shown_again(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    when = date(dt_util.now().year + 1, 6, 1)
    await _add(hass, athena, {**EARLY, "date": when.isoformat()})
    form = await _submit(hass, await _open(hass, athena, "change_alarm"), {"alarm": "bedroom.at_0630"})
    assert _fields(form)["date"] == when.isoformat()


async def test_an_alarm_is_deleted(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    for time_ in ("06:30:00", "07:30:00"):
        await _add(hass, athena, {**EARLY, "time": time_})
    result = await _submit(hass, await _open(hass, athena, "delete_alarm"), {"alarm": "bedroom.at_0630"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [alarm.id for alarm in _alarms(athena)] == ["at_0730"]


# ---- what goes on while somebody looks at a form


async def test_an_alarm_is_set_though_a_light_of_its_sunrise_fails(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    er.async_get(hass).async_update_entity("light.bedroom_lamp", area_id="kitchen")
    soon = (dt_util.now() + timedelta(minutes=5)).time().replace(microsecond=0)
    result = await _add(hass, athena, {"time": soon.isoformat(), "profile": "morning_default", "app_stop": True})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [alarm.time for alarm in _alarms(athena)] == [soon]
    assert "lights.animate in Bedroom failed: Bedroom has no lights" in caplog.text


async def test_the_last_alarm_being_gone_meanwhile_is_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _set_up_bedroom(hass, athena)
    await _add(hass, athena, EARLY)
    menu = await hass.config_entries.options.async_init(athena.entry_id)
    gone = AlarmDeleted(room="bedroom", at=dt_util.utcnow(), source="test", alarm="at_0630")
    await athena.runtime_data.async_tell(gone)
    result = await _submit(hass, menu, {"next_step_id": "delete_alarm"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "no_alarms")


@pytest.mark.parametrize("step", ["change_alarm", "delete_alarm"])
async def test_an_alarm_that_is_gone_meanwhile_is_said(hass: HomeAssistant, athena: MockConfigEntry, step: str) -> None:
    await _set_up_bedroom(hass, athena)
    await _add(hass, athena, EARLY)
    form = await _open(hass, athena, step)
    gone = AlarmDeleted(room="bedroom", at=dt_util.utcnow(), source="test", alarm="at_0630")
    await athena.runtime_data.async_tell(gone)
    result = await _submit(hass, form, {"alarm": "bedroom.at_0630"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "alarm_gone")


async def test_a_room_that_is_gone_meanwhile_is_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _submit(hass, await _open(hass, athena, "add_alarm"), {"room": "kitchen"})
    kitchen = next(key for key, subentry in athena.subentries.items() if subentry.unique_id == "kitchen")
    hass.config_entries.async_remove_subentry(athena, kitchen)
    await hass.async_block_till_done()
    result = await _submit(hass, form, {**EARLY, "app_stop": True})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "room_gone")


async def test_athena_being_put_to_rest_meanwhile_is_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    form = await _submit(hass, await _open(hass, athena, "add_alarm"), {"room": "kitchen"})
    await hass.config_entries.async_unload(athena.entry_id)
    result = await _submit(hass, form, {**EARLY, "app_stop": True})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "not_running")
    form = await hass.config_entries.options.async_init(athena.entry_id)
    assert form["step_id"] == "general"


# ---- words


async def test_the_form_of_an_alarm_reaches_a_browser(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_client()
    url = "/api/config/config_entries/options/flow"
    menu = await (await client.post(url, json={"handler": athena.entry_id})).json()
    await client.post(f"{url}/{menu['flow_id']}", json={"next_step_id": "add_alarm"})
    form = await (await client.post(f"{url}/{menu['flow_id']}", json={"room": "bedroom"})).json()
    selectors = {field["name"]: next(iter(field["selector"])) for field in form["data_schema"]}
    assert selectors == {
        "time": "time",
        "weekdays": "select",
        "date": "date",
        "name": "text",
        "profile": "select",
        "music": "media",
        "app_stop": "boolean",
    }


async def test_every_field_choice_and_refusal_has_words(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    words = _words()
    steps = words["options"]["step"]
    assert set(steps["general"]["data"]) == set(steps["general"]["data_description"]) == {*map(str, GENERAL.schema)}
    await _set_up_bedroom(hass, athena, shared_bed=True, bed_sensors=[])
    fields = {*map(str, form_of(athena.runtime_data.room("bedroom"), None).schema)}
    assert set(steps["alarm"]["data"]) == set(steps["alarm"]["data_description"]) == fields
    assert set(words["selector"]["profile"]["options"]) == set(PROFILES)
