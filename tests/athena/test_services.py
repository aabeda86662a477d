"""The actions: what each does and returns, and what each refuses, with the house as it was."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser, async_mock_service

import custom_components.athena as integration
from custom_components.athena.actions import ALL
from custom_components.athena.const import CONF_DEBUG_EVENTS, DOMAIN

from .clock import BEDROOM, MONDAY_EVENING, async_act, async_pass, async_ring, async_set_alarm
from .home import async_move

FOLDER = Path(str(integration.__file__)).parent


@pytest.fixture(autouse=True)
def _evening(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let it be Monday evening before anything is set up."""
    freezer.move_to(MONDAY_EVENING)


@pytest.fixture(autouse=True)
def _satellite(hass: HomeAssistant) -> None:
    """Let nothing that is said go to a real satellite."""
    async_mock_service(hass, "assist_satellite", "announce")


@pytest.fixture
async def debug(hass: HomeAssistant, athena: MockConfigEntry) -> MockConfigEntry:
    """Return Athena with made-up events turned on."""
    hass.config_entries.async_update_entry(athena, options={**athena.options, CONF_DEBUG_EVENTS: True})
    await hass.async_block_till_done()
    return athena


async def _refused(hass: HomeAssistant, athena: MockConfigEntry, action: str, **data: Any) -> str:
    """Return the key of the error that an action ends with; the house is as it was."""
    before = athena.runtime_data.house.as_dict()
    with pytest.raises(ServiceValidationError) as err:
        await async_act(hass, action, **data)
    assert athena.runtime_data.house.as_dict() == before
    assert err.value.translation_domain == DOMAIN
    assert err.value.translation_key is not None
    assert str(err.value), "it has words"
    return err.value.translation_key


def _bedroom(athena: MockConfigEntry) -> Any:
    return athena.runtime_data.room(BEDROOM)


# ---- what they share


def test_every_action_has_the_fields_that_the_app_asks_for() -> None:
    described = yaml.safe_load((FOLDER / "services.yaml").read_text("utf-8"))
    shown = {
        name: {
            field
            for key, one in action["fields"].items()
            for field in (one["fields"] if isinstance(one, dict) and "fields" in one else [key])
        }
        for name, action in described.items()
    }
    assert shown == {action.name: {"room", *map(str, action.fields)} for action in ALL}


async def test_an_action_is_there_before_athena_is_set_up_and_says_that_she_is_not(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(athena.entry_id)
    for action in ALL:
        assert hass.services.has_service(DOMAIN, action.name)
    with pytest.raises(ServiceValidationError) as err:
        await async_act(hass, "list_alarms")
    assert err.value.translation_key == "not_running"


async def test_a_room_is_named_by_its_area_or_by_one_of_its_entities(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    for room in ("living_room", "Living Room", "sensor.living_room_state"):
        await async_act(hass, "set_room_state", room=room, state="occupied")
        assert hass.states.is_state("sensor.living_room_state", "occupied")
        await async_act(hass, "set_room_state", room=room, state="empty")
        assert hass.states.is_state("sensor.living_room_state", "empty")


async def test_a_room_must_be_named_where_there_is_more_than_one(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await _refused(hass, athena, "cancel_sleep") == "which_room"


async def test_the_only_room_need_not_be_named(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for subentry in list(athena.subentries.values()):
        if subentry.unique_id != BEDROOM:
            hass.config_entries.async_remove_subentry(athena, subentry.subentry_id)
    await hass.async_block_till_done()
    assert await async_act(hass, "set_room_state", state="occupied") == {"state": "occupied"}


async def test_a_call_for_an_unknown_room_is_refused(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await _refused(hass, athena, "cancel_sleep", room="atlantis") == "unknown_room"
    assert await _refused(hass, athena, "set_alarm", room="sun.sun", time="07:00") == "unknown_room"


NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("set_alarm", {"time": "25:00"}),
    ("set_alarm", {"time": 750}),
    ("set_alarm", {"time": None}),
    ("set_alarm", {"time": ["07:00"]}),
    ("set_alarm", {"time": "07:00", "weekdays": ["mon", "payday"]}),
    ("set_alarm", {"time": "07:00", "weekdays": 3}),
    ("set_alarm", {"time": "07:00", "date": "the 31st"}),
    ("set_alarm", {"time": "07:00", "date": "2026-02-30"}),
    ("set_alarm", {"time": "07:00", "profile": "brutal"}),
    ("set_alarm", {"time": "07:00", "side": "upper"}),
    ("set_alarm", {"time": "07:00", "name": "x" * 100}),
    ("set_alarm", {"time": "07:00", "music": "loud"}),
    ("set_alarm", {"time": "07:00", "music": {"player": "not an entity", "media": "x"}}),
    ("set_alarm", {"time": "07:00", "app_stop_ok": "maybe"}),
    ("set_alarm", {"time": "07:00", "snooze": True}),
    ("set_room_state", {"state": "haunted"}),
    ("set_room_state", {}),
    ("set_room_state", {"state": None}),
    ("say", {}),
    ("say", {"text": "  "}),
    ("say", {"text": "x" * 5000}),
    ("say", {"text": {"a": 1}}),
    ("skip_alarm", {"id": "at_0700", "skip": "perhaps"}),
    ("delete_alarm", {}),
    ("delete_alarm", {"id": []}),
    ("list_alarms", {"since": "ever"}),
    ("explain", {"depth": 3}),
    ("cancel_sleep", {"now": True}),
    ("send_event", {}),
    ("send_event", {"event": "bed.cleared", "payload": "side"}),
    ("stop_alarm", {"confirmation": True, "quietly": True}),
]


@pytest.mark.parametrize(("action", "data"), NONSENSE, ids=lambda value: str(value)[:50])
async def test_a_service_call_with_nonsense(
    hass: HomeAssistant, athena: MockConfigEntry, action: str, data: dict[str, Any]
) -> None:
    assert await _refused(hass, athena, action, room=BEDROOM, **data) == "bad_field"


async def test_nonsense_for_a_room_is_said_to_be_that(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    with pytest.raises(ServiceValidationError, match="time: is '7 o’clock', not a time like 07:00"):
        await async_act(hass, "set_alarm", room=BEDROOM, time="7 o’clock")
    assert await _refused(hass, athena, "list_alarms", room=["a", "list"]) == "bad_field"


# ---- alarms


async def test_an_alarm_is_set_and_told_back(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    told = await async_set_alarm(hass, name="Work", weekdays=["mon", "tue", "wed", "thu", "fri"], profile="gentle")
    assert told["still_ringing"] is False
    assert told["alarm"]["id"] == "work"
    assert told["alarm"]["weekdays"] == ["mon", "tue", "wed", "thu", "fri"]
    assert told["alarm"]["profile"] == "gentle"
    assert told["alarm"]["label"] == "Work"
    tuesday = dt_util.start_of_local_day().replace(day=6, hour=7)
    assert told["next"] == told["alarm"]["next"] == tuesday.isoformat()
    listed = await async_act(hass, "list_alarms")
    assert listed == {"alarms": [told["alarm"]], "next": told["alarm"]}
    assert await async_act(hass, "list_alarms", room="kitchen") == {"alarms": [], "next": None}


async def test_an_alarm_without_days_rings_once_at_the_next_such_time(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    told = await async_set_alarm(hass, weekdays=[], time="21:30")
    assert told["alarm"]["date"] == "2026-01-06"
    assert told["alarm"]["label"] == "9:30 PM Tue 6 Jan"


async def test_an_alarm_may_be_given_as_the_apps_own_fields_give_it(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    media = {"entity_id": "media_player.bed", "media_content_id": "song", "media_content_type": "music", "metadata": {}}
    told = await async_set_alarm(hass, time="07:00:00", weekdays="fri", music=media, side="left")
    assert told["alarm"]["weekdays"] == ["fri"]
    assert told["alarm"]["music"] == {"player": "media_player.bed", "media": "song"}
    told = await async_act(
        hass, "set_alarm", room=BEDROOM, id="at_0700", music={"player": "media_player.x", "media": "y"}, side=None
    )
    assert told["alarm"]["music"] == {"player": "media_player.x", "media": "y"}
    assert "side" not in told["alarm"]


async def test_what_is_left_out_stays_as_it_is(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, name="Work", profile="firm")
    told = await async_act(hass, "set_alarm", room=BEDROOM, id="work", time="06:30")
    assert (told["alarm"]["time"], told["alarm"]["profile"], told["alarm"]["name"]) == ("06:30", "firm", "Work")
    told = await async_act(hass, "set_alarm", room=BEDROOM, id="work", enabled=False)
    assert told["next"] is None
    told = await async_act(hass, "set_alarm", room=BEDROOM, id="work", enabled=True, date="2026-01-09")
    assert told["alarm"]["weekdays"] == []
    assert told["alarm"]["date"] == "2026-01-09"
    told = await async_act(hass, "set_alarm", room=BEDROOM, id="work", weekdays="weekend")
    assert "date" not in told["alarm"]


async def test_an_alarm_that_contradicts_itself_is_refused(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    both = {"weekdays": "daily", "date": "2026-02-01", "time": "07:00"}
    assert await _refused(hass, athena, "set_alarm", room=BEDROOM, **both) == "days_or_date"
    assert await _refused(hass, athena, "set_alarm", room=BEDROOM, weekdays="daily") == "time_missing"
    past = {"time": "07:00", "date": "2026-01-01", "app_stop_ok": True}
    assert await _refused(hass, athena, "set_alarm", room=BEDROOM, **past) == "past_alarm"


async def test_an_alarm_that_nothing_could_end_is_refused_until_that_is_understood(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    assert await _refused(hass, athena, "set_alarm", room=BEDROOM, time="07:00") == "no_witness"
    await async_act(hass, "set_alarm", room=BEDROOM, time="07:00", app_stop_ok=True)
    assert [clock.alarm.id for clock in _bedroom(athena).clocks] == ["at_0700"]


async def test_an_unknown_alarm_is_refused_by_every_action(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for action, data in (("set_alarm", {"time": "07:00"}), ("delete_alarm", {}), ("skip_alarm", {})):
        assert await _refused(hass, athena, action, room=BEDROOM, id="nap", **data) == "unknown_alarm"


async def test_the_next_ring_is_skipped_and_taken_back(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, time="09:00", name="Late")
    first = (await async_set_alarm(hass))["next"]
    told = await async_act(hass, "skip_alarm", room=BEDROOM)
    assert told["alarm"]["id"] == "at_0700"
    assert told["alarm"]["skipped"] == first
    assert told["still_ringing"] is False
    told = await async_act(hass, "skip_alarm", room=BEDROOM, skip=False)
    assert told["alarm"]["next"] == first
    assert told["alarm"]["skipped"] is None
    told = await async_act(hass, "skip_alarm", room=BEDROOM, id="late")
    assert told["alarm"]["id"] == "late"


async def test_nothing_to_skip_is_said(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    assert await _refused(hass, athena, "skip_alarm", room=BEDROOM) == "nothing_to_skip"
    assert await _refused(hass, athena, "skip_alarm", room=BEDROOM, skip=False) == "nothing_skipped"
    await async_set_alarm(hass, enabled=False)
    assert await _refused(hass, athena, "skip_alarm", room=BEDROOM, id="at_0700") == "nothing_to_skip"


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("set_alarm", {"id": "at_0700", "enabled": False}),
        ("set_alarm", {"id": "at_0700", "time": "11:00"}),
        ("skip_alarm", {"id": "at_0700"}),
        ("delete_alarm", {"id": "at_0700"}),
    ],
    ids=["disabled", "put off", "skipped", "deleted"],
)
async def test_an_alarm_that_rings_and_is(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, action: str, data: dict[str, Any]
) -> None:
    """Disabled, put off, skipped or deleted while it rings: accepted for the next time, and it rings on."""
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    told = await async_act(hass, action, room=BEDROOM, **data)
    assert told["still_ringing"] is True
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
    await async_pass(hass, freezer, minutes=5)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_an_alarm_quieted_while_it_rings_rings_on(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    quiet = {"entity_id": "switch.bedroom_quiet_hours"}
    await hass.services.async_call("switch", "turn_on", quiet, blocking=True)
    await async_pass(hass, freezer, minutes=5)
    assert hass.states.is_state("switch.bedroom_quiet_hours", "on")
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


@pytest.mark.parametrize("state", ["empty", "occupied", "sleep"])
async def test_a_room_forced_into_a_state_while_its_alarm_rings_is_refused(
    hass: HomeAssistant, athena: MockConfigEntry, state: str
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    assert await _refused(hass, athena, "set_room_state", room=BEDROOM, state=state) == "ringing"
    with pytest.raises(ServiceValidationError, match="An alarm rings in Bedroom"):
        await async_act(hass, "set_room_state", room=BEDROOM, state=state)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


@pytest.mark.parametrize("data", [{}, {"confirmation": False}, {"confirmation": "true"}, {"confirmation": 1}])
async def test_an_alarm_is_not_stopped_without_a_confirmation(
    hass: HomeAssistant, athena: MockConfigEntry, data: dict[str, Any]
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    assert await _refused(hass, athena, "stop_alarm", room=BEDROOM, **data) == "not_confirmed"
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_the_apps_stop_stops_it_once_confirmed(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    told = await async_act(hass, "stop_alarm", room=BEDROOM, confirmation=True)
    assert told == {"stopped": ["at_0700"], "silenced": ["at_0700"]}
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "off")
    assert await _refused(hass, athena, "stop_alarm", room=BEDROOM, confirmation=True) == "nothing_rings"


# ---- the room


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


# ---- made-up events


async def test_made_up_events_are_off_until_the_hub_turns_them_on(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    event = {"room": BEDROOM, "event": "presence.motion_detected"}
    assert await _refused(hass, athena, "send_event", **event) == "debug_events_off"


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
    assert await _refused(hass, debug, "send_event", room=BEDROOM, event=event, payload=payload) == "debug_witness"
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
        assert await _refused(hass, debug, "send_event", room=BEDROOM, event=event) == "debug_person"


@pytest.mark.parametrize("seconds", [-61, 6])
async def test_a_made_up_event_from_the_future_or_the_past(
    hass: HomeAssistant, debug: MockConfigEntry, freezer: FrozenDateTimeFactory, seconds: int
) -> None:
    at = dt_util.utcnow().timestamp() + seconds
    told = {"event": "presence.motion_detected", "at": dt_util.utc_from_timestamp(at).isoformat()}
    assert await _refused(hass, debug, "send_event", room=BEDROOM, **told) == "wrong_time"
    just_so = dt_util.utc_from_timestamp(at + (2 if seconds < 0 else -2)).isoformat()
    await async_act(hass, "send_event", room=BEDROOM, event="presence.motion_detected", at=just_so)


async def test_a_made_up_event_twice_or_out_of_order_says_that_it_is_ignored(
    hass: HomeAssistant, debug: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    event = {"room": BEDROOM, "event": "presence.motion_detected", "payload": {"seq": 1}}
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
    assert await _refused(hass, debug, "send_event", room=BEDROOM, **data) == "malformed_event"
