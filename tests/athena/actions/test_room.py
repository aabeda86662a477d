"""The actions about a room: its state, its voice, its reasons."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from ..clock import BEDROOM, async_act, async_pass
from ..home import async_move


async def test_a_room_is_told_its_state(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await async_act(hass, "set_room_state", room=BEDROOM, state="Sleep") == {"state": "sleep"}
    assert hass.states.is_state("binary_sensor.bedroom_sleeping", "on")
    told = await async_act(hass, "cancel_sleep", room=BEDROOM)
    assert told == {"was_asleep": True, "state": "occupied"}


async def test_a_line_is_said_but_not_in_quiet_hours(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    said = async_mock_service(hass, "assist_satellite", "announce")
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id=BEDROOM)
    hass.states.async_set(satellite.entity_id, "idle")
    assert await async_act(hass, "say", room=BEDROOM, text=" Dinner is ready. ") == {"said": True}
    assert [call.data["message"] for call in said] == ["Dinner is ready."]
    quiet = {"entity_id": "switch.bedroom_quiet_hours"}
    await hass.services.async_call("switch", "turn_on", quiet, blocking=True)
    told = await async_act(hass, "say", room=BEDROOM, text="Dinner is ready.")
    assert told == {"said": False, "reason": "quiet_hours"}
    assert len(said) == 1


async def test_a_line_that_nobody_hears_is_not_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    said = async_mock_service(hass, "assist_satellite", "announce")
    dinner: dict[str, Any] = {"room": BEDROOM, "text": "Dinner is ready."}
    assert await async_act(hass, "say", **dinner) == {"said": False, "reason": "no_satellite"}
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "one", suggested_object_id="one")
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id=BEDROOM)
    hass.states.async_set(satellite.entity_id, "listening")
    assert await async_act(hass, "say", **dinner) == {"said": False, "reason": "busy"}
    assert said == []


async def test_it_is_explained_why(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert (await async_act(hass, "explain", room="kitchen"))["decisions"] == []
    await async_move(hass, "kitchen", somebody=True)
    told = await async_act(hass, "explain", room="kitchen")
    assert "Kitchen Motion" in told["text"]
    assert [one["what"] for one in told["decisions"]] == ["lights.set_scene", "room.occupied"]
    assert all(one["text"].endswith(".") for one in told["decisions"])
    assert told["decisions"][0]["scene"] == "entry"
    for number in range(30):
        await async_act(hass, "set_room_state", room="kitchen", state="sleep" if number % 2 else "occupied")
    assert len((await async_act(hass, "explain", room="kitchen"))["decisions"]) == 20


async def test_it_is_told_until_when_a_choice_holds_and_when_the_room_is_empty(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    async def told() -> tuple[Any, Any]:
        why = await async_act(hass, "explain", room="kitchen")
        return why["held_until"], why["empty_at"]

    assert await told() == (None, None)
    await async_move(hass, "kitchen", somebody=True)
    assert await told() == (None, None), "somebody moves"
    await async_move(hass, "kitchen", somebody=False)
    left = dt_util.now()
    assert await told() == (None, (left + timedelta(minutes=10)).isoformat())
    await hass.services.async_call("scene", "turn_on", {"entity_id": "scene.kitchen_focus"}, blocking=True)
    held_until, _ = await told()
    assert held_until == (left + timedelta(hours=2)).isoformat()
    await async_move(hass, "kitchen", somebody=True)
    await async_pass(hass, freezer, hours=2)
    assert await told() == (None, None)
