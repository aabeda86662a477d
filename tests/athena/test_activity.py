"""What is recorded of a room, in Home Assistant's own recorder and activity."""

import pytest
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.athena.brain.events import RoomForced
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import DOMAIN


@pytest.fixture(autouse=True)
def _custom_integrations(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Let Home Assistant find Athena, after the recorder, which must come first."""


@pytest.mark.parametrize("recorded", [True, False])
async def test_a_rooms_own_page_shows_what_happened_in_it_where_events_are_recorded(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    athena: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    recorded: bool,
) -> None:
    assert await async_setup_component(hass, "logbook", {})
    hass.config_entries.async_update_entry(athena, options={**athena.options, "record_events": recorded})
    await hass.async_block_till_done()
    start = dt_util.utcnow()
    athena.runtime_data.handle(RoomForced(room="bedroom", at=start, source="test", state=RoomState.SLEEP))
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)
    [device] = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "bedroom")})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "logbook/get_events", "start_time": start.isoformat(), "device_ids": [device.id]}
    )
    answer = await client.receive_json()
    lines = [(line["name"], line["message"]) for line in answer["result"] if line.get("domain") == DOMAIN]
    told = [
        ("Bedroom", "somebody says that the room is asleep"),
        ("Bedroom", "asleep (somebody said so): test"),
    ]
    assert lines == (told if recorded else [])
