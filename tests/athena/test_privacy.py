"""What of a house is recorded: by the user's two switches, which are off at first."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

import custom_components.athena as integration
from custom_components.athena.brain.events import VoiceCommand
from custom_components.athena.const import CONF_NAME, DOMAIN
from custom_components.athena.journal import EVENT

from .home import async_move

SAID = "turn on the emerald fountain"
SECRET = "emerald"


async def _switch(hass: HomeAssistant, entry: MockConfigEntry, **switches: bool) -> None:
    """Set the switches as a user does."""
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "privacy"})
    assert form["type"] is FlowResultType.FORM
    assert form["data_schema"] is not None
    result = await hass.config_entries.options.async_configure(form["flow_id"], form["data_schema"](switches))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


async def _say(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Say it in the living room: once to the brain, and once to the agent."""
    entry.runtime_data.handle(VoiceCommand(room="living_room", at=dt_util.utcnow(), source="test", text=SAID))
    await hass.async_block_till_done(wait_background_tasks=True)
    await conversation.async_converse(hass, SAID, None, Context(), agent_id="conversation.athena")
    await hass.async_block_till_done(wait_background_tasks=True)


def _ours(caplog: pytest.LogCaptureFixture) -> str:
    """Return what Athena has logged."""
    return "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("custom_components."))


async def test_both_switches_are_off_at_first(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    menu = await hass.config_entries.options.async_init(athena.entry_id)
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "privacy"})
    assert form["data_schema"] is not None
    assert form["data_schema"]({}) == {"record_events": False, "record_transcripts": False}
    file = Path(str(integration.__file__)).parent / "translations/en.json"
    words = json.loads(file.read_text("utf-8"))["options"]["step"]["privacy"]
    assert set(words["data"]) == set(words["data_description"]) == {str(field) for field in form["data_schema"].schema}


async def test_the_switches_and_the_other_options_leave_each_other_alone(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await _switch(hass, athena, record_events=True)
    assert athena.options == {CONF_NAME: "Arman", "record_events": True}
    menu = await hass.config_entries.options.async_init(athena.entry_id)
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "general"})
    await hass.config_entries.options.async_configure(form["flow_id"], {CONF_NAME: "Ada"})
    await hass.async_block_till_done()
    assert athena.options == {CONF_NAME: "Ada", "record_events": True}
    await _switch(hass, athena)
    assert athena.options == {CONF_NAME: "Ada"}


async def test_nothing_leaves_memory_while_the_switches_are_off(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    events = async_capture_events(hass, EVENT)
    with caplog.at_level(logging.DEBUG, "custom_components.athena"):
        await async_move(hass, "living_room", somebody=True)
        await _say(hass, athena)
    assert events == []
    assert hass.states.is_state("sensor.living_room_state", "occupied")
    assert SECRET not in _ours(caplog)
    assert "presence.motion_detected" not in _ours(caplog)


async def test_every_fact_and_order_is_told_where_events_are_recorded(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await _switch(hass, athena, record_events=True)
    events = async_capture_events(hass, EVENT)
    with caplog.at_level(logging.INFO, "custom_components.athena.journal"):
        await async_move(hass, "living_room", somebody=True)
    told = [event.data for event in events]
    assert [data["type"] for data in told] == [
        "presence.motion_detected",
        "room.set_state",
        "lights.animate",
        "lights.set_scene",
        "audio.say",
    ]
    [device] = dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "living_room")})
    assert {(data["room"], data["name"], data["device_id"]) for data in told} == {
        ("living_room", "Living Room", device.id)
    }
    assert told[0]["source"] == "binary_sensor.living_room_motion"
    assert len({event.context.id for event in events}) == 1, "the orders follow from the fact"
    assert all(repr(data["type"]) in caplog.text for data in told)


async def test_no_word_is_recorded_with_the_events_while_transcripts_are_off(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await _switch(hass, athena, record_events=True)
    events = async_capture_events(hass, EVENT)
    with caplog.at_level(logging.DEBUG, "custom_components.athena"):
        await _say(hass, athena)
    types = [event.data["type"] for event in events]
    assert types[0] == "voice.command"
    assert "device.on" in types
    assert "audio.say" in types
    assert SECRET not in str([event.data for event in events])
    assert SECRET not in _ours(caplog)
    assert "device.on in Living Room failed: Living Room has no …" in _ours(caplog)
    assert SECRET not in str(athena.runtime_data.journal.orders)


async def test_what_is_said_is_recorded_where_transcripts_are(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await _switch(hass, athena, record_events=True, record_transcripts=True)
    events = async_capture_events(hass, EVENT)
    with caplog.at_level(logging.INFO, "custom_components.athena"):
        await _say(hass, athena)
    assert events[0].data["text"] == SAID
    assert f"{SAID!r}: " in _ours(caplog)
    assert "has no emerald fountain" in _ours(caplog)


@pytest.mark.parametrize("transcripts", [False, True])
async def test_an_answer_that_takes_too_long_is_logged_without_the_words_unless_they_are_recorded(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    transcripts: bool,
) -> None:
    await _switch(hass, athena, record_transcripts=transcripts)
    monkeypatch.setattr("custom_components.athena.agent.turns.DEADLINE", 0.0)

    async def _slow(*_args: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("custom_components.athena.agent.router.Router.async_answer", _slow)
    with caplog.at_level(logging.DEBUG, "custom_components.athena"):
        await conversation.async_converse(hass, SAID, None, Context(), agent_id="conversation.athena")
    assert "No answer to " in _ours(caplog)
    assert (SECRET in _ours(caplog)) is transcripts
