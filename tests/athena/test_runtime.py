"""Timers, the store, failures, and leaving nothing behind."""

from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed, async_mock_service

from custom_components.athena.brain.events import AlarmSet
from custom_components.athena.brain.settings import Alarm, Weekday
from custom_components.athena.const import DOMAIN, SUBENTRY_ROOM

from .home import async_move


async def _pass(hass: HomeAssistant, freezer: FrozenDateTimeFactory, minutes: float) -> None:
    freezer.tick(timedelta(minutes=minutes, seconds=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_the_room_empties_and_the_lights_go_out(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_move(hass, "living_room", somebody=True)
    await async_move(hass, "living_room", somebody=False)
    await _pass(hass, freezer, 9)
    assert hass.states.is_state("sensor.living_room_state", "occupied")
    await _pass(hass, freezer, 1)
    assert hass.states.is_state("sensor.living_room_state", "empty")
    assert hass.states.is_state("light.lamp", "off")


async def test_a_wait_survives_a_restart(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> None:
    await async_move(hass, "living_room", somebody=True)
    await async_move(hass, "living_room", somebody=False)
    await hass.config_entries.async_unload(athena.entry_id)
    assert hass_storage[DOMAIN]["data"]["rooms"]["living_room"]["seen_until"] is not None
    freezer.tick(timedelta(minutes=30))  # what falls due while Home Assistant is away is made up for, a little later
    await hass.config_entries.async_setup(athena.entry_id)
    await _pass(hass, freezer, 0)
    assert hass.states.is_state("sensor.living_room_state", "occupied")
    await _pass(hass, freezer, 1)
    assert hass.states.is_state("sensor.living_room_state", "empty")
    assert hass.states.is_state("light.lamp", "off")


async def test_a_store_that_cannot_be_read_is_said_and_the_house_starts_afresh(
    hass: HomeAssistant,
    home: None,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass_storage[DOMAIN] = {"version": 1, "minor_version": 1, "key": DOMAIN, "data": {"version": 1, "rooms": "?"}}
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert "it starts afresh" in caplog.text
    assert hass_storage["athena.unreadable"]["data"] == {"version": 1, "rooms": "?"}
    assert hass.states.is_state("sensor.living_room_state", "empty")


async def test_nobody_is_left_in_the_dark_because_sensors_come_late(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """A wait falls due while Home Assistant is away; the sensor that sees somebody is there only after the start."""
    await async_move(hass, "living_room", somebody=True)
    await async_move(hass, "living_room", somebody=False)
    await hass.config_entries.async_unload(athena.entry_id)
    freezer.tick(timedelta(minutes=30))
    hass.set_state(CoreState.starting)
    hass.states.async_set("binary_sensor.living_room_motion", "unavailable")
    await hass.config_entries.async_setup(athena.entry_id)
    await _pass(hass, freezer, 5)
    assert hass.states.is_state("sensor.living_room_state", "occupied")
    await async_move(hass, "living_room", somebody=True)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await _pass(hass, freezer, 20)
    assert hass.states.is_state("sensor.living_room_state", "occupied")
    assert hass.states.is_state("light.lamp", "on")


async def test_a_set_up_that_fails_does_not_overwrite_the_house(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    kept = {"version": 2, "minor_version": 1, "key": DOMAIN, "data": {"version": 9}}
    hass_storage[DOMAIN] = dict(kept)
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert hass_storage[DOMAIN] == kept


async def test_a_light_that_fails_is_logged_once_and_once_when_it_works_again(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = True

    async def _turn_on(_call: ServiceCall) -> None:
        if broken:
            raise HomeAssistantError("the bridge does not answer")

    hass.services.async_register("light", "turn_on", _turn_on)
    hass.services.async_register("light", "turn_off", _turn_on)
    for _ in range(2):
        await async_move(hass, "living_room", somebody=True)
        await async_move(hass, "living_room", somebody=False)
        await _pass(hass, freezer, 10)
    assert caplog.text.count("in Living Room failed: the bridge does not answer") == 1
    assert hass.states.is_state("sensor.living_room_state", "empty")
    broken = False
    await async_move(hass, "living_room", somebody=True)
    await async_move(hass, "kitchen", somebody=True)
    assert caplog.text.count("works again") == 1


async def test_the_welcome_is_said_by_the_satellite_of_the_room(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    said = async_mock_service(hass, "assist_satellite", "announce")
    registry = er.async_get(hass)
    for area in ("living_room", "kitchen"):
        satellite = registry.async_get_or_create("assist_satellite", "test", area, suggested_object_id=area)
        registry.async_update_entity(satellite.entity_id, area_id=area)
        hass.states.async_set(satellite.entity_id, "idle")
    await async_move(hass, "living_room", somebody=True)
    assert [(call.data["entity_id"], call.data["message"]) for call in said] == [
        (["assist_satellite.living_room"], "Welcome back, Arman.")
    ]


async def test_the_welcome_does_not_end_a_request_that_somebody_is_speaking(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    said = async_mock_service(hass, "assist_satellite", "announce")
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id="living_room")
    hass.states.async_set(satellite.entity_id, "listening")
    await async_move(hass, "living_room", somebody=True)
    assert said == []
    assert hass.states.is_state("light.lamp", "on")


async def test_a_satellite_that_is_gone_is_logged_once(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def _gone(_call: ServiceCall) -> None:
        raise ConnectionError("Satellite is not connected")

    hass.services.async_register("assist_satellite", "announce", _gone)
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id="living_room")
    hass.states.async_set(satellite.entity_id, "idle")
    for _ in range(2):
        await async_move(hass, "living_room", somebody=True)
        await async_move(hass, "living_room", somebody=False)
        await _pass(hass, freezer, 10)
    assert caplog.text.count("audio.say in Living Room failed") == 1
    assert "Traceback" not in caplog.text


async def test_unload_leaves_nothing_behind(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await hass.async_block_till_done(wait_background_tasks=True)  # Home Assistant's own agent listens once it is ready
    listeners = hass.bus.async_listeners()
    await hass.config_entries.async_unload(athena.entry_id)
    await hass.async_block_till_done()
    await async_move(hass, "living_room", somebody=True)
    assert hass.states.is_state("light.lamp", "off")
    assert hass.states.is_state("sensor.living_room_state", "unavailable")
    await async_move(hass, "living_room", somebody=False)
    for _ in range(3):
        await hass.config_entries.async_setup(athena.entry_id)
        await hass.async_block_till_done()
        # what is yet to be written down when Home Assistant stops is not there before the first change
        now = hass.bus.async_listeners() | {EVENT_HOMEASSISTANT_FINAL_WRITE: listeners[EVENT_HOMEASSISTANT_FINAL_WRITE]}
        assert now == listeners
        await hass.config_entries.async_unload(athena.entry_id)
        await hass.async_block_till_done()


async def test_removal_forgets_the_house(
    hass: HomeAssistant, athena: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    await async_move(hass, "living_room", somebody=True)
    await hass.config_entries.async_remove(athena.entry_id)
    await hass.async_block_till_done()
    assert DOMAIN not in hass_storage
    assert not dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "living_room")})


async def test_a_room_that_is_removed_leaves_no_device(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    kitchen = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "kitchen")
    hass.config_entries.async_remove_subentry(athena, kitchen.subentry_id)
    await hass.async_block_till_done()
    assert not dr.async_get(hass).async_get_devices(identifiers={(DOMAIN, "kitchen")})
    assert hass.states.get("sensor.kitchen_state") is None
    assert hass.states.is_state("sensor.bedroom_state", "empty")


async def test_a_room_added_while_athena_is_being_set_up_is_taken_in(
    hass: HomeAssistant, home: None, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward = hass.config_entries.async_forward_entry_setups
    attic = ar.async_get(hass).async_get_or_create("Attic")

    async def _forward_while_a_room_is_added(*args: Any) -> None:
        if not any(subentry.unique_id == attic.id for subentry in entry.subentries.values()):
            hass.config_entries.async_add_subentry(
                entry,
                ConfigSubentry(
                    data=MappingProxyType({}), subentry_type=SUBENTRY_ROOM, title="Attic", unique_id=attic.id
                ),
            )
        await forward(*args)

    monkeypatch.setattr(hass.config_entries, "async_forward_entry_setups", _forward_while_a_room_is_added)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state("sensor.attic_state", "empty")


async def test_whoever_only_looks_on_and_fails_keeps_no_order_from_being_carried_out(
    hass: HomeAssistant, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    def _fail(*_told: object) -> None:
        raise ValueError("no such option")

    athena.runtime_data.async_listen("living_room", _fail)
    athena.runtime_data.async_listen_commands("living_room", _fail)
    await async_move(hass, "living_room", somebody=True)
    assert hass.states.is_state("light.lamp", "on")
    assert "no such option" in caplog.text


async def test_a_home_that_moves_to_another_time_zone_wakes_by_the_clock_on_its_wall(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-01-05 12:00:00+00:00")
    await hass.config.async_update(time_zone="Europe/Paris")
    await hass.async_block_till_done()
    alarm = Alarm(id="morning", time=time(7), weekdays=frozenset(Weekday), app_stop=True)
    await athena.runtime_data.async_tell(AlarmSet(room="living_room", at=dt_util.utcnow(), source="app", alarm=alarm))
    assert athena.runtime_data.room("living_room").clocks[0].next == datetime(2026, 1, 6, 6, tzinfo=UTC)
    await hass.config.async_update(time_zone="Asia/Tehran")
    await hass.async_block_till_done()
    assert athena.runtime_data.room("living_room").clocks[0].next == datetime(2026, 1, 6, 3, 30, tzinfo=UTC)
