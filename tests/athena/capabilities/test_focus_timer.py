"""PRD §7: "Focus timer with Pomodoro-style breaks"."""

from datetime import datetime, timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, State
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.athena.brain.events import (
    LightsTouched,
    QuietSet,
    RoomForced,
)
from custom_components.athena.brain.room_state import RoomState

from ..clock import BEDROOM, MONDAY_EVENING, async_pass, async_settle
from ..home import async_move
from ..saying import Speaker
from ..saying import async_settle as async_set

SENSOR = "sensor.bedroom_focus_timer"


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


def _tell(athena: MockConfigEntry, kind: type, **details: object) -> None:
    athena.runtime_data.handle(kind(room=BEDROOM, at=dt_util.utcnow(), source="test", **details))


def _shown(hass: HomeAssistant) -> State:
    shown = hass.states.get(SENSOR)
    assert shown is not None
    return shown


async def _come_in(hass: HomeAssistant) -> None:
    """Be seen by the room's sensor."""
    await async_move(hass, BEDROOM, somebody=True)
    await hass.async_block_till_done(wait_background_tasks=True)


async def _leave(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Be seen no more, until the room is empty: ten minutes later."""
    await async_move(hass, BEDROOM, somebody=False)
    await async_pass(hass, freezer, minutes=10)
    assert hass.states.is_state("sensor.bedroom_state", "empty")


@pytest.fixture
async def in_the_bedroom(hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str]) -> Speaker:
    """Return somebody whom the room's sensor sees, and who has been greeted."""
    await _come_in(hass)
    assert aloud == ["Welcome back, Arman."]
    aloud.clear()
    return in_the_bedroom


@pytest.fixture
def announced(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what a satellite in the bedroom is told to say."""
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id=BEDROOM)
    hass.states.async_set(satellite.entity_id, "idle")
    announced: list[ServiceCall] = async_mock_service(hass, "assist_satellite", "announce")
    return announced


async def test_four_rounds_with_breaks_the_fourth_a_long_one(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("start a focus timer") == "Focus. 25 minutes."
    for _ in range(3):
        await async_pass(hass, freezer, minutes=25)
        await async_pass(hass, freezer, minutes=5)
    await async_pass(hass, freezer, minutes=25)
    await async_pass(hass, freezer, minutes=14)
    assert aloud == [*["Break. 5 minutes.", "Focus. 25 minutes."] * 3, "Break. 15 minutes."]
    await async_pass(hass, freezer, minutes=1)
    assert aloud[-1] == "Focus timer done. Four rounds."
    await async_pass(hass, freezer, hours=2)
    assert len(aloud) == 8
    assert hass.states.is_state(SENSOR, "idle")


async def test_it_begins_in_the_light_of_focus_mode_and_leaves_the_lights_alone_from_then_on(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a pomodoro")
    assert athena.runtime_data.room(BEDROOM).scene == "focus"
    assert hass.states.is_state("light.bedroom_lamp", "on")
    await in_the_bedroom.says("night mode")
    await async_pass(hass, freezer, minutes=25)
    await async_pass(hass, freezer, minutes=5)
    assert hass.states.is_state(SENSOR, "focus")
    assert athena.runtime_data.room(BEDROOM).scene == "night"


async def test_a_length_alone_is_one_stretch_and_with_breaks_they_are_as_long_as_was_said(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("focus for 50 minutes") == "Focus. 50 minutes."
    await async_pass(hass, freezer, minutes=50)
    assert aloud == ["Focus timer done."]
    assert await in_the_bedroom.says("focus timer 25 minutes with 10 minute breaks") == "Focus. 25 minutes."
    await async_pass(hass, freezer, minutes=25)
    assert aloud[1:] == ["Break. 10 minutes."]


async def test_lengths_and_rounds_can_be_set(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    lengths = {"focus": 45.0, "break": 15.0, "long_break": 30.0, "rounds": 2.0}
    await async_set(hass, athena, focus_timer=lengths)
    assert await in_the_bedroom.says("start a focus timer") == "Focus. 45 minutes."
    await async_pass(hass, freezer, minutes=45)
    await async_pass(hass, freezer, minutes=15)
    assert _shown(hass).attributes["round"] == 2
    assert _shown(hass).attributes["rounds"] == 2
    await async_pass(hass, freezer, minutes=45)
    assert hass.states.is_state(SENSOR, "idle"), "no break after the last round, but for a long one"


async def test_what_is_left_can_be_asked_for(
    hass: HomeAssistant, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("how long is left of the focus") == "No focus timer."
    await in_the_bedroom.says("start a focus timer")
    await async_pass(hass, freezer, minutes=5)
    assert await in_the_bedroom.says("how long is left of the focus") == "20 minutes left."
    assert await in_the_bedroom.says("is it break yet") == "No. 20 minutes left."
    await async_pass(hass, freezer, minutes=20)
    await async_pass(hass, freezer, minutes=2)
    assert await in_the_bedroom.says("how long is left of the break") == "Break. 3 minutes left."
    assert await in_the_bedroom.says("is it break yet") == "Yes. 3 minutes left."
    assert await in_the_bedroom.says("is the break over") == "No. 3 minutes left."


async def test_it_is_paused_and_goes_on(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    await async_pass(hass, freezer, minutes=5)
    assert await in_the_bedroom.says("pause the focus timer") == "Paused."
    await async_pass(hass, freezer, hours=1)
    assert aloud == []
    assert hass.states.is_state(SENSOR, "paused")
    assert await in_the_bedroom.says("how long is left of the focus") == "Paused, 20 minutes left."
    assert await in_the_bedroom.says("resume the focus timer") == "Focus. 20 minutes."
    await async_pass(hass, freezer, minutes=20)
    assert aloud == ["Break. 5 minutes."]


async def test_the_break_is_skipped(
    hass: HomeAssistant, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("skip the break") == "No focus timer."
    await in_the_bedroom.says("start a focus timer")
    assert await in_the_bedroom.says("skip the break") == "No break now."
    await async_pass(hass, freezer, minutes=25)
    assert await in_the_bedroom.says("skip the break") == "Focus. 25 minutes."
    assert _shown(hass).attributes["round"] == 2


async def test_it_is_stopped(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    assert await in_the_bedroom.says("stop the focus timer") == "No focus timer."
    await in_the_bedroom.says("start a focus timer")
    assert await in_the_bedroom.says("stop the focus timer") == "Focus timer stopped."
    await async_pass(hass, freezer, hours=1)
    assert aloud == []


async def test_two_rooms_have_one_each(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    kitchen = dr.async_get(hass).async_get_or_create(
        config_entry_id=athena.entry_id, identifiers={("test", "kitchen")}, suggested_area="Kitchen"
    )
    in_the_kitchen = Speaker(hass, kitchen.id)
    assert await in_the_bedroom.says("start a focus timer") == "Focus. 25 minutes."
    await async_pass(hass, freezer, minutes=5)
    assert await in_the_kitchen.says("focus for 10 minutes") == "Focus. 10 minutes."
    assert await in_the_kitchen.says("how long is left of the focus") == "10 minutes left."
    assert await in_the_bedroom.says("how long is left of the focus") == "20 minutes left."
    assert await in_the_bedroom.says("stop the focus timer") == "Focus timer stopped."
    assert hass.states.is_state("sensor.kitchen_focus_timer", "focus")


async def test_a_new_one_takes_the_place_of_the_one_before(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    assert await in_the_bedroom.says("focus for 10 minutes") == "Focus. 10 minutes."
    await async_pass(hass, freezer, minutes=10)
    assert aloud == ["Focus timer done."]


async def test_in_quiet_hours_it_counts_without_a_word(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("start a focus timer")
    _tell(athena, QuietSet, on=True)
    await async_pass(hass, freezer, minutes=25)
    assert hass.states.is_state(SENSOR, "break")
    assert aloud == []


async def test_who_leaves_finds_the_rest_of_it_when_they_are_back(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("start a focus timer")
    await async_pass(hass, freezer, minutes=5)
    await _leave(hass, freezer)
    assert hass.states.is_state(SENSOR, "paused")
    await async_pass(hass, freezer, minutes=30)
    aloud.clear()
    await _come_in(hass)
    assert aloud == ["Welcome back, Arman.", "Focus. 10 minutes."]
    assert athena.runtime_data.room(BEDROOM).scene == "focus", "in the light that was asked for"


async def test_lights_that_somebody_has_changed_stay_as_they_are(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    _tell(athena, LightsTouched)
    await async_pass(hass, freezer, minutes=5)
    await _leave(hass, freezer)
    await _come_in(hass)
    assert hass.states.is_state(SENSOR, "focus")
    assert athena.runtime_data.room(BEDROOM).scene == "entry"


async def test_a_break_goes_on_while_nobody_is_there_and_the_next_round_waits(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("focus timer 25 minutes with 15 minute breaks")
    await async_pass(hass, freezer, minutes=25)
    await _leave(hass, freezer)
    assert hass.states.is_state(SENSOR, "break")
    await async_pass(hass, freezer, minutes=20)
    assert hass.states.is_state(SENSOR, "paused")
    aloud.clear()
    await _come_in(hass)
    assert aloud == ["Welcome back, Arman.", "Focus. 25 minutes."]


async def test_who_stays_away_for_an_hour_works_no_more(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("start a focus timer")
    await async_pass(hass, freezer, minutes=5)
    await _leave(hass, freezer)
    aloud.clear()
    await async_pass(hass, freezer, hours=1)
    assert hass.states.is_state(SENSOR, "idle")
    await _come_in(hass)
    assert aloud == ["Welcome back, Arman."]


async def test_in_a_room_without_sensors_nobody_has_left_who_is_silent(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    er.async_get(hass).async_update_entity("binary_sensor.bedroom_motion", area_id=None)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("test", "bedroom")}, suggested_area="Bedroom"
    )
    await Speaker(hass, device.id).says("start a focus timer")
    await async_pass(hass, freezer, minutes=20)
    assert hass.states.is_state(SENSOR, "focus")
    await async_pass(hass, freezer, minutes=5)
    assert hass.states.is_state(SENSOR, "break")


async def test_sleep_ends_it(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    aloud: list[str],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("start a focus timer")
    _tell(athena, RoomForced, state=RoomState.SLEEP)
    await async_pass(hass, freezer, hours=1)
    assert hass.states.is_state(SENSOR, "idle")
    assert aloud == []


async def _restart(hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, **down: float) -> None:
    """Let Athena be away for a time, and start anew from what is stored."""
    assert await hass.config_entries.async_unload(athena.entry_id)
    freezer.tick(timedelta(**down))
    assert await hass.config_entries.async_setup(athena.entry_id)
    await async_settle(hass)


async def test_it_goes_on_after_a_restart(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    ends_at = _shown(hass).attributes["ends_at"]
    await _restart(hass, athena, freezer, minutes=2)
    assert hass.states.is_state(SENSOR, "focus")
    assert _shown(hass).attributes["ends_at"] == ends_at
    assert await in_the_bedroom.says("how long is left of the focus") == "23 minutes left."


async def test_of_what_went_by_during_a_restart_only_what_is_now_is_told(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    announced: list[ServiceCall],
    freezer: FrozenDateTimeFactory,
) -> None:
    await in_the_bedroom.says("start a focus timer")
    await _restart(hass, athena, freezer, minutes=25 + 5 + 25 + 2)
    assert [call.data["message"] for call in announced] == ["Break. 3 minutes."]
    announced.clear()
    await _restart(hass, athena, freezer, days=1)
    assert announced == []
    assert hass.states.is_state(SENSOR, "idle")


async def test_a_clock_that_jumps_ahead_is_told_of_once(
    hass: HomeAssistant, in_the_bedroom: Speaker, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    await async_pass(hass, freezer, minutes=25 + 5 + 25 + 5 + 5)
    assert aloud == ["Focus. 20 minutes."]


async def test_a_clock_that_is_put_back_makes_no_stretch_longer(
    in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await in_the_bedroom.says("start a focus timer")
    freezer.tick(timedelta(hours=-3))
    assert await in_the_bedroom.says("how long is left of the focus") == "25 minutes left."


async def test_a_focus_of_no_time_or_of_100_hours_is_refused_and_logged(
    hass: HomeAssistant, in_the_bedroom: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    refused = {
        "focus for 0 minutes": "A timer needs some time.",
        "focus for 100 hours": "Four hours at most.",
        "focus for ten years": "Four hours at most.",
        "focus timer 25 minutes with 300 minute breaks": "Four hours at most.",
    }
    for said, line in refused.items():
        caplog.clear()
        assert (said, await in_the_bedroom.says(said)) == (said, line)
        assert "Not done: a focus timer of" in caplog.text
        assert hass.states.is_state(SENSOR, "idle")


async def test_the_sensor_tells_when_it_ends(hass: HomeAssistant, in_the_bedroom: Speaker) -> None:
    assert hass.states.is_state(SENSOR, "idle")
    await in_the_bedroom.says("start a focus timer")
    shown = _shown(hass)
    assert shown.state == "focus"
    assert (shown.attributes["round"], shown.attributes["rounds"]) == (1, 4)
    ends_at = datetime.fromisoformat(shown.attributes["ends_at"])
    assert ends_at == dt_util.utcnow() + timedelta(minutes=25)
