"""A house comes and goes: nothing is missed while it is reloaded, and one that is at rest does nothing more."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events, async_fire_time_changed

from custom_components.athena.action import Call
from custom_components.athena.actions.set_alarm import SET_ALARM
from custom_components.athena.brain.commands import AudioSay
from custom_components.athena.brain.events import MotionDetected, QuietSet
from custom_components.athena.const import DOMAIN
from custom_components.athena.sources.presence import PresenceSource

from .clock import BEDROOM, MONDAY_EVENING, async_pass, async_set_alarm, async_settle
from .home import async_move


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.mark.parametrize("core", [CoreState.running, CoreState.starting])
async def test_an_alarm_that_falls_due_during_a_reload_reaches_its_event_and_triggers(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, core: CoreState
) -> None:
    await async_set_alarm(hass)
    rings = {
        "triggers": [{"trigger": "athena.alarm_ringing", "target": {"entity_id": "binary_sensor.bedroom_ringing"}}],
        "actions": [{"event": "rings"}],
    }
    assert await async_setup_component(hass, "automation", {"automation": rings})
    await hass.async_block_till_done()
    rung = async_capture_events(hass, "rings")
    assert await hass.config_entries.async_unload(athena.entry_id)
    freezer.tick(timedelta(hours=9, seconds=2))
    hass.set_state(core)
    assert await hass.config_entries.async_setup(athena.entry_id)
    await async_settle(hass)
    if core is CoreState.starting:
        assert rung == []
        await async_pass(hass, freezer, seconds=31)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
    event = hass.states.get("event.bedroom_alarm")
    assert event is not None
    assert event.attributes["alarm"] == "at_0700"
    assert len(rung) == 1


async def test_what_is_resumed_is_shown_at_once(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    await async_pass(hass, freezer, hours=9)
    assert await hass.config_entries.async_reload(athena.entry_id)
    await async_settle(hass)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_a_source_that_fails_keeps_no_alarm_from_ringing(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(*_: object) -> None:
        raise ValueError("no such sensor")

    await async_set_alarm(hass)
    monkeypatch.setattr(PresenceSource, "async_start", fail)
    assert await hass.config_entries.async_reload(athena.entry_id)
    assert "PresenceSource cannot watch Bedroom" in caplog.text
    await async_pass(hass, freezer, hours=9)
    assert athena.runtime_data.room(BEDROOM).ringing == ("at_0700",)


async def test_a_house_at_rest_refuses_every_wish_and_takes_in_nothing(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    old = athena.runtime_data
    data = {"time": MONDAY_EVENING.time(), "app_stop_ok": True}
    call = Call(
        entry=athena, runtime=old, rooms=(old.rooms[BEDROOM],), data=data, context=ServiceCall(hass, "", "").context
    )
    assert await hass.config_entries.async_reload(athena.entry_id)
    await async_set_alarm(hass)
    before = hass_storage[DOMAIN]["data"]
    quiet = QuietSet(room=BEDROOM, at=dt_util.utcnow(), source="app", on=True)
    wishes = (
        SET_ALARM.async_do(call),
        old.async_tell(quiet),
        old.async_order(AudioSay(room=BEDROOM, text="Hello."), call.context),
    )
    for wish in wishes:
        with pytest.raises(ServiceValidationError) as refused:
            await wish
        assert refused.value.translation_key == "not_running"
    old.handle(MotionDetected(room=BEDROOM, at=dt_util.utcnow(), source="pir"))
    old.handle(quiet)
    await async_settle(hass)
    assert not old.room(BEDROOM).quiet
    assert old.room(BEDROOM).clocks == ()
    assert hass_storage[DOMAIN]["data"] == before


async def test_a_wish_of_which_something_still_goes_on_overwrites_nothing_after_a_reload(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    answers, asked = asyncio.Event(), asyncio.Event()

    async def hang_once(_call: ServiceCall) -> None:
        if not asked.is_set():
            asked.set()
            await answers.wait()

    hass.services.async_register("light", "turn_on", hang_once)
    scene = hass.async_create_task(
        hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_focus"}, blocking=True)
    )
    await asked.wait()
    assert await hass.config_entries.async_reload(athena.entry_id)
    await async_set_alarm(hass)
    answers.set()
    with pytest.raises(ServiceValidationError):
        await scene
    await hass.async_block_till_done()
    alarms = hass_storage[DOMAIN]["data"]["rooms"][BEDROOM]["alarms"]
    assert [one["alarm"]["id"] for one in alarms] == ["at_0700"]


async def test_a_clock_that_is_put_forward_rings_within_a_minute(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Home Assistant's own timers count the seconds that pass: none of them sees that it is morning all at once."""
    await async_set_alarm(hass)
    freezer.tick(timedelta(hours=9, minutes=1))
    async_fire_time_changed(
        hass, MONDAY_EVENING + timedelta(seconds=59)
    )  # at once: the loop's own clock is put forward, too
    assert athena.runtime_data.room(BEDROOM).ringing == ()
    async_fire_time_changed(hass, MONDAY_EVENING + timedelta(seconds=61))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert athena.runtime_data.room(BEDROOM).ringing == ("at_0700",)


async def test_the_look_at_the_clock_tells_the_house_nothing_where_nothing_is_due(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_move(hass, BEDROOM, somebody=True)
    told = []
    athena.runtime_data.async_listen(BEDROOM, lambda: told.append(dt_util.utcnow()))
    await async_pass(hass, freezer, minutes=3)
    assert told == []
