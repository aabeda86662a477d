"""PRD §7: "Arvis, status" → "Lights on. Night mode. 11:43 PM."."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory

from ..saying import Speaker


@pytest.fixture(autouse=True)
def _at_night(freezer: FrozenDateTimeFactory) -> None:
    """Let it be 11:43 PM in the time zone of the test's Home Assistant."""
    freezer.move_to(datetime(2026, 11, 20, 23, 43, tzinfo=ZoneInfo("US/Pacific")))


async def test_lights_on_night_mode_11_43_pm(in_the_bedroom: Speaker) -> None:
    assert await in_the_bedroom.says("night mode") == "Night mode."
    assert await in_the_bedroom.says("Arvis, status") == "Lights on. Night mode. 11:43 PM."


async def test_a_scene_that_came_by_itself_is_no_news(in_the_bedroom: Speaker) -> None:
    assert await in_the_bedroom.says("status") == "Lights off. 11:43 PM."


async def test_in_quiet_mode_nothing_is_said(in_the_bedroom: Speaker) -> None:
    await in_the_bedroom.says("quiet mode")
    assert await in_the_bedroom.says("status") == ""


async def test_from_no_room_every_room_is_told(in_the_bedroom: Speaker) -> None:
    in_the_bedroom.device = None
    expected = "Lights off. Living Room: empty. Kitchen: empty. Bedroom: empty. 11:43 PM."
    assert await in_the_bedroom.says("status") == expected
