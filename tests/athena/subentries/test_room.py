"""Adding and changing rooms, as a user does it."""

import json
from datetime import time, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import SOURCE_USER, SubentryFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData, section
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

import custom_components.athena as integration
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import RoomSettings
from custom_components.athena.const import DOMAIN, SUBENTRY_ROOM
from custom_components.athena.rooms import RoomConfig
from custom_components.athena.subentries.room import SCHEMA_WITH_AREA

TIMES = {
    "empty_after": {"hours": 0, "minutes": 10, "seconds": 0},
    "sleep_after": {"hours": 0, "minutes": 10, "seconds": 0},
    "sleep_after_by_day": {"hours": 0, "minutes": 25, "seconds": 0},
    "awake_hold": {"hours": 1, "minutes": 0, "seconds": 0},
    "scene_hold": {"hours": 2, "minutes": 0, "seconds": 0},
    "sunrise": {"hours": 0, "minutes": 12, "seconds": 0},
    "rearm_for": {"hours": 0, "minutes": 10, "seconds": 0},
    "sleep_from": "20:00:00",
    "sleep_until": "09:00:00",
}
"""What the form begins from: the defaults of design §3."""


@pytest.fixture
def bedroom(athena: MockConfigEntry) -> str:
    """Return the subentry of the bedroom."""
    return str(next(key for key, subentry in athena.subentries.items() if subentry.unique_id == "bedroom"))


async def _begin(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_ROOM), context={"source": SOURCE_USER}
    )
    assert form["type"] is FlowResultType.FORM
    return form["flow_id"]


async def _fill_in(hass: HomeAssistant, flow: str, user_input: dict[str, Any]) -> SubentryFlowResult:
    result = await hass.config_entries.subentries.async_configure(flow, user_input)
    await hass.async_block_till_done()
    return result


async def _change(
    hass: HomeAssistant, entry: MockConfigEntry, subentry: str, user_input: dict[str, Any]
) -> SubentryFlowResult:
    form = await entry.start_subentry_reconfigure_flow(hass, subentry)
    return await _fill_in(hass, form["flow_id"], user_input)


def _suggested(schema: Any) -> dict[str, Any]:
    """Return what a form shows before anybody has typed, its sections within."""
    shown = {}
    for key, value in schema.schema.items():
        if isinstance(value, section):
            shown[str(key)] = _suggested(value.schema)
        elif key.description:
            shown[str(key)] = key.description["suggested_value"]
    return shown


def _bedroom(entry: MockConfigEntry) -> RoomConfig:
    room = entry.runtime_data.rooms["bedroom"]
    assert isinstance(room, RoomConfig)
    return room


async def test_a_room_is_added_and_comes_to_life(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    hall = ar.async_get(hass).async_get_or_create("Hall")
    result = await _fill_in(hass, await _begin(hass, athena), {"area": hall.id})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert (result["title"], result["data"]) == ("Hall", {})
    state = hass.states.get("sensor.hall_state")
    assert state is not None
    assert state.state == "empty"
    (device,) = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "hall")})
    assert device.area_id == "hall"


async def test_an_area_is_a_room_only_once(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    result = await _fill_in(hass, await _begin(hass, athena), {"area": "kitchen"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_an_area_that_is_gone_is_refused_with_the_form_kept(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    flow = await _begin(hass, athena)
    result = await _fill_in(hass, flow, {"area": "atlantis", "lights": ["light.lamp"], "bed": {"shared_bed": True}})
    assert result["errors"] == {"area": "unknown_area"}
    shown = _suggested(result["data_schema"])
    assert (shown["area"], shown["lights"], shown["bed"]) == ("atlantis", ["light.lamp"], {"shared_bed": True})
    result = await _fill_in(hass, flow, {"area": ar.async_get(hass).async_get_or_create("Hall").id})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_bed_sensor_that_lets_go_at_the_edge_is_worth_less(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    bed = {"bed_sensors": ["binary_sensor.mat"], "edge_lets_go": True}
    await _change(hass, athena, bedroom, {"bed": bed})
    assert _bedroom(athena).settings.sensors["binary_sensor.mat"] is SensorKind.PAD
    await _change(hass, athena, bedroom, {"bed": bed | {"edge_lets_go": False}})
    assert _bedroom(athena).settings.sensors["binary_sensor.mat"] is SensorKind.MAT


async def test_every_role_that_is_chosen_reaches_the_room(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    bed = {
        "bed_sensors": ["binary_sensor.mat"],
        "bed_left": ["binary_sensor.his"],
        "bed_right": ["binary_sensor.hers"],
        "shared_bed": True,
        "posture": "sensor.posture",
        "posture_zone": "sensor.zone",
        "bed_exit": ["event.exit"],
        "buttons": ["event.knob", "input_button.up"],
    }
    messages = {"notify": ["notify.arman"], "second_person": ["notify.sara"]}
    times = {"empty_after": {"minutes": 3}, "sleep_from": "21:30:00"}
    form = {"sensors": ["binary_sensor.radar"], "lights": ["light.lamp"]}
    result = await _change(hass, athena, bedroom, {**form, "bed": bed, "messages": messages, "times": times})
    assert result["reason"] == "reconfigure_successful"
    assert dict(athena.subentries[bedroom].data) == {**form, **bed, **messages, **times}
    room = _bedroom(athena)
    assert (room.sensors, room.lights) == (("binary_sensor.radar",), ("light.lamp",))
    assert room.beds == {"binary_sensor.mat": None, "binary_sensor.his": "left", "binary_sensor.hers": "right"}
    assert (room.posture, room.posture_zone) == ("sensor.posture", "sensor.zone")
    assert (room.bed_exits, room.buttons) == (("event.exit",), ("event.knob", "input_button.up"))
    assert (room.notify, room.second_person) == (("notify.arman",), ("notify.sara",))
    assert room.settings.shared_bed
    assert room.settings.empty_after == timedelta(minutes=3)
    assert room.settings.sleep_window == (time(21, 30), time(9))
    assert room.settings.sensors == {
        "binary_sensor.mat": SensorKind.MAT,
        "binary_sensor.his": SensorKind.MAT,
        "binary_sensor.hers": SensorKind.MAT,
        "sensor.posture": SensorKind.CAMERA,
        "event.knob": SensorKind.BUTTON,
        "input_button.up": SensorKind.BUTTON,
    }


async def test_what_is_chosen_testifies_and_what_dies_is_missed(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    await _change(hass, athena, bedroom, {"bed": {"bed_sensors": ["binary_sensor.mat"]}})
    witnesses = athena.runtime_data.room("bedroom").witnesses()
    assert (witnesses.working, witnesses.lost) == (("binary_sensor.bedroom_motion",), ("binary_sensor.mat",))
    assert not witnesses.enough
    hass.states.async_set("binary_sensor.mat", "off")
    await hass.async_block_till_done()
    assert athena.runtime_data.room("bedroom").witnesses().enough
    hass.states.async_set("binary_sensor.mat", "unavailable")
    await hass.async_block_till_done()
    assert athena.runtime_data.room("bedroom").witnesses().lost == ("binary_sensor.mat",)


async def test_a_satellite_that_is_gone_is_no_missing_witness(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    registry = er.async_get(hass)
    satellite = registry.async_get_or_create("assist_satellite", "test", "1").entity_id
    registry.async_update_entity(satellite, area_id="bedroom")
    hass.states.async_set(satellite, "idle")
    hass.states.async_set(satellite, "unavailable")
    await hass.async_block_till_done()
    assert athena.runtime_data.room("bedroom").witnesses().lost == ()


async def test_the_form_begins_from_the_defaults_and_a_default_is_no_choice(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    form = await athena.start_subentry_reconfigure_flow(hass, bedroom)
    shown = _suggested(form["data_schema"])
    assert shown["times"] == TIMES
    times = {**TIMES, "sunrise": {"hours": 0, "minutes": 15, "seconds": 0}, "sleep_until": "09:00"}
    await _fill_in(hass, form["flow_id"], {"bed": {}, "messages": {"notify": []}, "times": times})
    assert dict(athena.subentries[bedroom].data) == {"sunrise": {"hours": 0, "minutes": 15, "seconds": 0}}
    settings = _bedroom(athena).settings
    assert settings.sunrise == timedelta(minutes=15)
    assert settings.empty_after == RoomSettings(room="bedroom").empty_after


async def test_what_was_chosen_once_stays_chosen_though_it_is_the_default(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    for minutes in (3, 10):
        times = {**TIMES, "empty_after": {"hours": 0, "minutes": minutes, "seconds": 0}}
        await _change(hass, athena, bedroom, {"times": times})
    assert dict(athena.subentries[bedroom].data) == {"empty_after": TIMES["empty_after"]}


async def test_a_room_of_before_there_were_roles_goes_on_and_shows_what_it_has(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    old = {"sensors": ["binary_sensor.bedroom_motion"], "lights": ["light.lamp"], "empty_after": {"minutes": 3}}
    hass.config_entries.async_update_subentry(athena, athena.subentries[bedroom], data=old)
    await hass.async_block_till_done()
    room = _bedroom(athena)
    assert (room.sensors, room.lights) == (("binary_sensor.bedroom_motion",), ("light.lamp",))
    assert room.settings.empty_after == timedelta(minutes=3)
    form = await athena.start_subentry_reconfigure_flow(hass, bedroom)
    shown = _suggested(form["data_schema"])
    assert (shown["sensors"], shown["lights"]) == (old["sensors"], old["lights"])
    assert shown["times"]["empty_after"] == {"minutes": 3}
    await _fill_in(hass, form["flow_id"], shown)
    assert dict(athena.subentries[bedroom].data) == old


@pytest.mark.parametrize(
    ("user_input", "errors"),
    [
        ({"times": {"empty_after": {"hours": 0, "minutes": 0, "seconds": 0}}}, {"times": "too_short"}),
        ({"times": {"sunrise": {"hours": 12, "minutes": 0, "seconds": 1}}}, {"times": "too_long"}),
        ({"times": {"sleep_from": "09:00:00"}}, {"times": "no_window"}),
        ({"times": {"sleep_from": "22:00", "sleep_until": "22:00:00"}}, {"times": "no_window"}),
        ({"bed": {"bed_left": ["binary_sensor.a"], "bed_right": ["binary_sensor.a"]}}, {"bed": "two_sides"}),
        ({"bed": {"bed_sensors": ["binary_sensor.a"], "bed_left": ["binary_sensor.a"]}}, {"bed": "two_sides"}),
        ({"sensors": ["binary_sensor.a"], "bed": {"bed_sensors": ["binary_sensor.a"]}}, {"bed": "bed_is_no_presence"}),
        ({"bed": {"posture_zone": "sensor.zone"}}, {"bed": "zone_without_posture"}),
    ],
)
async def test_nonsense_is_refused_by_both_forms_and_changes_nothing(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str, user_input: dict[str, Any], errors: dict[str, str]
) -> None:
    result = await _change(hass, athena, bedroom, user_input)
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, errors)
    assert dict(athena.subentries[bedroom].data) == {}
    hall = ar.async_get(hass).async_get_or_create("Hall")
    result = await _fill_in(hass, await _begin(hass, athena), {"area": hall.id, **user_input})
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, errors)
    assert "hall" not in athena.runtime_data.rooms


OWN = pytest.mark.parametrize(
    ("part", "user_input"),
    [
        ("sensors", {"sensors": ["binary_sensor.bedroom_occupancy"]}),
        ("bed", {"bed": {"bed_left": ["binary_sensor.bedroom_sleeping"]}}),
        ("bed", {"bed": {"posture": "sensor.bedroom_state"}}),
        ("bed", {"bed": {"bed_exit": ["event.bedroom_bed_exit"]}}),
        ("bed", {"bed": {"buttons": ["button.bedroom_still_awake"]}}),
    ],
)


@OWN
async def test_athenas_own_entities_are_none_to_choose(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str, part: str, user_input: dict[str, Any]
) -> None:
    with pytest.raises(InvalidData):
        await _change(hass, athena, bedroom, user_input)
    assert dict(athena.subentries[bedroom].data) == {}


@OWN
async def test_one_of_athenas_entities_that_was_chosen_before_has_to_be_taken_out(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str, part: str, user_input: dict[str, Any]
) -> None:
    chosen = user_input.get("bed", user_input)
    hass.config_entries.async_update_subentry(athena, athena.subentries[bedroom], data=chosen)
    await hass.async_block_till_done()
    form = await athena.start_subentry_reconfigure_flow(hass, bedroom)
    shown = _suggested(form["data_schema"])
    assert chosen.items() <= (shown["bed"] | shown).items()
    result = await _fill_in(hass, form["flow_id"], user_input)
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {part: "own_entity"})
    result = await _fill_in(hass, form["flow_id"], {})
    assert result["type"] is FlowResultType.ABORT
    assert dict(athena.subentries[bedroom].data) == {}


async def test_a_room_is_changed_without_losing_what_it_knows(
    hass: HomeAssistant, athena: MockConfigEntry, bedroom: str
) -> None:
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_focus"}, blocking=True)
    cause = athena.runtime_data.room("bedroom").cause
    assert cause is not None
    await _change(hass, athena, bedroom, {"lights": ["light.lamp"]})
    assert _bedroom(athena).lights == ("light.lamp",)
    assert athena.runtime_data.room("bedroom").cause == cause


def test_every_field_of_the_form_has_a_name_and_an_explanation_in_both_steps() -> None:
    room = json.loads((Path(str(integration.__file__)).parent / "translations/en.json").read_text("utf-8"))
    steps = room["config_subentries"]["room"]["step"]
    fields = {
        str(key): {str(inner) for inner in value.schema.schema} if isinstance(value, section) else None
        for key, value in SCHEMA_WITH_AREA.schema.items()
    }
    flat = {key for key, inner in fields.items() if inner is None}
    for step, without in (("user", set()), ("reconfigure", {"area"})):
        assert set(steps[step]["data"]) == set(steps[step]["data_description"]) == flat - without
        assert set(steps[step]["sections"]) == set(fields) - flat
        for name, words in steps[step]["sections"].items():
            assert set(words["data"]) == set(words["data_description"]) == fields[name]


async def test_the_form_reaches_a_browser_with_its_sections_folded(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_client()
    response = await client.post(
        "/api/config/config_entries/subentries/flow", json={"handler": [athena.entry_id, SUBENTRY_ROOM]}
    )
    assert response.status == HTTPStatus.OK
    form = await response.json()
    fields = {field["name"]: field for field in form["data_schema"]}
    assert [name for name, field in fields.items() if field.get("required")] == ["area"]
    assert {name: field["expanded"] for name, field in fields.items() if field.get("type") == "expandable"} == {
        "bed": False,
        "messages": False,
        "times": False,
    }
    shown = {field["name"]: field["description"]["suggested_value"] for field in fields["times"]["schema"]}
    assert shown == TIMES
