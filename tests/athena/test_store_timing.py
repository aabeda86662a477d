"""When the house is written down: soon, and not put off by what goes on."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import PersonHome, RoomForced
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import DOMAIN

from .clock import BEDROOM, MONDAY_EVENING, async_pass


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


def _see(athena: MockConfigEntry, number: int) -> None:
    """Let the house take in a fact by which nothing is decided."""
    athena.runtime_data.handle(PersonHome(room=BEDROOM, at=dt_util.utcnow(), source=f"person.{number}"))


def _written(hass_storage: dict[str, Any]) -> list[str]:
    return list(
        hass_storage.get(DOMAIN, {"data": {"rooms": {BEDROOM: {"people": {}}}}})["data"]["rooms"][BEDROOM]["people"]
    )


async def test_what_is_seen_is_written_within_a_minute_though_more_is_seen_all_the_time(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> None:
    for number in range(14):
        _see(athena, number)
        await async_pass(hass, freezer, seconds=5)
    assert "person.0" in _written(hass_storage)
    assert "person.13" not in _written(hass_storage), "nor is every fact written by itself"
    await async_pass(hass, freezer, seconds=61)
    assert "person.13" in _written(hass_storage)


async def test_what_is_decided_is_written_within_a_second_or_two_though_more_is_seen_all_the_time(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> None:
    _see(athena, 0)
    await async_pass(hass, freezer, seconds=2)
    athena.runtime_data.handle(RoomForced(room=BEDROOM, at=dt_util.utcnow(), source="app", state=RoomState.SLEEP))
    for number in range(1, 8):
        _see(athena, number)
        await async_pass(hass, freezer, seconds=0.25)
    assert hass_storage[DOMAIN]["data"]["rooms"][BEDROOM]["state"] == RoomState.SLEEP


async def test_what_is_not_written_yet_is_when_home_assistant_stops(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    _see(athena, 0)
    assert "person.0" not in _written(hass_storage)
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert "person.0" in _written(hass_storage)
