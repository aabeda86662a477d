"""The picture of a night: what a person reads on it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from custom_components.athena.agent.persona import load_persona
from custom_components.athena.brain.night import Night, Span
from custom_components.athena.capabilities.sleep_log.words import LINES, NightWords
from custom_components.athena.const import LANGUAGE
from script.room.night_picture import FILE, NUMBER, draw, log_night

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 11, 19, 23, 12, tzinfo=BERLIN).astimezone(UTC)
SVG = "{http://www.w3.org/2000/svg}"


def _spans(*spans: tuple[int, int]) -> tuple[Span, ...]:
    return tuple((BEGIN + timedelta(minutes=start), BEGIN + timedelta(minutes=end)) for start, end in spans)


def _night(
    moved: Iterable[int] = (60,),
    *,
    minutes: int = 465,
    begin: datetime = BEGIN,
    visits: tuple[Span, ...] = (),
    gaps: tuple[Span, ...] = (),
) -> Night:
    end = begin + timedelta(minutes=minutes)
    return Night(begin=begin, end=end, moved=frozenset(moved), visits=visits, gaps=gaps)


def _picture(night: Night | None, zone: ZoneInfo = BERLIN) -> ET.Element:
    return ET.fromstring(NightWords(load_persona(LANGUAGE).with_lines(LINES), zone).picture(night))


def _told(picture: ET.Element) -> list[str | None]:
    return [text.text for text in picture.iter(f"{SVG}text")]


def test_it_tells_when_and_how() -> None:
    told = _told(_picture(_night()))
    assert told[:3] == ["Restful", "7 hours 45 minutes asleep", "Friday, November 20"]
    assert told[3:] == ["11:12 PM", "6:57 AM", "1 AM", "2 AM", "3 AM", "4 AM", "5 AM", "6 AM", "movement"]


def test_it_is_told_to_those_who_do_not_see_it() -> None:
    picture = _picture(_night())
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "Restful. 7 hours 45 minutes asleep")


def test_each_five_minutes_are_a_dot_or_a_bar() -> None:
    picture = _picture(_night([60, 61, 62, 200]))
    bars = [rect for rect in picture.iter(f"{SVG}rect") if rect.get("fill") in ("#5f83c9", "#a79bc0")]
    assert len(bars) == 2 + 1, "and one in the legend"
    assert len(list(picture.iter(f"{SVG}circle"))) == 93 - 2


def test_visits_and_gaps_are_drawn_and_explained() -> None:
    picture = _picture(_night(visits=_spans((205, 214), (220, 222)), gaps=_spans((300, 345))))
    told = _told(picture)
    assert told[1] == "7 hours 34 minutes asleep · 2 visits"
    assert "9 minutes" in told
    assert "2 minutes" not in told, "there is no room for it"
    assert told[-3:] == ["movement", "up", "not known"]
    assert len([rect for rect in picture.iter(f"{SVG}rect") if rect.get("fill") == "url(#unknown)"]) == 2


def test_a_night_without_a_verdict_is_a_night() -> None:
    assert _told(_picture(_night(())))[0] == "A night"


def test_before_the_first_night_it_says_so() -> None:
    assert _told(_picture(None))[0] == "No night yet"


def test_an_alarm_is_a_bell() -> None:
    woken = Night(begin=BEGIN, end=BEGIN + timedelta(hours=8), alarm=BEGIN + timedelta(hours=8))
    assert len(list(_picture(woken).iter(f"{SVG}path"))) == 1
    assert list(_picture(_night()).iter(f"{SVG}path")) == []


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 28), ["12 AM", "1 AM", "3 AM", "4 AM"]), ((2026, 10, 24), ["12 AM", "1 AM", "2 AM", "2 AM", "3 AM"])],
)
def test_its_hours_are_those_of_the_clock_on_the_wall(day: tuple[int, int, int], hours: list[str]) -> None:
    begin = datetime(*day, 22, 30, tzinfo=BERLIN).astimezone(UTC)
    assert _told(_picture(_night(begin=begin)))[5 : 5 + len(hours)] == hours


def test_the_docs_show_what_it_draws() -> None:
    """`.venv/bin/python -m script.room.night_picture` draws it again."""
    night, _ = log_night(NUMBER)
    assert night is not None
    assert night.alarm is not None
    assert len(night.visits) == 1
    assert FILE.read_text("utf-8") == draw(NUMBER)
