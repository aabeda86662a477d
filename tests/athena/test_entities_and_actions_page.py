"""The page about entities and actions names them all, and what it shows can be done."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.athena.actions import ALL
from custom_components.athena.const import CONF_BED_SENSORS, CONF_DEBUG_EVENTS

from .clock import MONDAY_EVENING, async_act, async_ring, async_set_alarm

PAGE = (Path(__file__).parents[2] / "docs" / "entities-and-actions.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


def _examples() -> list[dict[str, Any]]:
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


@pytest.mark.parametrize("rooms", [{"bedroom": {CONF_BED_SENSORS: ["binary_sensor.mat"]}}])
async def test_every_entity_of_a_room_is_on_the_page(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    entries = er.async_entries_for_config_entry(er.async_get(hass), athena.entry_id)
    rooms = {entry.entity_id for entry in entries if "bedroom" in entry.entity_id and entry.domain != "scene"}
    told = set(re.findall(r"^\| `([\w.]+)` \|", PAGE, re.MULTILINE))
    assert {entity for entity in told if "." in entity} == rooms


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.name)
def test_every_action_and_each_of_its_fields_is_on_the_page(action: Any) -> None:
    part = PAGE.partition(f"### `athena.{action.name}`")[2].partition("\n### ")[0]
    assert part
    for field in ("room", *map(str, action.fields)):
        assert f"`{field}`" in part


def _put_satellite(hass: HomeAssistant) -> None:
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id="bedroom")
    hass.states.async_set(satellite.entity_id, "idle")


async def test_the_examples_do_what_the_page_says(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    said = async_mock_service(hass, "assist_satellite", "announce")
    hass.config_entries.async_update_entry(athena, options={**athena.options, CONF_DEBUG_EVENTS: True})
    await hass.async_block_till_done()
    examples = {example["action"].removeprefix("athena."): example.get("data", {}) for example in _examples()}
    assert set(examples) == {action.name for action in ALL}
    told = {}
    for name, data in examples.items():
        if name == "stop_alarm":
            with pytest.raises(ServiceValidationError):  # none rings
                await async_act(hass, name, **data)
            await async_ring(hass, athena, "work")
        if name == "say":
            _put_satellite(hass)
        told[name] = await async_act(hass, name, **data)
    assert told["set_alarm"]["alarm"]["label"] == "Work"
    assert len(told["list_alarms"]["alarms"]) == 1
    assert told["skip_alarm"]["alarm"]["skipped"] is not None
    assert told["stop_alarm"]["stopped"] == ["work"]
    assert told["delete_alarm"] == {"deleted": "work", "still_ringing": False}
    assert told["set_room_state"] == {"state": "sleep"}
    assert told["cancel_sleep"]["was_asleep"] is True
    assert told["say"] == {"said": True}
    assert "Dinner is ready." in [call.data.get("message") for call in said]
    assert told["explain"]["decisions"]
    assert told["send_event"]["event"]["source"] == "debug"
    for name, response in told.items():
        part = PAGE.partition(f"### `athena.{name}`")[2].partition("\n### ")[0]
        assert all(f"`{key}`" in part for key in response), name
