"""Greetings by the time of day, on a Friday and a birthday (PRD §7: "Good evening, Arman.", "Happy Friday, Arman.")."""

import re
from calendar import isleap
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.helpers.selector import BooleanSelector, TextSelector
from homeassistant.util import dt as dt_util

from ..brain.commands import Command
from ..companion.capability import Capability
from ..companion.greeted import MORNING, NOON, Waking, has_come_in
from ..companion.wish import Asked, Wish
from ..rooms import RoomConfig

EVENING: Final = time(18)

CONF_BIRTHDAY: Final = "birthday"
CONF_DAY_GREETINGS: Final = "day_greetings"

FRIDAY: Final = 4
LEAP_YEAR: Final = 2000
"""A year that has every day."""
LEAP_DAY: Final = (2, 29)

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN: Final = (
    re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? (?P<name>[a-z]{3,9})\.?(?:,? (?P<year>\d{4}))?"),
    re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"),
)
"""Ways to write a day that cannot be taken for another one."""
NAME_OF_A_MONTH: Final = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)


class Greetings(Capability):
    """Greet by the time of day, and once a day by what day it is."""

    key: ClassVar = "greetings"
    sentences: ClassVar = {
        "AthenaGreet": (
            {
                "metadata": {"sampled": False, "yields": True},
                "sentences": [
                    "[a very ](hello|hi|hey|hiya|howdy|good day|greetings|yo)[ again]<by_name>",
                    "[a very ][good ](morning|afternoon|evening)[ again| to you]<by_name>",
                ],
            },
            # "Home" is what Home Assistant calls its weather
            {
                "metadata": {"sampled": False},
                "sentences": ["(i'm|i am|we're|we are) (home|back)[ home| again]<by_name>"],
            },
        )
    }
    lines: ClassVar = {
        "greet_morning": "Good morning{comma_name}.",
        "greet_afternoon": "Good afternoon{comma_name}.",
        "greet_evening": "Good evening{comma_name}.",
        "greet_friday": "Happy Friday{comma_name}.",
        "greet_birthday": "Happy birthday{comma_name}.",
    }
    form: ClassVar = {
        vol.Optional(CONF_BIRTHDAY): TextSelector(),
        vol.Optional(CONF_DAY_GREETINGS, default=True): BooleanSelector(),
    }

    @override
    @classmethod
    def refuse(cls, settings: Mapping[str, Any]) -> str | None:
        said = settings.get(CONF_BIRTHDAY, "")
        return "wrong_birthday" if said.strip() and birthday_of(said) is None else None

    @override
    def wishes(self) -> tuple[Wish, ...]:
        return (
            Wish(
                intent="AthenaGreet",
                description="Answers a greeting",
                fulfil=self._greet_back,
                is_question=True,
                needs_room=False,
            ),
        )

    @override
    def on_order(self, room: RoomConfig, command: Command) -> None:
        if has_come_in(command, self.desk.room(room)) and not self._somebody_is_to_wake():
            self.desk.start(self.desk.async_say(room, self._greet_the_day(dt_util.now(), room.settings.name)))

    @override
    async def on_waking(self, waking: Waking) -> str:
        return self._greet_the_day(waking.at, waking.room.settings.name) if waking.is_morning else ""

    async def _greet_back(self, asked: Asked) -> str:
        now = dt_util.now()
        name = asked.room.settings.name if asked.room is not None else self.desk.name
        quiet = asked.room is not None and self.desk.room(asked.room).quiet
        of_the_day = "" if quiet else self._greet_the_day(now, None)
        return f"{self._say(f'greet_{_part_of_day(now)}', name)} {of_the_day}".strip()

    def _somebody_is_to_wake(self) -> bool:
        """Return whether somebody in the house sleeps, for whom the day's greeting is kept."""
        rooms = map(self.desk.room, self.desk.rooms.values())
        return any(room.sleeping or room.waking for room in rooms)

    def _greet_the_day(self, now: datetime, name: str | None) -> str:
        """Return what there is to say of the day; empty: nothing, or it has been said."""
        today = now.date()
        is_due = self.desk.settings.get(CONF_DAY_GREETINGS, True) and now.time() >= MORNING
        if not is_due or self.desk.memory.get("greeted") == today.isoformat():
            return ""
        if is_birthday(birthday_of(self.desk.settings.get(CONF_BIRTHDAY, "")), today):
            key = "greet_birthday"
        elif today.weekday() == FRIDAY:
            key = "greet_friday"
        else:
            return ""
        self.desk.memory["greeted"] = today.isoformat()
        self.desk.remember()
        return self._say(key, name)

    def _say(self, key: str, name: str | None) -> str:
        return self.persona.say(key, comma_name=f", {name}" if name else "")


def _part_of_day(now: datetime) -> str:
    if MORNING <= now.time() < NOON:
        return "morning"
    return "afternoon" if NOON <= now.time() < EVENING else "evening"


def birthday_of(said: str) -> tuple[int, int] | None:
    """Return the month and the day that somebody has written; None where it is no day."""
    words = " ".join(said.casefold().split())
    found = next((found for way in WRITTEN if (found := way.fullmatch(words)) is not None), None)
    if found is None:
        return None
    parts = found.groupdict()
    name = parts.get("name")
    if name is not None and NAME_OF_A_MONTH.fullmatch(name) is None:
        return None
    month = int(parts["month"]) if name is None else MONTHS.index(name[:3]) + 1
    try:
        day = date(int(parts["year"] or LEAP_YEAR), month, int(parts["day"]))
    except ValueError:
        return None
    return day.month, day.day


def is_birthday(birthday: tuple[int, int] | None, today: date) -> bool:
    """Return whether it is today; whoever was born on 29 February celebrates on the 28th where there is none."""
    if birthday == LEAP_DAY and not isleap(today.year):
        birthday = (2, 28)
    return birthday == (today.month, today.day)
