"""What is recorded of a room stands in Home Assistant's activity in plain words."""

import dataclasses
import string
from typing import Any

import pytest
from homeassistant.components.logbook import LOGBOOK_ENTRY_MESSAGE, LOGBOOK_ENTRY_NAME
from homeassistant.core import Event, HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

from custom_components.athena.brain import commands, events
from custom_components.athena.brain.events import MotionDetected, RoomForced, VoiceCommand
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.journal import CLOCKWORK, EVENT
from custom_components.athena.logbook import MESSAGES, REASONS, STATES, async_describe_events

OWN = {"source", "by", "text", "device"}
"""What the describing itself fills in."""


def _kinds() -> list[type[Any]]:
    """Return every kind of fact and of order that is told."""
    found = [
        kind
        for module, root in ((events, events.Event), (commands, commands.Command))
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, root) and hasattr(kind, "type")
    ]
    return [kind for kind in found if not issubclass(kind, CLOCKWORK)]


def _described(hass: HomeAssistant, told: Event[dict[str, Any]]) -> str:
    """Return the line of the activity."""
    lines: list[dict[str, str]] = []
    async_describe_events(hass, lambda _domain, _event, describe: lines.append(describe(told)))
    return f"{lines[0][LOGBOOK_ENTRY_NAME]}: {lines[0][LOGBOOK_ENTRY_MESSAGE]}"


def test_every_fact_and_order_has_words_for_its_own_fields() -> None:
    kinds = {kind.type: kind for kind in _kinds()}
    assert set(MESSAGES) == set(kinds)
    for name, message in MESSAGES.items():
        used = {field for _, field, _, _ in string.Formatter().parse(message) if field}
        assert used - OWN <= {field.name for field in dataclasses.fields(kinds[name])}, name
    assert set(STATES) == set(RoomState)
    assert set(REASONS) == set(Why)


async def test_an_evening_reads_like_one(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    hass.config_entries.async_update_entry(athena, options={**athena.options, "record_events": True})
    await hass.async_block_till_done()
    told = async_capture_events(hass, EVENT)
    at = dt_util.utcnow()
    source = "binary_sensor.bedroom_motion"
    for fact in (
        MotionDetected(room="bedroom", at=at, source=source),
        VoiceCommand(room="bedroom", at=at, source="satellite", text="i'm still awake"),
        RoomForced(room="bedroom", at=at, source="service", state=RoomState.SLEEP),
    ):
        athena.runtime_data.handle(fact)
    await hass.async_block_till_done(wait_background_tasks=True)
    lines = [_described(hass, event) for event in told]
    assert lines == [
        "Bedroom: somebody is seen: Bedroom Motion",
        "Bedroom: occupied (somebody came in): Bedroom Motion",
        "Bedroom: lights play golden_shimmer",
        "Bedroom: scene entry",
        "Bedroom: Athena speaks",
        "Bedroom: somebody says something",
        "Bedroom: nobody falls asleep after all",
        "Bedroom: Athena speaks",
        "Bedroom: somebody says that the room is asleep",
        "Bedroom: asleep (somebody said so): service",
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({}, "Athena: "),
        ({"type": "of.another_version", "name": "Kitchen"}, "Kitchen: of.another_version"),
        ({"type": "lights.set_scene", "name": "Kitchen"}, "Kitchen: lights.set_scene"),
    ],
)
async def test_what_another_version_recorded_is_no_error(hass: HomeAssistant, data: dict[str, Any], line: str) -> None:
    assert _described(hass, Event(EVENT, data)) == line


def test_no_brace_of_what_is_said_is_taken_for_a_field(hass: HomeAssistant) -> None:
    told = {"type": "voice.command", "name": "Kitchen", "text": "{type} {0}"}
    assert _described(hass, Event(EVENT, told)) == "Kitchen: somebody says something: “{type} {0}”"
