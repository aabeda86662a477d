"""Automations of a user with Athena's triggers and conditions, as Home Assistant runs them."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers.condition import async_get_all_descriptions as async_get_all_conditions
from homeassistant.helpers.trigger import async_get_all_descriptions as async_get_all_triggers
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import parse_yaml
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

import custom_components.athena as integration
from custom_components.athena.brain.events import (
    AlarmDismissed,
    AlarmTrigger,
    BedCleared,
    BedOccupied,
    Event,
    MotionDetected,
    QuietSet,
    RoomForced,
)
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.condition import CONDITIONS
from custom_components.athena.const import DOMAIN
from custom_components.athena.trigger import TRIGGERS

from .home import async_move

ROOM = "bedroom"


async def _tell(hass: HomeAssistant, athena: MockConfigEntry, fact: type[Event], **fields: Any) -> None:
    source = fields.pop("source", "test")
    athena.runtime_data.handle(fact(room=fields.pop("room", ROOM), at=dt_util.utcnow(), source=source, **fields))
    await hass.async_block_till_done(wait_background_tasks=True)


async def _force(hass: HomeAssistant, athena: MockConfigEntry, state: RoomState, room: str = ROOM) -> None:
    await _tell(hass, athena, RoomForced, state=state, room=room)


async def _automate(hass: HomeAssistant, trigger: str, condition: str = "[]") -> None:
    """Set up an automation that is written as a user writes it."""
    config = parse_yaml(
        f"""
automation:
  - triggers:
      - {trigger}
    conditions: {condition}
    actions:
      - action: test.done
        data:
          entity: "{{{{ trigger.entity_id }}}}"
"""
    )
    assert isinstance(config, dict)
    assert await async_setup_component(hass, "automation", config)
    await hass.async_block_till_done()
    assert len(hass.states.async_entity_ids("automation")) == 1


@pytest.fixture
def done(hass: HomeAssistant) -> list[str]:
    """Return the entities for which the automation has run."""
    found: list[str] = []

    async def _done(call: ServiceCall) -> None:
        found.append(call.data["entity"])

    hass.services.async_register("test", "done", _done)
    return found


async def test_somebody_comes_into_an_empty_room(hass: HomeAssistant, athena: MockConfigEntry, done: list[str]) -> None:
    await _automate(hass, "{trigger: athena.room_entered, target: {area_id: kitchen}}")
    await async_move(hass, "living_room", somebody=True)
    assert done == []
    await async_move(hass, "kitchen", somebody=True)
    assert done == ["sensor.kitchen_state"]
    await _force(hass, athena, RoomState.SLEEP, "kitchen")
    assert done == ["sensor.kitchen_state"]


async def test_a_room_empties(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await _automate(hass, "{trigger: athena.room_emptied, target: {entity_id: sensor.kitchen_state}}")
    await async_move(hass, "kitchen", somebody=True)
    await async_move(hass, "kitchen", somebody=False)
    assert done == []
    freezer.tick(timedelta(minutes=11))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert done == ["sensor.kitchen_state"]


async def test_a_room_has_been_empty_for_some_time(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await _force(hass, athena, RoomState.OCCUPIED)
    await _automate(hass, '{trigger: athena.room_emptied, target: {area_id: bedroom}, options: {for: "00:05:00"}}')
    await _force(hass, athena, RoomState.EMPTY)
    assert done == []
    freezer.tick(timedelta(minutes=5, seconds=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert done == ["sensor.bedroom_state"]


async def test_somebody_falls_asleep_and_wakes(hass: HomeAssistant, athena: MockConfigEntry, done: list[str]) -> None:
    await _automate(hass, "{trigger: athena.fell_asleep, target: {area_id: [bedroom, kitchen]}}")
    await _force(hass, athena, RoomState.OCCUPIED)
    assert done == []
    await _force(hass, athena, RoomState.SLEEP)
    assert done == ["sensor.bedroom_state"]


@pytest.mark.parametrize("state", [RoomState.WAKE, RoomState.OCCUPIED])
async def test_a_sleeper_wakes(hass: HomeAssistant, athena: MockConfigEntry, done: list[str], state: RoomState) -> None:
    await _automate(hass, "{trigger: athena.woke_up, target: {area_id: bedroom}}")
    await _force(hass, athena, RoomState.OCCUPIED)
    await _force(hass, athena, RoomState.SLEEP)
    assert done == []
    await _force(hass, athena, state)
    assert done == ["sensor.bedroom_state"]


async def test_a_sleeper_who_is_gone_has_not_woken_here(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str]
) -> None:
    await _automate(hass, "{trigger: athena.woke_up, target: {area_id: bedroom}}")
    await _force(hass, athena, RoomState.SLEEP)
    await _force(hass, athena, RoomState.EMPTY)
    assert done == []


async def test_an_alarm_rings_and_is_stopped(hass: HomeAssistant, athena: MockConfigEntry, done: list[str]) -> None:
    await _automate(
        hass,
        "{trigger: athena.alarm_ringing, target: {area_id: bedroom}}",
        "[{condition: athena.alarm_is_ringing, target: {area_id: bedroom}}]",
    )
    await _tell(hass, athena, AlarmTrigger, alarm="work")
    assert done == ["binary_sensor.bedroom_ringing"]


async def test_an_alarm_stops(hass: HomeAssistant, athena: MockConfigEntry, done: list[str]) -> None:
    await _automate(hass, "{trigger: athena.alarm_stopped, target: {area_id: bedroom}}")
    await _tell(hass, athena, AlarmTrigger, alarm="work")
    assert done == []
    await _tell(hass, athena, AlarmDismissed)
    assert done == ["binary_sensor.bedroom_ringing"]


async def test_somebody_leaves_the_bed(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await _automate(hass, "{trigger: athena.left_bed, target: {area_id: bedroom}}")
    await _tell(hass, athena, BedOccupied, source="mat", kind=SensorKind.MAT)
    await _force(hass, athena, RoomState.SLEEP)
    freezer.tick(timedelta(seconds=30))
    await _tell(hass, athena, BedCleared, source="mat", kind=SensorKind.MAT)
    await _tell(hass, athena, MotionDetected, source="pir", kind=SensorKind.PIR)
    assert done == [], "not before it has been so for some seconds"
    for _ in range(4):
        freezer.tick(timedelta(seconds=2))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert done == ["event.bedroom_bed_exit"]


async def test_quiet_hours_are_a_condition(hass: HomeAssistant, athena: MockConfigEntry, done: list[str]) -> None:
    await _automate(
        hass,
        "{trigger: athena.room_entered, target: {area_id: [bedroom, kitchen]}}",
        "[{condition: athena.quiet_hours_are_on, target: {area_id: bedroom}}]",
    )
    await async_move(hass, "kitchen", somebody=True)
    assert done == []
    await _tell(hass, athena, QuietSet, on=True)
    await async_move(hass, "bedroom", somebody=True)
    assert done == ["sensor.bedroom_state"]


async def test_a_restart_of_athena_is_no_event_in_a_room(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str]
) -> None:
    await _automate(hass, "{trigger: athena.fell_asleep, target: {area_id: bedroom}}")
    await _force(hass, athena, RoomState.SLEEP)
    assert done == ["sensor.bedroom_state"]
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state("sensor.bedroom_state", "sleep")
    assert done == ["sensor.bedroom_state"]


@pytest.mark.parametrize(
    "trigger",
    ["{trigger: athena.room_entered}", "{trigger: athena.woke, target: {area_id: bedroom}}"],
)
async def test_a_trigger_that_is_none_is_said_when_the_automation_is_set_up(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture, trigger: str
) -> None:
    await _automate(hass, trigger)
    assert hass.states.is_state(hass.states.async_entity_ids("automation")[0], "unavailable")
    assert "failed to setup triggers" in caplog.text


async def test_what_others_show_of_an_area_triggers_nothing(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str]
) -> None:
    await _automate(hass, "{trigger: athena.room_emptied, target: {entity_id: sensor.someone_elses}}")
    for state in ("occupied", "empty"):
        hass.states.async_set("sensor.someone_elses", state)
        await hass.async_block_till_done()
    assert done == []


@pytest.mark.parametrize(
    ("condition", "holds_in"),
    [
        ("is_empty", RoomState.EMPTY),
        ("is_occupied", RoomState.OCCUPIED),
        ("is_asleep", RoomState.SLEEP),
        ("is_waking", RoomState.WAKE),
    ],
)
async def test_the_state_of_a_room_is_a_condition(
    hass: HomeAssistant, athena: MockConfigEntry, done: list[str], condition: str, holds_in: RoomState
) -> None:
    await _automate(
        hass,
        "{trigger: event, event_type: ask, variables: {trigger: {entity_id: asked}}}",
        f"[{{condition: athena.{condition}, target: {{area_id: bedroom}}}}]",
    )
    for state in RoomState:
        await _force(hass, athena, state)
        hass.bus.async_fire("ask")
        await hass.async_block_till_done()
        assert len(done) == (state is holds_in), state
        done.clear()


async def test_the_editor_offers_every_trigger_and_condition(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "automation", {})
    await hass.async_block_till_done()
    for names, described in (
        (TRIGGERS, await async_get_all_triggers(hass)),
        (CONDITIONS, await async_get_all_conditions(hass)),
    ):
        ours = {key: fields for key, fields in described.items() if key.startswith(f"{DOMAIN}.")}
        assert set(ours) == {f"{DOMAIN}.{name}" for name in names}
        for fields in ours.values():
            assert fields is not None
            assert fields["target"]["entity"][0]["integration"] == DOMAIN


DOCS = (Path(__file__).parents[2] / "docs/automations.md").read_text("utf-8")


@pytest.mark.parametrize("number", range(DOCS.count("```yaml")))
async def test_every_example_of_the_documentation_is_set_up(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture, number: int
) -> None:
    config = parse_yaml(DOCS.split("```yaml\n")[number + 1].partition("```")[0])
    assert isinstance(config, dict)
    assert await async_setup_component(hass, "automation", config)
    await hass.async_block_till_done()
    automations = hass.states.async_all("automation")
    assert [one.name for one in automations] == [one["alias"] for one in config["automation"]]
    assert all(one.state == "on" for one in automations)
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


def test_the_documentation_names_every_trigger_and_condition_and_no_other() -> None:
    names = re.findall(r"^\| `athena\.(\w+)`", DOCS, re.MULTILINE)
    assert names == [*TRIGGERS, *CONDITIONS]


@pytest.mark.parametrize("group", ["triggers", "conditions"])
def test_every_trigger_and_condition_has_words_fields_and_an_icon(group: str) -> None:
    names = TRIGGERS if group == "triggers" else CONDITIONS
    folder = Path(str(integration.__file__)).parent
    words = json.loads((folder / "translations/en.json").read_text("utf-8"))[group]
    icons = json.loads((folder / "icons.json").read_text("utf-8"))[group]
    described = parse_yaml((folder / f"{group}.yaml").read_text("utf-8"))
    assert isinstance(described, dict)
    assert set(words) == set(icons) == {name for name in described if not name.startswith(".")} == set(names)
    for name in names:
        assert words[name]["name"]
        assert words[name]["description"]
        assert set(words[name].get("fields", {})) == set(described[name].get("fields", {}))
        assert icons[name][group.removesuffix("s")].startswith("mdi:")
