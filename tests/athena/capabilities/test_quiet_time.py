"""PRD §7: "Quiet hours mode (no voice responses, lights only — for guests)", for as long as the guests are there."""

from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import QuietSet

from ..clock import BEDROOM, MONDAY_EVENING, async_pass, async_settle
from ..saying import Speaker

SWITCH = "switch.bedroom_quiet_hours"


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be ten in the evening of a Monday before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.mark.parametrize(
    ("said", "line", "hours"),
    [
        ("quiet mode for one hour", "Quiet mode until 11 PM.", 1),
        ("quiet mode until half past eleven", "Quiet mode until 11:30 PM.", 1.5),
        ("guest mode for three hours", "Quiet mode until 1 AM tomorrow.", 3),
        ("quiet mode until 8", "Quiet mode until 8 AM tomorrow.", 10),
        ("quiet mode for tonight", "Quiet mode until 9 AM tomorrow.", 11),
        ("be quiet until tomorrow", "Quiet mode until 9 AM tomorrow.", 11),
    ],
)
async def test_quiet_mode_for_a_time_ends_by_itself(
    hass: HomeAssistant,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
    said: str,
    line: str,
    hours: float,
) -> None:
    assert await in_the_bedroom.says(said) == line
    assert await in_the_bedroom.says("status") == ""
    await async_pass(hass, freezer, hours=hours, minutes=-1)
    assert hass.states.is_state(SWITCH, "on")
    await async_pass(hass, freezer, minutes=1)
    assert hass.states.is_state(SWITCH, "off")
    assert await in_the_bedroom.says("status") != ""
    assert aloud == [], "nothing is said of it"


async def test_tonight_is_the_night_to_come_once_somebody_is_up_again(
    in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(MONDAY_EVENING.replace(hour=8, minute=35))
    assert await in_the_bedroom.says("quiet mode for tonight") == "Quiet mode until 9 AM tomorrow."
    freezer.move_to(MONDAY_EVENING.replace(day=6, hour=2))
    assert await in_the_bedroom.says("quiet mode for tonight") == ""  # it is quiet already
    assert await in_the_bedroom.says("quiet mode off") != ""
    assert await in_the_bedroom.says("quiet mode for tonight") == "Quiet mode until 9 AM."


async def test_what_somebody_decides_meanwhile_holds(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("quiet mode for one hour")
    for on in (False, True):
        athena.runtime_data.handle(QuietSet(room=BEDROOM, at=dt_util.utcnow(), source=SWITCH, on=on))
    await async_pass(hass, freezer, hours=2)
    assert hass.states.is_state(SWITCH, "on")


async def test_it_ends_though_home_assistant_was_down_at_that_time(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("quiet mode for one hour")
    assert await hass.config_entries.async_unload(athena.entry_id)
    freezer.tick(timedelta(hours=2))
    assert await hass.config_entries.async_setup(athena.entry_id)
    await async_settle(hass)
    assert hass.states.is_state(SWITCH, "off")


async def test_a_room_that_is_gone_is_forgotten(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, hass_storage: dict[str, Any]
) -> None:
    await in_the_bedroom.says("quiet mode for one hour")
    [room] = [one for one in athena.subentries.values() if one.unique_id == BEDROOM]
    hass.config_entries.async_remove_subentry(athena, room.subentry_id)
    await async_settle(hass)
    assert await hass.config_entries.async_unload(athena.entry_id)
    assert hass_storage["athena.companion"]["data"]["quiet_time"] == {}
