"""What all actions share: which room, which fields, and what each refuses, with the house as it was."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.selector import selector
from homeassistant.helpers.service import async_get_all_descriptions
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components.athena as integration
from custom_components.athena.actions import ALL
from custom_components.athena.const import DOMAIN

from .clock import BEDROOM, async_act, async_refused

FOLDER = Path(str(integration.__file__)).parent


def test_every_action_has_the_fields_that_the_app_asks_for() -> None:
    described = yaml.safe_load((FOLDER / "services.yaml").read_text("utf-8"))
    shown = {
        name: {
            field
            for key, one in action["fields"].items()
            for field in (one["fields"] if isinstance(one, dict) and "fields" in one else [key])
        }
        for name, action in described.items()
    }
    assert shown == {action.name: {"room", *map(str, action.fields)} for action in ALL}


async def test_the_app_is_told_of_every_field_how_to_ask_for_it(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    assert set(described) == {action.name for action in ALL}
    for action in described.values():
        for field in action["fields"].values():
            for one in field["fields"].values() if "fields" in field else [field]:
                assert selector(one["selector"])
    assert described["stop_alarm"]["fields"]["confirmation"]["required"] is True
    assert described["list_alarms"]["response"] == {"optional": False}


async def test_an_action_is_there_before_athena_is_set_up_and_says_that_she_is_not(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(athena.entry_id)
    for action in ALL:
        assert hass.services.has_service(DOMAIN, action.name)
    with pytest.raises(ServiceValidationError) as err:
        await async_act(hass, "list_alarms")
    assert err.value.translation_key == "not_running"


async def test_a_room_is_named_by_its_area_or_by_one_of_its_entities(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    for room in ("living_room", "Living Room", "sensor.living_room_state"):
        await async_act(hass, "set_room_state", room=room, state="occupied")
        assert hass.states.is_state("sensor.living_room_state", "occupied")
        await async_act(hass, "set_room_state", room=room, state="empty")
        assert hass.states.is_state("sensor.living_room_state", "empty")


async def test_a_room_must_be_named_where_there_is_more_than_one(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_refused(hass, athena, "cancel_sleep") == "which_room"


async def test_the_only_room_need_not_be_named(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for subentry in list(athena.subentries.values()):
        if subentry.unique_id != BEDROOM:
            hass.config_entries.async_remove_subentry(athena, subentry.subentry_id)
    await hass.async_block_till_done()
    assert await async_act(hass, "set_room_state", state="occupied") == {"state": "occupied"}


async def test_without_a_room_it_is_said_that_there_is_none(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for subentry in list(athena.subentries.values()):
        hass.config_entries.async_remove_subentry(athena, subentry.subentry_id)
    await hass.async_block_till_done()
    assert await async_refused(hass, athena, "cancel_sleep") == "no_rooms"
    assert await async_act(hass, "list_alarms") == {"alarms": [], "next": None}


async def test_a_call_for_an_unknown_room_isasync_refused(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_refused(hass, athena, "cancel_sleep", room="atlantis") == "unknown_room"
    assert await async_refused(hass, athena, "set_alarm", room="sun.sun", time="07:00") == "unknown_room"


NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("set_alarm", {"time": "25:00"}),
    ("set_alarm", {"time": 750}),
    ("set_alarm", {"time": None}),
    ("set_alarm", {"time": ["07:00"]}),
    ("set_alarm", {"time": "07:00", "weekdays": ["mon", "payday"]}),
    ("set_alarm", {"time": "07:00", "weekdays": 3}),
    ("set_alarm", {"time": "07:00", "date": "the 31st"}),
    ("set_alarm", {"time": "07:00", "date": "2026-02-30"}),
    ("set_alarm", {"time": "07:00", "profile": "brutal"}),
    ("set_alarm", {"time": "07:00", "side": "upper"}),
    ("set_alarm", {"time": "07:00", "name": "x" * 100}),
    ("set_alarm", {"time": "07:00", "music": "loud"}),
    ("set_alarm", {"time": "07:00", "music": {"player": "not an entity", "media": "x"}}),
    ("set_alarm", {"time": "07:00", "app_stop_ok": "maybe"}),
    ("set_alarm", {"time": "07:00", "snooze": True}),
    ("set_room_state", {"state": "haunted"}),
    ("set_room_state", {}),
    ("set_room_state", {"state": None}),
    ("say", {}),
    ("say", {"text": "  "}),
    ("say", {"text": "x" * 5000}),
    ("say", {"text": {"a": 1}}),
    ("skip_alarm", {"id": "at_0700", "skip": "perhaps"}),
    ("delete_alarm", {}),
    ("delete_alarm", {"id": []}),
    ("list_alarms", {"since": "ever"}),
    ("explain", {"depth": 3}),
    ("cancel_sleep", {"now": True}),
    ("send_event", {}),
    ("send_event", {"event": "bed.cleared", "payload": "side"}),
    ("stop_alarm", {"confirmation": True, "quietly": True}),
]


@pytest.mark.parametrize(("action", "data"), NONSENSE, ids=lambda value: str(value)[:50])
async def test_a_service_call_with_nonsense(
    hass: HomeAssistant, athena: MockConfigEntry, action: str, data: dict[str, Any]
) -> None:
    assert await async_refused(hass, athena, action, room=BEDROOM, **data) == "bad_field"


async def test_nonsense_for_a_room_is_said_to_be_that(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    with pytest.raises(ServiceValidationError, match="time: is '7 o’clock', not a time like 07:00"):
        await async_act(hass, "set_alarm", room=BEDROOM, time="7 o’clock")
    assert await async_refused(hass, athena, "list_alarms", room=["a", "list"]) == "bad_field"
