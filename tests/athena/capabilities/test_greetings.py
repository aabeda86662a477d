"""PRD §7: "Good morning/evening, Arman", "Happy Friday, Arman." / "Happy birthday."."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.capabilities.greetings import Greetings, birthday_of, is_birthday

from ..clock import BEDROOM, async_act, async_pass
from ..home import async_move
from ..saying import Speaker, async_settle
from .conftest import hear

PACIFIC = ZoneInfo("US/Pacific")
THURSDAY = datetime(2026, 11, 26, 19, tzinfo=PACIFIC)
FRIDAY = datetime(2026, 11, 27, 19, tzinfo=PACIFIC)


@pytest.fixture(autouse=True)
def _evening(freezer: FrozenDateTimeFactory) -> None:
    """Let it be Thursday evening before anything is set up."""
    freezer.move_to(THURSDAY)


async def _comes_in(hass: HomeAssistant, freezer: FrozenDateTimeFactory, area: str = BEDROOM) -> None:
    """Let somebody come into an empty room, and leave it for long."""
    await async_move(hass, area, somebody=True)
    await async_move(hass, area, somebody=False)
    await async_pass(hass, freezer, minutes=11)


# ---- somebody says hello


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (4, "Good morning, Arman."),
        (11, "Good morning, Arman."),
        (12, "Good afternoon, Arman."),
        (17, "Good afternoon, Arman."),
        (18, "Good evening, Arman."),
        (23, "Good evening, Arman."),
        (3, "Good evening, Arman."),
    ],
)
async def test_a_greeting_is_by_the_time_of_day(
    in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory, hour: int, greeting: str
) -> None:
    freezer.move_to(THURSDAY.replace(hour=hour))
    for said in ("hello", "Good evening", "good morning, Arvis"):
        assert await in_the_bedroom.says(said) == greeting


async def test_without_a_room_and_without_a_name_it_is_the_same(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker
) -> None:
    in_the_bedroom.device = None
    assert await in_the_bedroom.says("hi") == "Good evening, Arman."
    await async_settle(hass, athena, name="")
    assert await in_the_bedroom.says("hi") == "Good evening."


async def test_good_night_is_the_sleep_scene_still(in_the_bedroom: Speaker) -> None:
    assert await in_the_bedroom.says("good night") == "Good night."


async def test_in_quiet_mode_nobody_is_greeted_and_the_day_is_not_spent(
    in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    await in_the_bedroom.says("quiet mode")
    assert await in_the_bedroom.says("hello") == ""
    await in_the_bedroom.says("turn off quiet mode")
    assert await in_the_bedroom.says("hello") == "Good evening, Arman. Happy Friday."
    assert await in_the_bedroom.says("hello") == "Good evening, Arman."


async def test_happy_birthday(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await async_settle(hass, athena, greetings={"birthday": "26 November"})
    assert await in_the_bedroom.says("good evening") == "Good evening, Arman. Happy birthday."


# ---- somebody comes in


async def test_happy_friday_arman(
    hass: HomeAssistant, athena: MockConfigEntry, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    await _comes_in(hass, freezer)
    assert aloud == ["Welcome back, Arman.", "Happy Friday, Arman.", "Goodbye."]
    await _comes_in(hass, freezer)
    assert aloud[3:] == ["Welcome back, Arman.", "Goodbye."], "once a day"


async def test_on_other_days_the_welcome_is_all(
    hass: HomeAssistant, athena: MockConfigEntry, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    await _comes_in(hass, freezer)
    assert aloud == ["Welcome back, Arman.", "Goodbye."]


async def test_a_birthday_goes_before_a_friday(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    await async_settle(hass, athena, greetings={"birthday": "1990-11-27"})
    aloud = hear(athena)
    await _comes_in(hass, freezer)
    assert aloud == ["Welcome back, Arman.", "Happy birthday, Arman.", "Goodbye."]


async def test_the_day_is_greeted_once_in_the_whole_house(
    hass: HomeAssistant, athena: MockConfigEntry, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    await _comes_in(hass, freezer, "kitchen")
    await _comes_in(hass, freezer)
    assert aloud == ["Welcome back, Arman.", "Goodbye."]


async def test_after_a_restart_the_day_is_not_greeted_again(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    assert await in_the_bedroom.says("hello") == "Good evening, Arman. Happy Friday."
    await hass.config_entries.async_reload(athena.entry_id)
    await hass.async_block_till_done()
    assert await in_the_bedroom.says("hello") == "Good evening, Arman."


async def test_before_four_it_is_still_last_night(
    hass: HomeAssistant, athena: MockConfigEntry, aloud: list[str], freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY.replace(hour=1))
    await _comes_in(hass, freezer)
    assert aloud == ["Welcome back, Arman.", "Goodbye."]


async def test_while_somebody_sleeps_the_greeting_of_the_day_is_kept_for_them(
    hass: HomeAssistant, athena: MockConfigEntry, freezer: FrozenDateTimeFactory, aloud: list[str]
) -> None:
    freezer.move_to(FRIDAY.replace(hour=6))
    await async_act(hass, "set_room_state", room="kitchen", state="sleep")
    await async_move(hass, BEDROOM, somebody=True)
    assert aloud == ["Welcome back, Arman."]


async def test_in_quiet_hours_who_comes_in_is_told_nothing(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, aloud: list[str]
) -> None:
    await in_the_bedroom.says("quiet mode")
    await async_move(hass, BEDROOM, somebody=True)
    assert aloud == []


async def test_the_greeting_of_the_day_can_be_switched_off(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(FRIDAY)
    await async_settle(hass, athena, greetings={"day_greetings": False, "birthday": "27 November"})
    assert await in_the_bedroom.says("hello") == "Good evening, Arman."


# ---- the birthday


@pytest.mark.parametrize(
    "said",
    ["12-24", "1990-12-24", "24 December", "24. December", "24th of December 1990", "December 24", "dec 24th, 1990"],
)
def test_a_birthday_is_written_as_people_write_it_and_needs_no_year(said: str) -> None:
    assert birthday_of(said) == (12, 24)
    assert Greetings.refuse({"birthday": said}) is None


@pytest.mark.parametrize(
    "said",
    ["tomorrow", "12/24", "24.12.", "13-01", "02-30", "1990-02-29", "32 May", "24 Decembrr", "Maybe 4", "0", "²-4"],
)
def test_a_birthday_that_is_no_day_is_refused(said: str) -> None:
    assert birthday_of(said) is None
    assert Greetings.refuse({"birthday": said}) == "wrong_birthday"


def test_no_birthday_is_no_mistake() -> None:
    assert Greetings.refuse({}) is None
    assert Greetings.refuse({"birthday": " "}) is None


def test_a_birthday_on_29_february_is_on_the_28th_where_there_is_none() -> None:
    birthday = birthday_of("29 February")
    days = [date(year, month, day) for year in (2027, 2028) for month, day in ((2, 27), (2, 28), (3, 1))]
    assert [day for day in (*days, date(2028, 2, 29)) if is_birthday(birthday, day)] == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


async def test_somebody_born_on_29_february_is_greeted_on_the_28th(
    hass: HomeAssistant, athena: MockConfigEntry, in_the_bedroom: Speaker, freezer: FrozenDateTimeFactory
) -> None:
    await async_settle(hass, athena, greetings={"birthday": "02-29"})
    freezer.move_to(datetime(2027, 2, 28, 9, tzinfo=PACIFIC))
    assert await in_the_bedroom.says("good morning") == "Good morning, Arman. Happy birthday."
