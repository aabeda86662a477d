"""A room is kept quiet, and what could wait is said when the quiet is over."""

from typing import Any

import pytest
from homeassistant.core import Context
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.athena.brain.events import QuietSet, RoomForced
from custom_components.athena.brain.room_state import RoomState

from .running import BEDROOM, Runs

SPEAKER = "media_player.speaker"
DAY: dict[str, Any] = {"room": BEDROOM, "players": [SPEAKER], "begins": "23:00:00", "ends": "07:00:00"}
"""It is ten in the evening: not night yet."""


def _plays(runs: Runs, volume: float | None, context: Context | None = None, state: str = "playing") -> None:
    attributes = {} if volume is None else {"volume_level": volume}
    runs.hass.states.async_set(SPEAKER, state, attributes, context=context)


async def _say(runs: Runs, text: Any, **data: Any) -> None:
    runs.hass.bus.async_fire("athena_message", {"text": text, **data})
    await runs.async_settle()


@pytest.fixture
async def room(runs: Runs) -> Runs:
    """Return a bedroom in which somebody is, and in which Athena can be heard."""
    runs.said = await runs.async_put_satellite(BEDROOM)
    await runs.async_move(BEDROOM, somebody=True)
    runs.said.clear()
    return runs


async def test_what_is_said_while_somebody_sleeps_is_kept_for_when_they_are_awake(room: Runs) -> None:
    await room.async_automate("quiet_guard", **DAY)
    await _say(room, "The washing machine is done.")
    assert room.said == ["The washing machine is done."], "nobody sleeps yet"
    await room.async_tell(RoomForced, state=RoomState.SLEEP)
    await _say(room, "A parcel has come.")
    await room.async_pass(minutes=7)
    await _say(room, "The heating needs water.")
    await room.async_pass(minutes=7)
    assert len(room.said) == 1
    await room.async_tell(RoomForced, state=RoomState.OCCUPIED)
    await room.async_pass(minutes=1)
    assert sorted(room.said[1:]) == ["At 10:00 PM: A parcel has come.", "At 10:07 PM: The heating needs water."]


async def test_what_is_critical_comes_at_once_and_what_is_old_or_nothing_is_dropped(room: Runs) -> None:
    sent = async_mock_service(room.hass, "notify", "send_message")
    both = {"satellites": [f"assist_satellite.{BEDROOM}"], "notify": ["notify.arman"]}
    await room.async_automate("quiet_guard", **DAY, **both, hours=1)
    await room.async_tell(QuietSet, on=True)
    await _say(room, "Water in the cellar!", critical=True)
    assert room.said == ["Water in the cellar!"]
    assert [call.data["message"] for call in sent] == ["Water in the cellar!"]
    for nothing in ("A parcel has come.", "", None, {"a": 1}):
        await _say(room, nothing)
    await room.async_pass(minutes=70)
    await room.async_tell(QuietSet, on=False)
    await room.async_pass(minutes=6)
    assert len(room.said) == 1


async def test_speakers_stay_below_the_cap_unless_a_hand_turns_them_up(room: Runs, hass_admin_user: Any) -> None:
    lowered = async_mock_service(room.hass, "media_player", "volume_set")
    await room.async_automate("quiet_guard", **DAY)
    _plays(room, 0.6)
    await room.async_settle()
    assert lowered == [], "it is not night yet"
    await room.async_pass(minutes=61)
    assert [call.data["volume_level"] for call in lowered] == [0.2]
    for loud, how_often in ((0.1, 1), (0.5, 2), (None, 2)):
        _plays(room, loud)
        await room.async_settle()
        assert len(lowered) == how_often
    _plays(room, 0.7, Context(user_id=hass_admin_user.id))
    await room.async_settle()
    _plays(room, None, state="unavailable")
    await room.async_settle()
    assert len(lowered) == 2
