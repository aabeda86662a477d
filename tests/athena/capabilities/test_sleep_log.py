"""PRD §7: "motion tracking → restful/restless": a night in a real Home Assistant, asked about and looked at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.athena.const import (
    CONF_BED_LEFT,
    CONF_BED_RIGHT,
    CONF_BED_SENSORS,
    CONF_POSTURE,
    DOMAIN,
    SUBENTRY_ROOM,
)

from ..clock import async_act, async_pass
from ..home import AREAS
from ..saying import Speaker

ZONE = ZoneInfo("US/Pacific")
MAT = "binary_sensor.mat"
CAMERA = "sensor.posture"
EVENING = datetime(2026, 11, 19, 22, 0, tzinfo=ZONE)

type Rooms = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(EVENING)


@pytest.fixture
def rooms() -> Rooms:
    """Return what the rooms are made of: the bedroom has a mat."""
    return {"bedroom": {CONF_BED_SENSORS: [MAT]}}


@pytest.fixture
def entry(rooms: Rooms) -> MockConfigEntry:
    """Return Athena with a room for every area."""
    areas = {area.lower().replace(" ", "_"): area for area in AREAS}
    return MockConfigEntry(
        domain=DOMAIN,
        title="Athena",
        subentries_data=[
            ConfigSubentryData(data=rooms.get(area, {}), subentry_type=SUBENTRY_ROOM, title=title, unique_id=area)
            for area, title in areas.items()
        ],
    )


@pytest.fixture
def sleeper(hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory) -> Iterator["Sleeper"]:
    """Return somebody who is about to go to bed."""
    return Sleeper(hass, freezer)


class Sleeper:
    """Somebody in bed, as the mat feels them."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self._hass = hass
        self._freezer = freezer

    async def feels(self, *, somebody: bool, sensor: str = MAT) -> None:
        self._hass.states.async_set(sensor, "on" if somebody else "off")
        await self._hass.async_block_till_done(wait_background_tasks=True)

    async def until(self, wall: datetime) -> None:
        """Let time pass until then."""
        await async_pass(self._hass, self._freezer, seconds=(wall - datetime.now(ZONE)).total_seconds())

    async def falls_asleep(self, wall: datetime) -> None:
        """Be asleep from then on."""
        await self.until(wall)
        await self.feels(somebody=False)
        await self.feels(somebody=True)
        await async_act(self._hass, "set_room_state", room="bedroom", state="sleep")

    async def moves(self, *walls: datetime, sensor: str = MAT) -> None:
        """Turn over: the mat lets go for a few seconds."""
        for wall in walls:
            await self.until(wall)
            await self.feels(somebody=False, sensor=sensor)
            await async_pass(self._hass, self._freezer, seconds=5)
            await self.feels(somebody=True, sensor=sensor)

    async def wakes(self, wall: datetime) -> None:
        """Get up."""
        await self.until(wall)
        await async_act(self._hass, "set_room_state", room="bedroom", state="occupied")

    async def sleeps(self, *, every: int, begin: datetime | None = None, end: datetime | None = None) -> None:
        """Sleep from 23:00 to 6:40, and turn over every so many minutes."""
        begin, end = begin or EVENING.replace(hour=23), end or EVENING.replace(day=20, hour=6, minute=40)
        await self.falls_asleep(begin)
        moments = range(30, int((end - begin).total_seconds() // 60), every)
        await self.moves(*(begin + timedelta(minutes=minute) for minute in moments))
        await self.wakes(end)


def _state(hass: HomeAssistant, entity: str) -> State:
    state = hass.states.get(entity)
    assert state is not None
    return state


async def test_a_quiet_night_is_restful(hass: HomeAssistant, sleeper: Sleeper, in_the_bedroom: Speaker) -> None:
    assert hass.states.is_state("sensor.bedroom_sleep", "unknown")
    assert await in_the_bedroom.says("how did I sleep") == "I don't know."
    await sleeper.sleeps(every=60)
    assert await in_the_bedroom.says("how did I sleep") == "Restful. 7 hours and 40 minutes."
    assert await in_the_bedroom.says("when did I fall asleep") == "11 PM."
    assert await in_the_bedroom.says("how long did I sleep") == "7 hours and 40 minutes."
    assert await in_the_bedroom.says("when did I wake up") == "6:40 AM."
    state = _state(hass, "sensor.bedroom_sleep")
    assert state.state == "restful"
