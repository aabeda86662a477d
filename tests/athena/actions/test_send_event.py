"""Made-up events: what may make them up, and that they are never witnesses."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.athena.const import CONF_DEBUG_EVENTS

from ..clock import BEDROOM, async_act, async_refused, async_ring, async_set_alarm


def _bedroom(athena: MockConfigEntry) -> Any:
    return athena.runtime_data.room(BEDROOM)


@pytest.fixture
async def debug(hass: HomeAssistant, athena: MockConfigEntry) -> MockConfigEntry:
    """Return Athena with made-up events turned on."""
    hass.config_entries.async_update_entry(athena, options={**athena.options, CONF_DEBUG_EVENTS: True})
    await hass.async_block_till_done()
    return athena


async def test_made_up_events_are_off_until_the_hub_turns_them_on(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    event = {"room": BEDROOM, "event": "presence.motion_detected"}
    assert await async_refused(hass, athena, "send_event", **event) == "debug_events_off"


async def test_made_up_events_are_turned_on_and_off_in_the_options(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    event: dict[str, Any] = {"room": BEDROOM, "event": "presence.motion_detected"}
    for on in (True, False):
        menu = await hass.config_entries.options.async_init(athena.entry_id)
        form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "general"})
        await hass.config_entries.options.async_configure(form["flow_id"], {"name": "Arman", CONF_DEBUG_EVENTS: on})
        await hass.async_block_till_done()
        if on:
            assert (await async_act(hass, "send_event", **event))["commands"]
    assert await async_refused(hass, athena, "send_event", **event) == "debug_events_off"


async def test_only_an_administrator_may_make_events_up(
    hass: HomeAssistant, debug: MockConfigEntry, hass_read_only_user: MockUser, hass_admin_user: MockUser
) -> None:
    event = {"room": BEDROOM, "event": "presence.motion_detected"}
    before = debug.runtime_data.house.as_dict()
    with pytest.raises(Unauthorized):
        await async_act(hass, "send_event", Context(user_id=hass_read_only_user.id), **event)
    assert debug.runtime_data.house.as_dict() == before
    await async_act(hass, "send_event", Context(user_id=hass_admin_user.id), **event)
    assert hass.states.is_state("sensor.bedroom_state", "occupied")


async def test_a_made_up_event_returns_the_commands_it_caused(hass: HomeAssistant, debug: MockConfigEntry) -> None:
    payload = {"source": "binary_sensor.bedroom_motion", "held": True, "room": "kitchen", "type": "bed.cleared"}
    told = await async_act(hass, "send_event", room=BEDROOM, event="presence.motion_detected", payload=payload)
    assert told["event"]["source"] == "debug"
    assert told["event"]["room"] == BEDROOM
    assert told["event"]["type"] == "presence.motion_detected"
    assert told["ignored"] is None
    types = [command["type"] for command in told["commands"]]
    assert types[:3] == ["room.set_state", "lights.animate", "lights.set_scene"]
    assert hass.states.is_state("light.bedroom_lamp", "on")
    assert hass.states.is_state("sensor.kitchen_state", "empty")


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("vision.bed_exit", {}),
        ("vision.posture_update", {"posture": "standing", "zone": "floor"}),
        ("vision.sleep_state", {"state": "awake"}),
        ("vision.lost", {}),
        ("bed.occupied", {}),
        ("bed.cleared", {}),
        ("button.pressed", {}),
        ("alarm.dismissed", {}),
        ("presence.motion_detected", {}),
        ("presence.cleared", {}),
    ],
)
async def test_a_forged(hass: HomeAssistant, debug: MockConfigEntry, event: str, payload: dict[str, Any]) -> None:
    """A witness, forged while an alarm rings: a translated error, nothing lost, the alarm still ringing."""
    await async_set_alarm(hass)
    await async_ring(hass, debug)
    assert await async_refused(hass, debug, "send_event", room=BEDROOM, event=event, payload=payload) == "debug_witness"
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
    assert [clock.alarm.id for clock in _bedroom(debug).clocks] == ["at_0700"]


async def test_a_made_up_witness_counts_for_nothing_before_the_alarm_rings_either(
    hass: HomeAssistant, debug: MockConfigEntry
) -> None:
    await async_set_alarm(hass)
    before = _bedroom(debug).witnesses()
    await async_act(hass, "send_event", room=BEDROOM, event="vision.bed_exit")
    await async_act(hass, "send_event", room=BEDROOM, event="bed.cleared")
    assert _bedroom(debug).witnesses() == before
    await async_ring(hass, debug)
    assert _bedroom(debug).ringing == ("at_0700",)


async def test_nobody_is_sent_away_by_a_made_up_event(hass: HomeAssistant, debug: MockConfigEntry) -> None:
    for event in ("person.away", "person.home"):
        assert await async_refused(hass, debug, "send_event", room=BEDROOM, event=event) == "debug_person"


@pytest.mark.parametrize("seconds", [-61, 6])
async def test_a_made_up_event_from_the_future_or_the_past(
    hass: HomeAssistant, debug: MockConfigEntry, freezer: FrozenDateTimeFactory, seconds: int
) -> None:
    at = dt_util.utcnow().timestamp() + seconds
    told = {"event": "presence.motion_detected", "at": dt_util.utc_from_timestamp(at).isoformat()}
    assert await async_refused(hass, debug, "send_event", room=BEDROOM, **told) == "wrong_time"
    just_so = dt_util.utc_from_timestamp(at + (2 if seconds < 0 else -2)).isoformat()
    await async_act(hass, "send_event", room=BEDROOM, event="presence.motion_detected", at=just_so)


async def test_a_made_up_event_twice_or_out_of_order_says_that_it_is_ignored(
    hass: HomeAssistant, debug: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    event: dict[str, Any] = {"room": BEDROOM, "event": "presence.motion_detected", "payload": {"seq": 1}}
    event["at"] = dt_util.utcnow().isoformat()
    assert (await async_act(hass, "send_event", **event))["ignored"] is None
    twice = await async_act(hass, "send_event", **event)
    assert (twice["ignored"], twice["commands"]) == ("debug has told it already", [])
    event["at"] = dt_util.utc_from_timestamp(dt_util.utcnow().timestamp() - 30).isoformat()
    late = await async_act(hass, "send_event", **event)
    assert (late["ignored"], late["commands"]) == ("debug has told something newer already", [])


@pytest.mark.parametrize(
    "data",
    [
        {"event": "world.ends"},
        {"event": "vision.posture_update", "payload": {"posture": "flying", "zone": "bed"}},
        {"event": "vision.posture_update", "payload": {"zone": "bed"}},
        {"event": "bed.cleared", "payload": {"colour": "red"}},
        {"event": "bed.cleared", "at": "tomorrow"},
        {"event": "bed.cleared", "at": "2026-01-06T00:58:00"},
        {"event": "quiet.set", "payload": {"on": "yes"}},
    ],
)
async def test_what_is_no_event_is_refused_by_the_field_that_is_wrong(
    hass: HomeAssistant, debug: MockConfigEntry, data: dict[str, Any]
) -> None:
    assert await async_refused(hass, debug, "send_event", room=BEDROOM, **data) == "malformed_event"
