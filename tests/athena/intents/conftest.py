"""A bedroom with a button beside the bed, and somebody who speaks there."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import AlarmTrigger
from custom_components.athena.brain.room import Room
from custom_components.athena.const import CONF_BUTTONS, CONF_NAME, DOMAIN, SUBENTRY_ROOM

MONDAY_EVENING = datetime(2026, 1, 5, 22, 0, tzinfo=ZoneInfo("US/Pacific"))
"""In the time zone of the test's Home Assistant."""

type Say = Callable[..., Awaitable[str]]


@pytest.fixture(autouse=True)
def evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return Athena with a bedroom whose button could end an alarm, and a kitchen without one."""
    rooms = {"Bedroom": {CONF_BUTTONS: ["input_button.bedside"]}, "Kitchen": {}}
    return MockConfigEntry(
        domain=DOMAIN,
        title="Athena",
        options={CONF_NAME: "Arman"},
        subentries_data=[
            ConfigSubentryData(data=data, subentry_type=SUBENTRY_ROOM, title=area, unique_id=area.lower())
            for area, data in rooms.items()
        ],
    )


@pytest.fixture
def bedroom(athena: MockConfigEntry) -> Room:
    """Return what Athena knows of the bedroom."""
    room: Room = athena.runtime_data.room("bedroom")
    return room


@pytest.fixture
def say(hass: HomeAssistant, athena: MockConfigEntry) -> Say:
    """Return what says something to Athena in a room, or in no room, and returns her answer."""

    async def said(text: str, where: str | None = "Bedroom") -> str:
        device = None
        if where is not None:
            registry = dr.async_get(hass)
            identifiers = {("test", where)}
            device = registry.async_get_or_create(
                config_entry_id=athena.entry_id, identifiers=identifiers, suggested_area=where
            ).id
        result = await conversation.async_converse(
            hass, text, None, Context(), agent_id="conversation.athena", device_id=device, language="en"
        )
        await hass.async_block_till_done(wait_background_tasks=True)
        return str(result.response.speech["plain"]["speech"])

    return said


@pytest.fixture
def ring(hass: HomeAssistant, athena: MockConfigEntry, bedroom: Room) -> Callable[[str], Awaitable[None]]:
    """Return what lets an alarm of the bedroom ring now."""

    async def rings(alarm: str) -> None:
        trigger = AlarmTrigger(room="bedroom", at=dt_util.utcnow(), source="test", alarm=alarm)
        athena.runtime_data.handle(trigger)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert alarm in bedroom.ringing

    return rings
