"""The house on disk: whatever a file of Home Assistant's storage holds, no alarm is lost that could be kept."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import AlarmSet
from custom_components.athena.brain.house import VERSION
from custom_components.athena.brain.settings import Alarm, Weekday
from custom_components.athena.const import DOMAIN
from custom_components.athena.store import LAST_GOOD, UNREADABLE_ISSUE

ALARM = Alarm(id="work", time=time(7), weekdays=frozenset(Weekday), app_stop=True)


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Return a configuration folder of this test's own."""
    return hass_tmp_config_dir


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Leave Home Assistant's storage as it is: files."""
    return {}


@pytest.fixture
async def files(hass: HomeAssistant, athena: MockConfigEntry) -> Path:
    """Return the folder of the files, of a house at rest that has an alarm."""
    event = AlarmSet(room="bedroom", at=dt_util.utcnow(), source="test", alarm=ALARM)
    await athena.runtime_data.async_tell(event)
    assert await hass.config_entries.async_unload(athena.entry_id)
    folder = Path(hass.config.path(STORAGE_DIR))
    assert _alarms(folder / DOMAIN) == _alarms(folder / LAST_GOOD) == ["work"]
    return folder


def _alarms(file: Path) -> list[str]:
    """Return the alarms of the bedroom in a file."""
    return [one["alarm"]["id"] for one in json.loads(file.read_text("utf-8"))["data"]["rooms"]["bedroom"]["alarms"]]


def _envelope(data: object, **changed: object) -> str:
    return json.dumps({"version": 1, "minor_version": 1, "key": DOMAIN, "data": data} | changed)


async def _start(hass: HomeAssistant, athena: MockConfigEntry) -> list[str]:
    """Let Athena start, and return the alarms that the bedroom has."""
    assert await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return [clock.alarm.id for clock in athena.runtime_data.room("bedroom").clocks]


def _told(hass: HomeAssistant) -> str | None:
    """Return what the repairs say of the store."""
    told = ir.async_get(hass).async_get_issue(DOMAIN, UNREADABLE_ISSUE)
    return None if told is None else told.translation_key


NO_JSON = {
    "empty": b"",
    "of zeros, as after a power cut": b"\0" * 4096,
    "half written": _envelope({"version": VERSION, "rooms": {"bedroom": {"state": "EMPTY"}}})[:60].encode(),
    "no text": b"\xff\xfe\x00\x01",
    "something else": b"alarms: 7 AM",
}
NO_STORE = {
    "a list": b"[]",
    "nothing": b"null",
    "a text": b'"athena"',
    "a number": b"7",
    "without a version": b'{"data": {}}',
    "without data": b'{"version": 1, "minor_version": 1}',
    "of a version that is none": _envelope({}, version="one").encode(),
}
NO_HOUSE: dict[str, object] = {
    "empty": {},
    "a list": [{"version": VERSION}],
    "a text": "the house",
    "of another version": {"version": VERSION + 1, "rooms": {}},
    "without rooms": {"version": VERSION},
    "rooms in a list": {"version": VERSION, "rooms": ["bedroom"]},
    "a room that is none": {"version": VERSION, "rooms": {"bedroom": 7}},
    "a room without alarms": {"version": VERSION, "rooms": {"bedroom": {"state": "EMPTY"}}},
}


async def test_a_good_file_is_read(hass: HomeAssistant, athena: MockConfigEntry, files: Path) -> None:
    assert await _start(hass, athena) == ["work"]
    assert _told(hass) is None


@pytest.mark.parametrize("content", NO_JSON.values(), ids=NO_JSON.keys())
async def test_a_file_that_is_no_json_is_put_aside_and_the_last_good_one_used(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path, content: bytes
) -> None:
    (files / DOMAIN).write_bytes(content)
    assert await _start(hass, athena) == ["work"]
    [kept] = files.glob(f"{DOMAIN}.corrupt.*")
    assert kept.read_bytes() == content
    assert _told(hass) == UNREADABLE_ISSUE


@pytest.mark.parametrize("content", NO_STORE.values(), ids=NO_STORE.keys())
async def test_a_file_that_is_no_store_is_put_aside_and_the_last_good_one_used(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path, content: bytes
) -> None:
    (files / DOMAIN).write_bytes(content)
    assert await _start(hass, athena) == ["work"]
    [kept] = files.glob(f"{DOMAIN}.corrupt.*")
    assert kept.read_bytes() == content
    assert _told(hass) == UNREADABLE_ISSUE


@pytest.mark.parametrize("data", NO_HOUSE.values(), ids=NO_HOUSE.keys())
async def test_a_store_that_is_no_house_is_kept_beside_and_the_last_good_one_used(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    files: Path,
    caplog: pytest.LogCaptureFixture,
    data: object,
) -> None:
    (files / DOMAIN).write_text(_envelope(data), "utf-8")
    assert await _start(hass, athena) == ["work"]
    assert json.loads((files / f"{DOMAIN}.unreadable").read_text("utf-8"))["data"] == data
    assert _told(hass) == UNREADABLE_ISSUE
    assert "it goes on from the last that could" in caplog.text


@pytest.mark.parametrize(
    "changed",
    [
        {"clock": {"after": "9999-12-31T23:59:59+00:00"}},
        {"clock": {"after": "2026-01-01T00:00:00"}},
        {"clock": {"after": 7}},
        {"alarm": {"time": "25:00"}},
        {"alarm": {"time": None}},
        {"alarm": {"weekdays": ["someday"]}},
        {"alarm": {"id": ""}},
    ],
    ids=str,
)
async def test_a_house_with_an_alarm_that_is_none_is_no_house(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path, changed: dict[str, dict[str, object]]
) -> None:
    stored = json.loads((files / DOMAIN).read_text("utf-8"))
    clock = stored["data"]["rooms"]["bedroom"]["alarms"][0]
    clock |= changed.get("clock", {})
    clock["alarm"] |= changed.get("alarm", {})
    (files / DOMAIN).write_text(json.dumps(stored), "utf-8")
    assert await _start(hass, athena) == ["work"]
    assert _told(hass) == UNREADABLE_ISSUE


@pytest.mark.parametrize("content", [b"", b"[]", _envelope(7).encode()], ids=["no json", "no store", "no house"])
async def test_where_there_is_nothing_to_fall_back_on_it_is_said_that_alarms_are_lost(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path, content: bytes
) -> None:
    (files / DOMAIN).write_bytes(content)
    (files / LAST_GOOD).unlink()
    assert await _start(hass, athena) == []
    assert _told(hass) == "lost_store"
    assert athena.state is ConfigEntryState.LOADED


async def test_two_bad_files_are_said_as_one(hass: HomeAssistant, athena: MockConfigEntry, files: Path) -> None:
    (files / DOMAIN).write_bytes(b"{")
    (files / LAST_GOOD).write_bytes(b"[]")
    assert await _start(hass, athena) == []
    assert _told(hass) == "lost_store"


async def test_a_bad_file_to_fall_back_on_does_no_harm_beside_a_good_one(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path
) -> None:
    (files / LAST_GOOD).write_bytes(b"{")
    assert await _start(hass, athena) == ["work"]
    assert _told(hass) is None
    assert _alarms(files / LAST_GOOD) == ["work"], "there is one to fall back on again"


async def test_a_file_that_is_gone_leaves_the_last_good_one(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path
) -> None:
    (files / DOMAIN).unlink()
    assert await _start(hass, athena) == ["work"]
    assert _told(hass) == UNREADABLE_ISSUE


async def test_what_was_fallen_back_on_is_written_and_read_the_next_time(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path
) -> None:
    (files / DOMAIN).write_bytes(b"{")
    await _start(hass, athena)
    assert await hass.config_entries.async_unload(athena.entry_id)
    ir.async_delete_issue(hass, DOMAIN, UNREADABLE_ISSUE)
    assert _alarms(files / DOMAIN) == ["work"]
    assert await _start(hass, athena) == ["work"]
    assert _told(hass) is None


async def test_a_new_house_has_lost_nothing(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert _told(hass) is None
    assert athena.state is ConfigEntryState.LOADED


async def test_a_house_of_a_newer_home_assistant_is_left_alone(
    hass: HomeAssistant, athena: MockConfigEntry, files: Path
) -> None:
    content = _envelope({"version": 9}, version=2)
    (files / DOMAIN).write_text(content, "utf-8")
    assert not await hass.config_entries.async_setup(athena.entry_id)
    await hass.async_block_till_done()
    assert (files / DOMAIN).read_text("utf-8") == content
