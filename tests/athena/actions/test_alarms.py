"""The actions about alarms: nothing but a confirmed stop ends one that rings."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..clock import BEDROOM, async_act, async_pass, async_refused, async_ring, async_set_alarm


def _bedroom(athena: MockConfigEntry) -> Any:
    return athena.runtime_data.room(BEDROOM)


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


async def test_music_is_played_as_what_it_is_and_by_a_media_player_only(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    stream = {"entity_id": "media_player.bed", "media_content_id": "x", "media_content_type": "audio/mpeg"}
    music = {"player": "media_player.bed", "media": "x", "kind": "audio/mpeg"}
    assert (await async_set_alarm(hass, music=stream))["alarm"]["music"] == music
    assert (await async_set_alarm(hass, music=music))["alarm"]["music"] == music
    for player in ("light.x", "player", "all"):
        fields = {"room": BEDROOM, "id": "at_0700", "music": {"player": player, "media": "x"}}
        assert await async_refused(hass, athena, "set_alarm", **fields) == "bad_field"


async def test_half_a_character_is_no_name(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    fields = {"room": BEDROOM, "time": "07:00", "app_stop_ok": True}
    assert await async_refused(hass, athena, "set_alarm", name="\ud800", **fields) == "bad_field"
    assert (await async_set_alarm(hass, name="\U0001f600 Früh"))["alarm"]["name"] == "\U0001f600 Früh"


async def test_it_is_told_whether_an_alarm_has_anything_to_ring_through(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    assert (await async_set_alarm(hass))["heard"] is False
    satellite = er.async_get(hass).async_get_or_create("assist_satellite", "test", "1").entity_id
    er.async_get(hass).async_update_entity(satellite, area_id=BEDROOM)
    assert (await async_set_alarm(hass))["heard"] is True


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


async def test_an_alarm_that_contradicts_itself_isasync_refused(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    both = {"weekdays": "daily", "date": "2026-02-01", "time": "07:00"}
    assert await async_refused(hass, athena, "set_alarm", room=BEDROOM, **both) == "days_or_date"
    assert await async_refused(hass, athena, "set_alarm", room=BEDROOM, weekdays="daily") == "time_missing"
    past = {"time": "07:00", "date": "2026-01-01", "app_stop_ok": True}
    assert await async_refused(hass, athena, "set_alarm", room=BEDROOM, **past) == "past_alarm"


async def test_an_alarm_that_nothing_could_end_is_refused_until_that_is_understood(
    hass: HomeAssistant, athena: MockConfigEntry
) -> None:
    assert await async_refused(hass, athena, "set_alarm", room=BEDROOM, time="07:00") == "no_witness"
    await async_act(hass, "set_alarm", room=BEDROOM, time="07:00", app_stop_ok=True)
    assert [clock.alarm.id for clock in _bedroom(athena).clocks] == ["at_0700"]


async def test_an_unknown_alarm_is_refused_by_every_action(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for action, data in (("set_alarm", {"time": "07:00"}), ("delete_alarm", {}), ("skip_alarm", {})):
        assert await async_refused(hass, athena, action, room=BEDROOM, id="nap", **data) == "unknown_alarm"


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
    assert await async_refused(hass, athena, "skip_alarm", room=BEDROOM) == "nothing_to_skip"
    assert await async_refused(hass, athena, "skip_alarm", room=BEDROOM, skip=False) == "nothing_skipped"
    await async_set_alarm(hass, enabled=False)
    assert await async_refused(hass, athena, "skip_alarm", room=BEDROOM, id="at_0700") == "nothing_to_skip"


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
async def test_a_room_forced_into_a_state_while_its_alarm_rings_isasync_refused(
    hass: HomeAssistant, athena: MockConfigEntry, state: str
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    assert await async_refused(hass, athena, "set_room_state", room=BEDROOM, state=state) == "ringing"
    with pytest.raises(ServiceValidationError, match="An alarm rings in Bedroom"):
        await async_act(hass, "set_room_state", room=BEDROOM, state=state)
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


@pytest.mark.parametrize("data", [{}, {"confirmation": False}, {"confirmation": "true"}, {"confirmation": 1}])
async def test_an_alarm_is_not_stopped_without_a_confirmation(
    hass: HomeAssistant, athena: MockConfigEntry, data: dict[str, Any]
) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    assert await async_refused(hass, athena, "stop_alarm", room=BEDROOM, **data) == "not_confirmed"
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")


async def test_the_apps_stop_stops_it_once_confirmed(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await async_set_alarm(hass)
    await async_ring(hass, athena)
    told = await async_act(hass, "stop_alarm", room=BEDROOM, confirmation=True)
    assert told == {"stopped": ["at_0700"], "silenced": ["at_0700"]}
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "off")
    assert await async_refused(hass, athena, "stop_alarm", room=BEDROOM, confirmation=True) == "nothing_rings"


async def test_a_wish_is_granted_though_a_light_fails_on_the_way(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """The sunrise of a deleted alarm is taken back; a lamp that does not answer is no reason to keep the alarm."""
    await async_set_alarm(hass)
    await async_pass(hass, freezer, hours=8, minutes=50)

    async def _broken(_call: ServiceCall) -> None:
        raise HomeAssistantError("the bridge does not answer")

    for service in ("turn_on", "turn_off"):
        hass.services.async_register("light", service, _broken)
    told = await async_act(hass, "delete_alarm", room=BEDROOM, id="at_0700")
    assert told == {"deleted": "at_0700", "still_ringing": False}
    assert "lights.restore in Bedroom failed: the bridge does not answer" in caplog.text


async def test_an_alarm_that_rings_its_only_time_and_is_deleted_rings_on(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    await async_set_alarm(hass, weekdays=[])
    await async_pass(hass, freezer, hours=9, seconds=1)
    for _ in range(2):
        told = await async_act(hass, "delete_alarm", room=BEDROOM, id="at_0700")
        assert told == {"deleted": "at_0700", "still_ringing": True}
    assert hass.states.is_state("binary_sensor.bedroom_ringing", "on")
