"""What becomes of orders: nobody who looks on holds them up, and what an alarm orders is nobody's wish."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.athena.audio import turn
from custom_components.athena.brain.commands import Command
from custom_components.athena.brain.events import RoomForced, SceneActivated
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import DOMAIN
from custom_components.athena.journal import Journal

from .clock import BEDROOM, MONDAY_EVENING, async_pass, async_set_alarm, async_settle
from .home import async_move


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture
def announce(hass: HomeAssistant, athena: MockConfigEntry) -> Callable[[Any], None]:
    """Return what lets the bedroom's satellite announce in a certain way."""
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id=BEDROOM)
    hass.states.async_set(satellite.entity_id, "idle")
    hass.config.internal_url = "http://home.invalid:8123"
    return lambda how: hass.services.async_register("assist_satellite", "announce", how)


def _breaks(*_told: object) -> None:
    raise ValueError("no such option")


async def test_an_alarm_rings_though_whoever_looks_on_fails(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    await async_set_alarm(hass)
    monkeypatch.setattr(Journal, "tell", _breaks)
    athena.runtime_data.async_listen(BEDROOM, _breaks)
    athena.runtime_data.async_listen_commands(BEDROOM, _breaks)
    await async_pass(hass, freezer, hours=9)
    room = athena.runtime_data.room(BEDROOM)
    assert room.ringing == ("at_0700",)
    assert room.unheard, "its sounds were ordered, and nothing there can make any"
    await async_pass(hass, freezer, minutes=31)
    assert room.ringing == ()
    assert room.waking == ("at_0700",)


async def test_who_looks_on_is_told_in_the_order_in_which_things_happen(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """An order fails at once; what the brain says to that comes after what it said before."""
    await async_set_alarm(hass)
    told: list[str] = []

    def look(command: Command, _context: object) -> None:
        told.append(command.type)

    athena.runtime_data.async_listen_commands(BEDROOM, look)
    await async_pass(hass, freezer, hours=9)
    assert told.index("alarm.start") < told.index("notify")
    assert "audio.play" in told[: told.index("notify")]


async def test_a_wish_is_written_down_before_a_light_that_hangs_is_done(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    answers, asked = asyncio.Event(), asyncio.Event()

    async def hang(_call: ServiceCall) -> None:
        asked.set()
        await answers.wait()

    hass.services.async_register("light", "turn_on", hang)
    wish = hass.async_create_task(
        hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_focus"}, blocking=True)
    )
    await asked.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    assert not wish.done()
    assert hass_storage[DOMAIN]["data"]["rooms"][BEDROOM]["scene"] == "focus"
    answers.set()
    await wish


async def test_a_wish_does_not_wait_for_an_alarm_that_falls_due_nor_fail_with_it(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    freezer.move_to(dt_util.utcnow().replace(hour=15, minute=0, day=6))  # 7 at home; no timer has run yet
    event = RoomForced(room="kitchen", at=dt_util.utcnow(), source="app", state=RoomState.SLEEP)
    await athena.runtime_data.async_tell(event, strict=True)
    quiet = {"entity_id": "switch.bedroom_quiet_hours"}
    await hass.services.async_call("switch", "turn_on", quiet, blocking=True)
    await async_settle(hass)
    room = athena.runtime_data.room(BEDROOM)
    assert room.ringing == ("at_0700",)
    assert room.quiet
    assert room.unheard


async def test_a_wish_is_granted_though_a_light_fails_but_a_scene_says_so(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    async def broken(_call: ServiceCall) -> None:
        raise HomeAssistantError("the bridge does not answer")

    for service in ("turn_on", "turn_off"):
        hass.services.async_register("light", service, broken)
    wish = SceneActivated(room=BEDROOM, at=dt_util.utcnow(), source="app", scene="focus")
    assert "lights.set_scene" in [command.type for command in await athena.runtime_data.async_tell(wish)]
    assert athena.runtime_data.room(BEDROOM).scene == "focus"
    button = {"entity_id": "button.bedroom_still_awake"}
    await hass.services.async_call("button", "press", button, blocking=True)
    with pytest.raises(HomeAssistantError, match="does not answer"):
        await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.bedroom_focus"}, blocking=True)


async def test_an_alarm_whose_sound_meets_a_fault_is_not_heard(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await async_set_alarm(hass)
    monkeypatch.setattr("custom_components.athena.outputs.audible.room.entities_in", _breaks)
    await async_pass(hass, freezer, hours=9)
    for _ in range(5):
        await async_pass(hass, freezer, seconds=12)
    assert athena.runtime_data.room(BEDROOM).unheard
    assert caplog.text.count("audio.play in Bedroom failed") == caplog.text.count("audio.say in Bedroom failed") == 1
    assert caplog.text.count("Traceback") == 2


async def test_a_light_that_meets_a_fault_is_logged_once_and_again_once_it_has_worked(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    broken = True

    async def turn_on(_call: ServiceCall) -> None:
        if broken:
            raise ZeroDivisionError("half a metre of cable")

    hass.services.async_register("light", "turn_on", turn_on)

    async def come_and_go() -> None:
        for _ in range(2):
            await async_move(hass, "living_room", somebody=False)
            gone = RoomForced(room="living_room", at=dt_util.utcnow(), source="app", state=RoomState.EMPTY)
            athena.runtime_data.handle(gone)
            await async_move(hass, "living_room", somebody=True)

    await come_and_go()
    assert caplog.text.count("Traceback") == 1
    broken = False
    await come_and_go()
    assert "lights in Living Room works again" in caplog.text
    broken = True
    await come_and_go()
    assert caplog.text.count("Traceback") == 2


async def test_a_satellite_that_hangs_is_never_taken_for_heard(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    announce: Callable[[Any], None],
) -> None:
    async def hang(_call: ServiceCall) -> None:
        await asyncio.Event().wait()

    announce(hang)
    await async_set_alarm(hass)
    room = athena.runtime_data.room(BEDROOM)
    monkeypatch.setattr(turn, "ALARM_SECONDS", 0.0)
    await async_pass(hass, freezer, hours=9)
    assert room.unheard
    monkeypatch.undo()
    for _ in range(10):  # the first of these hangs for as long as it may, the others are left out
        freezer.tick(12)
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
        assert room.unheard
