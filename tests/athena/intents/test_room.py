"""Speak with a room: of sleep, of quiet, of scenes, and of what it did."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.brain.events import AlarmDismissed
from custom_components.athena.brain.room import Room
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import SUBENTRY_ROOM, SUBENTRY_SCENE
from custom_components.athena.own_scenes import CONF_BRIGHTNESS, CONF_KELVIN, CONF_LINE, CONF_ROOM, id_of

from ..home import async_move
from .conftest import MONDAY_EVENING, Say


async def test_sleep_mode_disabled_prd_8(hass: HomeAssistant, say: Say, bedroom: Room) -> None:
    assert await say("good night") == "Good night."
    assert bedroom.sleeping
    assert await say("don't turn off the lights, I'm still awake") == "Sleep mode disabled."
    assert not bedroom.sleeping


async def test_quiet_mode_is_acknowledged_once_and_then_nothing_is_said_there(
    hass: HomeAssistant, say: Say, bedroom: Room
) -> None:
    assert await say("quiet mode") == "Quiet mode."
    assert bedroom.quiet
    assert await say("turn on the bedroom lamp") == ""
    assert hass.states.is_state("light.bedroom_lamp", "on"), "lights still obey"
    assert await say("what alarms are set") == ""
    assert await say("xyzzy") == ""
    assert await say("quiet mode") == ""
    assert await say("quiet mode in the bedroom", where="Kitchen") == "Quiet mode.", "the kitchen is not quiet"
    assert await say("what alarms are set in the bedroom", where=None) == "No alarms.", "who types reads"
    assert await say("quiet hours off") == "Understood."
    assert not bedroom.quiet
    assert await say("what alarms are set") == "No alarms."


async def test_an_alarm_is_exempt_from_quiet_mode(
    freezer: FrozenDateTimeFactory, say: Say, bedroom: Room, ring: Callable[[str], Awaitable[None]]
) -> None:
    await say("set an alarm for 7")
    await say("quiet mode")
    freezer.move_to(MONDAY_EVENING.replace(day=6, hour=7))
    await ring("at_0700")
    assert await say("stop") == "Out of bed first."


async def test_whoever_speaks_is_there(say: Say, bedroom: Room) -> None:
    await say("what alarms are set in the bedroom", where="Kitchen")
    await say("what alarms are set in the bedroom", where=None)
    assert not bedroom.occupancy(dt_util.utcnow()).evidence
    await say("xyzzy")
    assert bedroom.state is RoomState.OCCUPIED
    (evidence,) = bedroom.occupancy(dt_util.utcnow()).evidence
    assert (evidence.source, evidence.kind) == ("agent", "voice")


async def test_why_is_it_dark(hass: HomeAssistant, say: Say) -> None:
    assert await say("what happened in the bedroom", where="Kitchen") == "Nothing happened."
    await async_move(hass, "bedroom", somebody=True)
    assert await say("why did the lights come on") == "You came in at 10 PM."
    assert await say("why is it dark") == "That wasn't me."
    await say("good night")
    assert await say("why is it dark") == "You asked for sleep mode at 10 PM."
    await say("I'm still awake")
    assert await say("what happened") == "You said at 10 PM that you were awake."


async def test_why_did_the_alarm_ring_and_stop(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    say: Say,
    ring: Callable[[str], Awaitable[None]],
) -> None:
    assert await say("why did the alarm ring") == "Nothing happened."
    await say("set an alarm for 7")
    freezer.move_to(MONDAY_EVENING.replace(day=6, hour=7))
    await ring("at_0700")
    assert await say("why did you wake me") == "Your alarm rang at 7 AM."
    freezer.tick(timedelta(minutes=5))
    athena.runtime_data.handle(AlarmDismissed(room="bedroom", at=dt_util.utcnow(), source="app"))
    assert await say("why did the alarm stop") == "Somebody stopped it in the app at 7:05 AM."
    assert await say("why didn't the alarm ring") == "Nothing happened."


class TestOwnScenes:
    """Scenes that the user added."""

    @pytest.fixture
    def entry(self, entry: MockConfigEntry) -> MockConfigEntry:
        """Return Athena with a scene of the user's in the bedroom."""
        return MockConfigEntry(
            domain=entry.domain,
            title=entry.title,
            options=dict(entry.options),
            subentries_data=[
                *(
                    ConfigSubentryData(
                        data=room.data, subentry_type=SUBENTRY_ROOM, title=room.title, unique_id=room.unique_id
                    )
                    for room in entry.subentries.values()
                ),
                ConfigSubentryData(
                    data={CONF_ROOM: "bedroom", CONF_BRIGHTNESS: 10, CONF_KELVIN: 2500, CONF_LINE: "Enjoy the movie."},
                    subentry_type=SUBENTRY_SCENE,
                    title="Movie Night",
                    unique_id=id_of("bedroom", "movie_night"),
                ),
            ],
        )

    async def test_a_scene_is_called_by_the_name_the_user_gave_it(
        self, hass: HomeAssistant, say: Say, bedroom: Room
    ) -> None:
        assert await say("movie night mode") == "Enjoy the movie."
        assert bedroom.scene == "movie_night"
        lamp = hass.states.get("light.bedroom_lamp")
        assert lamp is not None
        assert lamp.attributes["brightness"] == pytest.approx(25, abs=1)
        assert await say("why are the lights on") == "You asked for Movie Night mode at 10 PM."

    async def test_a_room_without_the_scene_says_so(self, say: Say) -> None:
        assert await say("movie night mode", where="Kitchen") == "I can't do that."


async def test_a_scene_that_nobody_added_is_not_understood(say: Say) -> None:
    assert await say("movie night mode") == "I didn't catch that."
