"""Diagnostics and system information tell what helps, and not who lives there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
from pytest_homeassistant_custom_component.common import MockConfigEntry, get_system_health_info
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.athena.brain.events import (
    AlarmSet,
    AlarmTrigger,
    BedOccupied,
    Event,
    PersonHome,
    SensorLost,
    VoiceCommand,
)
from custom_components.athena.brain.house import VERSION
from custom_components.athena.brain.sensors import SensorKind
from custom_components.athena.brain.settings import Alarm, Music, Weekday
from custom_components.athena.const import DOMAIN

from .home import async_move

SECRET = "xylographer"
NAME = "Arman"
BIRTHDAY = "24 December"


def _strings(told: Any) -> Iterator[str]:
    """Walk through everything that is told, keys and values."""
    match told:
        case dict():
            for key, value in told.items():
                yield from (str(key), *_strings(value))
        case list():
            for item in told:
                yield from _strings(item)
        case _:
            yield str(told)


async def _tell(hass: HomeAssistant, athena: MockConfigEntry, fact: type[Event], **fields: Any) -> None:
    source = fields.pop("source", "test")
    athena.runtime_data.handle(fact(room="bedroom", at=dt_util.utcnow(), source=source, **fields))
    await hass.async_block_till_done(wait_background_tasks=True)


async def _plant_secrets(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    """Write a secret wherever a user may write one, and let Athena use it."""
    bedroom = next(subentry for subentry in athena.subentries.values() if subentry.unique_id == "bedroom")
    data = {"notify": [f"notify.{SECRET}_phone"], "second_person": [f"notify.mobile_app_{SECRET}"]}
    hass.config_entries.async_update_subentry(athena, bedroom, data=data)
    hass.config_entries.async_update_entry(
        athena,
        options={
            "name": NAME,
            "persons": [f"person.{SECRET}"],
            "record_transcripts": True,
            "briefing": {"calendars": [f"calendar.{SECRET}"], "on_waking": False},
            "focus_timer": {"focus": 50},
            "greetings": {"birthday": BIRTHDAY},
            "playlists": {"source": f"{NAME}'s speaker", "playlists": [{"name": SECRET, "media": SECRET}]},
        },
    )
    await hass.async_block_till_done()
    alarm = Alarm(
        id=f"see_the_{SECRET}",
        name=f"See the {SECRET}",
        time=dt_util.now().time(),
        weekdays=frozenset(Weekday),
        app_stop=True,
        music=Music(player="media_player.radio", media=f"media://{SECRET}"),
    )
    await _tell(hass, athena, AlarmSet, alarm=alarm)
    await _tell(hass, athena, AlarmTrigger, alarm=alarm.id)
    await _tell(hass, athena, AlarmTrigger, alarm=f"another_{SECRET}")
    await _tell(hass, athena, PersonHome, source=f"person.{SECRET}")
    await _tell(hass, athena, VoiceCommand, source=f"person.{SECRET}", text=f"turn on the {SECRET}")


async def _diagnostics(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, athena: MockConfigEntry
) -> JsonObjectType:
    """Download them as a user does."""
    assert await async_setup_component(hass, "diagnostics", {})
    await hass.async_block_till_done()
    told: JsonObjectType = await get_diagnostics_for_config_entry(hass, hass_client, athena)
    return told


async def test_no_secret_is_in_the_diagnostics(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    await _plant_secrets(hass, athena)
    told = await _diagnostics(hass, hass_client, athena)
    secrets = {secret.lower() for secret in (SECRET, NAME, BIRTHDAY)}
    found = [text for text in _strings(told) if any(secret in text.lower() for secret in secrets)]
    assert found == []
    assert REDACTED in _strings(told)
    options: Any = told["options"]
    assert options["briefing"] == {"calendars": REDACTED, "on_waking": False}
    assert options["focus_timer"] == {"focus": 50}


async def test_the_diagnostics_tell_what_happened_all_the_same(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    await _plant_secrets(hass, athena)
    told: Any = await _diagnostics(hass, hass_client, athena)
    room = told["rooms"]["bedroom"]
    assert room["state"] == "WAKE"
    assert room["ringing"] == [{"alarm": "alarm 1"}, {"alarm": "alarm 2"}]
    assert [clock["alarm"] for clock in room["clocks"]] == ["alarm 1"]
    assert datetime.fromisoformat(room["clocks"][0]["next"]) > dt_util.utcnow()
    assert [decision["why"] for decision in room["decisions"]][:2] == ["alarm", "alarm"]
    assert {"type": "alarm.start", "alarm": "alarm 1"}.items() <= next(
        order for order in told["last_orders"] if order["type"] == "alarm.start"
    ).items()
    assert not any("text" in order for order in told["last_orders"])
    assert told["house"]["rooms"]["bedroom"]["people"] == [True]
    assert told["repairs"] == ["no_loudspeaker_bedroom", "unheard_bedroom"]
    assert room["unheard"] is True


async def test_the_diagnostics_tell_who_sees_whom(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    await async_move(hass, "living_room", somebody=True)
    await _tell(hass, athena, BedOccupied, source="binary_sensor.mat", kind=SensorKind.MAT)
    told: Any = await _diagnostics(hass, hass_client, athena)
    assert set(told["rooms"]) == set(told["house"]["rooms"]) == {"living_room", "kitchen", "bedroom"}
    room = told["rooms"]["living_room"]
    assert told["house"]["rooms"]["living_room"]["state"] == "OCCUPIED"
    assert room["settings"]["title"] == "Living Room"
    assert room["settings"]["settings"]["empty_after"] == "0:10:00"
    assert room["sensors"] == {"binary_sensor.living_room_motion": "on"}
    assert room["lights"] == {"light.ceiling_light": "on", "light.lamp": "on"}
    assert [one["source"] for one in room["occupancy"]["evidence"]] == ["binary_sensor.living_room_motion"]
    assert "binary_sensor.mat" in told["rooms"]["bedroom"]["witnesses"]["working"]


async def test_a_name_that_is_a_word_of_ours_hides_no_field(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    hass.config_entries.async_update_entry(athena, options={"name": "al"})
    await hass.async_block_till_done()
    told: Any = await _diagnostics(hass, hass_client, athena)
    assert told["options"] == {"name": REDACTED}
    assert "alarms" in told["house"]["rooms"]["bedroom"]


async def test_the_system_information(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    freezer.move_to("2026-01-05T20:00:00+00:00")
    assert await get_system_health_info(hass, DOMAIN) == {
        "rooms": 3,
        "alarms": 0,
        "next_alarm": None,
        "unheard_rooms": 0,
        "lost_witnesses": 0,
        "store_version": VERSION,
    }
    due = dt_util.now().replace(hour=7, minute=0, second=0, microsecond=0)
    alarm = Alarm(id="work", time=due.time(), weekdays=frozenset(Weekday), app_stop=True)
    await _tell(hass, athena, AlarmSet, alarm=alarm)
    await _tell(hass, athena, SensorLost, source="mat", kind=SensorKind.MAT)
    told = await get_system_health_info(hass, DOMAIN)
    words = await async_get_translations(hass, "en", "system_health", [DOMAIN])
    assert {key.rpartition(".")[2] for key in words if ".info." in key} == set(told)
    assert (told["alarms"], told["lost_witnesses"]) == (1, 1)
    assert dt_util.as_local(told["next_alarm"]).hour == 7
    await hass.config_entries.async_unload(athena.entry_id)
    assert await get_system_health_info(hass, DOMAIN) == {"store_version": VERSION}
