"""PRD §12: the morning briefing, from a calendar and a weather of Home Assistant's own."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import nan
from pathlib import Path
from typing import Any, override
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.components.calendar.const import DATA_COMPONENT
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.capabilities import briefing
from custom_components.athena.capabilities.briefing.forecast import Forecast

from ..clock import async_pass
from ..saying import Speaker, async_settle, expose
from .conftest import hear
from .waking import SEVEN_ON_TUESDAY, Sleeper

WEATHER = "weather.home"
CALENDAR = "calendar.diary"
SKY = "sensor.sky"
TODAY = f"{SEVEN_ON_TUESDAY:%Y-%m-%d}"
TOMORROW = "2026-11-25"
GOOD_MORNING = "Good morning, Arman."


class Day:
    """What Home Assistant knows of today."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._entries: dict[str, MockConfigEntry] = {}

    async def async_weather(self, sky: str, degrees: float | None, *, kind: str = "daily", **high: Any) -> None:
        """Look like this, and be forecast to be at most so warm: by a time of day, or `all_day`."""
        forecast = [
            {"datetime": f"{TODAY}T{at.removeprefix('at_') if at != 'all_day' else '12'}:00:00-08:00", **told}
            for at, told in high.items()
        ]
        tomorrow = {"datetime": f"{TOMORROW}T12:00:00-08:00", "temperature": 40, "condition": "pouring"}
        forecast.append({**tomorrow, **({"is_daytime": True} if kind == "twice_daily" else {})})
        self._hass.states.async_set(SKY, sky, {"degrees": degrees, "forecast": forecast})
        forecasts = {f"forecast_{kind}": f"{{{{ state_attr('{SKY}', 'forecast') }}}}"} if high else {}
        options = {
            "template_type": "weather",
            "name": "Home",
            "condition": f"{{{{ states('{SKY}') }}}}",
            "temperature": f"{{{{ state_attr('{SKY}', 'degrees') }}}}",
            "humidity": "{{ 50 }}",
            **forecasts,
        }
        await self._async_set_up(WEATHER, MockConfigEntry(domain="template", title="Home", options=options))

    async def async_calendar(self, *events: tuple[str, str, str], name: str = "Diary") -> None:
        """Keep a calendar with these events: what, from when, until when."""
        data = {"calendar_name": name, "storage_key": name.lower()}
        entity = f"calendar.{name.lower()}"
        await self._async_set_up(entity, MockConfigEntry(domain="local_calendar", title=name, data=data))
        for summary, start, end in events:
            kind = "date" if len(start) == len(TODAY) else "date_time"
            event = {"summary": summary, f"start_{kind}": start, f"end_{kind}": end}
            await self._hass.services.async_call(
                "calendar", "create_event", {"entity_id": entity, **event}, blocking=True
            )

    async def async_gone(self, entity: str) -> None:
        """Let an entity become unavailable."""
        await self._hass.config_entries.async_unload(self._entries[entity].entry_id)
        assert self._hass.states.is_state(entity, "unavailable")

    async def async_back(self, entity: str) -> None:
        """Let it return."""
        await self._hass.config_entries.async_setup(self._entries[entity].entry_id)
        await self._hass.async_block_till_done()

    async def _async_set_up(self, entity: str, entry: MockConfigEntry) -> None:
        self._entries[entity] = entry
        entry.add_to_hass(self._hass)
        assert await self._hass.config_entries.async_setup(entry.entry_id)
        await self._hass.async_block_till_done()
        expose(self._hass, entity)


def _at(hour: int, minute: int = 0) -> str:
    return f"{TODAY} {hour:02}:{minute:02}:00"


STAND_UP = ("Stand-up", _at(9), _at(9, 15))
DENTIST = ("Dentist", _at(14), _at(15))


@pytest.fixture(autouse=True)
def _seven(freezer: FrozenDateTimeFactory) -> None:
    """Let it be seven before anything is set up."""
    freezer.move_to(SEVEN_ON_TUESDAY)


@pytest.fixture
def day(hass: HomeAssistant, athena: MockConfigEntry, tmp_path: Path) -> Iterator[Day]:
    """Return a day without weather or events; calendars are kept in a folder of the test's own."""
    before, hass.config.config_dir = hass.config.config_dir, str(tmp_path)
    (tmp_path / ".storage").mkdir()
    yield Day(hass)
    hass.config.config_dir = before


# ---- on request


async def test_the_weather_and_the_events_of_today(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_weather("rainy", 12, all_day={"temperature": 15, "condition": "rainy"})
    await day.async_calendar(DENTIST, STAND_UP, ("Football", f"{TOMORROW} 18:00:00", f"{TOMORROW} 19:00:00"))
    expected = "12 degrees and rainy, up to 15. Two events: Stand-up at 9 AM and Dentist at 2 PM."
    assert await in_the_bedroom.says("what's on today") == expected


async def test_it_is_told_without_a_room_too_and_not_in_quiet_mode(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar(DENTIST)
    await in_the_bedroom.says("quiet mode")
    assert await in_the_bedroom.says("brief me") == ""
    in_the_bedroom.device = None
    assert await in_the_bedroom.says("brief me") == "One event: Dentist at 2 PM."


async def test_nothing_today(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar()
    assert await in_the_bedroom.says("what do I have today") == "Nothing today."


async def test_with_neither_a_weather_nor_a_calendar_it_cannot_tell(
    athena: MockConfigEntry, in_the_bedroom: Speaker
) -> None:
    assert await in_the_bedroom.says("briefing") == "I can't tell."


async def test_what_is_not_exposed_to_assist_is_not_said_unless_it_was_chosen(
    hass: HomeAssistant, athena: MockConfigEntry, day: Day, in_the_bedroom: Speaker
) -> None:
    await day.async_calendar(DENTIST)
    await day.async_calendar(STAND_UP, name="Work")
    async_expose_entity(hass, "conversation", "calendar.work", False)
    assert await in_the_bedroom.says("briefing") == "One event: Dentist at 2 PM."
    await async_settle(hass, athena, briefing={"calendars": ["calendar.work"]})
    assert await in_the_bedroom.says("briefing") == "One event: Stand-up at 9 AM."


# ---- the weather


@pytest.mark.parametrize(
    ("sky", "degrees", "kind", "high", "told"),
    [
        ("partlycloudy", 12.4, "daily", {"all_day": {"temperature": 12.3}}, "12 degrees and partly cloudy."),
        ("snowy", -3, "daily", {"all_day": {"temperature": -1}}, "Minus 3 degrees and snowy, up to minus 1."),
        ("sunny", 1, "daily", {}, "1 degree and sunny."),
        ("exceptional", 20, "daily", {}, "20 degrees."),
        ("sunny", 12, "daily", {"all_day": {"temperature": 15, "condition": "rainy"}},
         "12 degrees and sunny, later rainy, up to 15."),
        ("cloudy", 12, "hourly", {"at_05": {"temperature": 30}, "at_16": {"temperature": 17, "condition": "pouring"}},
         "12 degrees and cloudy, later pouring, up to 17."),
        ("fog", 4, "twice_daily", {"at_09": {"temperature": 9, "is_daytime": True},
                                   "at_21": {"temperature": 2, "is_daytime": False}},
         "4 degrees and foggy, up to 9."),
    ],
)  # fmt: skip
async def test_the_weather_as_it_is_and_will_be(
    day: Day, in_the_bedroom: Speaker, sky: str, degrees: float, kind: str, high: dict[str, Any], told: str
) -> None:
    await day.async_weather(sky, degrees, kind=kind, **high)
    assert await in_the_bedroom.says("briefing") == told


def test_a_forecast_that_names_no_time_zone_is_of_this_one_and_no_number_is_left_out() -> None:
    """Some integrations of other people's tell it so; one of theirs must not cost the whole briefing."""
    now = dt_util.now()
    told = [
        {"datetime": f"{TODAY}T16:00:00", "temperature": 17, "condition": "rainy"},
        {"datetime": f"{TODAY}T17:00:00", "temperature": nan},
        {"datetime": f"{TODAY}T05:00:00", "temperature": 30},
    ]
    assert Forecast.of(told, now, is_hourly=True) == Forecast(highs=(17,), sky="rainy")


async def test_in_the_afternoon_a_whole_days_rain_may_be_over(
    day: Day, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(SEVEN_ON_TUESDAY.replace(hour=17))
    await day.async_weather("sunny", 12, all_day={"temperature": 15, "condition": "rainy"})
    assert await in_the_bedroom.says("briefing") == "12 degrees and sunny, up to 15."


async def test_of_a_weather_that_is_gone_nothing_is_told_and_it_is_logged_once(
    day: Day, in_the_bedroom: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    await day.async_weather("rainy", 12)
    await day.async_calendar(DENTIST)
    await day.async_gone(WEATHER)
    for _ in range(2):
        assert await in_the_bedroom.says("briefing") == "One event: Dentist at 2 PM."
    assert caplog.text.count("weather.home cannot be asked for the briefing") == 1
    await day.async_back(WEATHER)
    assert await in_the_bedroom.says("briefing") == "12 degrees and rainy. One event: Dentist at 2 PM."
    assert caplog.text.count("weather.home can be asked for the briefing again") == 1


# ---- the calendars


async def test_what_is_over_what_lasts_and_what_goes_on(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar(
        ("Night shift", _at(1), _at(6)),
        ("Run", _at(6, 30), _at(7, 30)),
        ("Holiday", TODAY, TOMORROW),
    )
    assert await in_the_bedroom.says("briefing") == "Two events: Holiday and Run until 7:30 AM."


async def test_an_event_of_several_days_is_there_on_each_and_not_after(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar(
        ("Fair", "2026-11-23", "2026-11-26"),
        ("Conference", "2026-11-23 09:00:00", f"{TOMORROW} 17:00:00"),
        ("Visit", "2026-11-22", TODAY),
    )
    assert await in_the_bedroom.says("briefing") == "Two events: Fair and Conference."


async def test_of_many_events_three_are_told_and_the_others_counted(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar(*((f"Call {hour}", _at(hour), _at(hour, 30)) for hour in range(9, 14)))
    expected = "Five events: Call 9 at 9 AM, Call 10 at 10 AM, Call 11 at 11 AM and 2 more."
    assert await in_the_bedroom.says("briefing") == expected


async def test_the_same_event_in_two_calendars_is_told_once(day: Day, in_the_bedroom: Speaker) -> None:
    await day.async_calendar(DENTIST)
    await day.async_calendar(DENTIST, name="Family")
    assert await in_the_bedroom.says("briefing") == "One event: Dentist at 2 PM."


async def test_a_calendar_entry_with_markup_in_its_title_is_said_in_plain_words(
    day: Day, in_the_bedroom: Speaker
) -> None:
    await day.async_calendar(("<b>Standup</b> &amp; **plan** <speak>", _at(9), _at(10)), ("🎂", _at(11), _at(12)))
    assert await in_the_bedroom.says("briefing") == "Two events: Standup and plan at 9 AM and an event at 11 AM."


async def test_a_calendar_that_is_gone_is_left_out_and_emptiness_is_not_claimed(
    day: Day, in_the_bedroom: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    await day.async_weather("rainy", 12)
    await day.async_calendar(DENTIST)
    await day.async_calendar(name="Family")
    await day.async_gone(CALENDAR)
    for _ in range(2):
        assert await in_the_bedroom.says("briefing") == "12 degrees and rainy."
    assert caplog.text.count("calendar.diary cannot be asked for the briefing") == 1
    await day.async_back(CALENDAR)
    assert await in_the_bedroom.says("briefing") == "12 degrees and rainy. One event: Dentist at 2 PM."


class Broken(CalendarEntity):
    """A calendar of somebody else's that fails."""

    _attr_name = "Broken"

    def __init__(self, failure: Exception | None) -> None:
        self._failure = failure

    @property
    @override
    def event(self) -> CalendarEvent | None:
        return None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        if self._failure is not None:
            raise self._failure
        await asyncio.Event().wait()
        raise AssertionError("nobody waits so long")


@pytest.mark.parametrize("failure", [HomeAssistantError("no network"), ValueError("a fault")])
async def test_a_calendar_that_fails_keeps_nobody_from_the_others(
    hass: HomeAssistant,
    day: Day,
    in_the_bedroom: Speaker,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    await day.async_calendar(DENTIST)
    await hass.data[DATA_COMPONENT].async_add_entities([Broken(failure)])
    expose(hass, "calendar.broken")
    for _ in range(2):
        assert await in_the_bedroom.says("briefing") == "One event: Dentist at 2 PM."
    assert caplog.text.count("calendar.broken cannot be asked for the briefing") == 1


async def test_a_calendar_that_never_answers_is_not_waited_for(
    hass: HomeAssistant, day: Day, in_the_bedroom: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefing, "PATIENCE", 0)
    await day.async_weather("rainy", 12)
    await day.async_calendar()
    await hass.data[DATA_COMPONENT].async_add_entities([Broken(None)])
    expose(hass, "calendar.broken")
    assert await in_the_bedroom.says("briefing") == "12 degrees and rainy."


# ---- after the alarm


@pytest.fixture
def sleeper(hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory) -> Sleeper:
    """Return somebody who sleeps in the bedroom."""
    return Sleeper(hass, athena, freezer)


def _after_the_alarm(aloud: list[str]) -> list[str]:
    return aloud[aloud.index(GOOD_MORNING) :]


async def test_after_the_alarm_the_day_is_told_once_a_morning(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, day: Day, sleeper: Sleeper, aloud: list[str]
) -> None:
    await day.async_weather("rainy", 12)
    await day.async_calendar(DENTIST)
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    told = ["It's 7 AM. It's Tuesday.", "12 degrees and rainy. One event: Dentist at 2 PM."]
    assert _after_the_alarm(aloud) == [GOOD_MORNING, *told]
    await async_pass(hass, freezer, minutes=5)
    await sleeper.async_lies_down()
    aloud.clear()
    await async_pass(hass, freezer, minutes=1)
    await sleeper.async_gets_up(seconds=120)
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7:08 AM."], "back in bed, and up again"


async def test_after_a_restart_in_between_the_day_is_not_told_again(
    hass: HomeAssistant, athena: MockConfigEntry, day: Day, sleeper: Sleeper
) -> None:
    await day.async_calendar(DENTIST)
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    aloud = hear(athena)
    await sleeper.async_is_woken(datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("US/Pacific")))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7:30 AM."]


async def test_it_can_be_for_the_asking_only(
    hass: HomeAssistant, athena: MockConfigEntry, day: Day, sleeper: Sleeper, in_the_bedroom: Speaker
) -> None:
    await day.async_calendar(DENTIST)
    await async_settle(hass, athena, briefing={"on_waking": False})
    aloud = hear(athena)
    await sleeper.async_is_woken()
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 7 AM. It's Tuesday."]
    assert await in_the_bedroom.says("what's my day like") == "One event: Dentist at 2 PM."


async def test_after_a_nap_there_is_no_briefing(day: Day, sleeper: Sleeper, aloud: list[str]) -> None:
    await day.async_calendar(DENTIST)
    await sleeper.async_is_woken(SEVEN_ON_TUESDAY + timedelta(hours=6))
    await sleeper.async_gets_up()
    assert _after_the_alarm(aloud) == [GOOD_MORNING, "It's 1 PM."]
