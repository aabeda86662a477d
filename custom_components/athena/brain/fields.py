"""The single fields of JSON: what a value stands for, or in words what it is instead.

Every reader takes any value, and raises ValueError with the end of a sentence that begins with the field's name:
"is 7, not a text".
"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final

from .settings import Weekday

LONGEST_TEXT: Final = 4000
"""Characters."""

LARGEST_NUMBER: Final = 2**53 - 1
"""What every reader of JSON tells from its neighbour."""

YEARS: Final = range(1970, 2200)
"""Of a moment or a date: the rules reckon with days before and after it."""

DAYS: Final[Mapping[str, Weekday]] = {day.name.lower(): day for day in Weekday}

NAMES: Final = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

WEEKS: Final[Mapping[str, frozenset[Weekday]]] = {
    "weekdays": frozenset(Weekday) - {Weekday.SAT, Weekday.SUN},
    "weekend": frozenset({Weekday.SAT, Weekday.SUN}),
    "daily": frozenset(Weekday),
}

_WALL: Final = re.compile(r"([01]?\d|2[0-3])(:[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)", re.ASCII)


def read_text(value: object) -> str:
    """Return a text of at most LONGEST_TEXT characters, each of them one that UTF-8 has."""
    if not isinstance(value, str):
        raise ValueError(f"is {shown(value)}, not a text")  # noqa: TRY004  one kind of refusal for all readers
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"is longer than {LONGEST_TEXT} characters")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("holds half a character")
    return value


def read_name(value: object) -> str:
    """Return a text that names something."""
    if not (text := read_text(value)).strip():
        raise ValueError("is empty")
    return text


def read_texts(value: object) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"is {shown(value)}, not a list")  # noqa: TRY004
    return tuple(map(read_text, value))


def read_flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"is {shown(value)}, not true or false")  # noqa: TRY004
    return value


def read_count(value: object) -> int:
    """Return a whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(f"is {shown(value)}, not a whole number from 0")
    return value


def read_number(value: object) -> float:
    """Return a finite number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return float(value)
    raise ValueError(f"is {shown(value)}, not a number")


def read_share(value: object) -> float:
    """Return a number from 0 to 1."""
    if not 0 <= (number := read_number(value)) <= 1:
        raise ValueError(f"is {shown(value)}, not from 0 to 1")
    return number


def read_moment(value: object) -> datetime:
    """Return an ISO 8601 moment that has a time zone, as aware UTC."""
    try:
        moment = datetime.fromisoformat(read_text(value))
    except ValueError:
        raise ValueError(f"is {shown(value)}, not a moment like 2026-01-06T00:58:00+00:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"is {shown(value)}, which has no time zone")
    _check_year(moment.year, value)
    return moment.astimezone(UTC)


def read_date(value: object) -> date:
    """Return an ISO 8601 date."""
    try:
        day = date.fromisoformat(read_text(value))
    except ValueError:
        raise ValueError(f"is {shown(value)}, not a date like 2026-01-09") from None
    _check_year(day.year, value)
    return day


def read_wall(value: object) -> time:
    """Return the naive time of a wall clock: "07:00", "7:00" or "07:00:30"."""
    if not isinstance(value, str) or (found := _WALL.fullmatch(value)) is None:
        raise ValueError(f"is {shown(value)}, not a time like 07:00")
    return time.fromisoformat(found[1].zfill(2) + found[2])


def read_weekdays(value: object) -> frozenset[Weekday]:
    """Return the days of a list of `mon` to `sun`, by their whole names too, or of `weekdays`, `weekend` or `daily`."""
    if isinstance(value, str) and value.lower() in WEEKS:
        return WEEKS[value.lower()]
    if isinstance(value, list | tuple):
        days = [DAYS.get(_short(day)) if isinstance(day, str) else None for day in value]
        known = [day for day in days if day is not None]
        if len(known) == len(days):
            return frozenset(known)
    raise ValueError(f"is {shown(value)}, neither {listed(WEEKS)} nor a list of {listed(DAYS)}")


def _short(day: str) -> str:
    """Return `mon` of Monday; what is no day stays as it is."""
    name = day.lower()
    return name[:3] if name in NAMES else name


def read_one_of[Kind: StrEnum](kind: type[Kind], value: object) -> Kind:
    """Return the member of an enumeration that the value names."""
    try:
        return kind(read_text(value))
    except ValueError:
        raise ValueError(f"is {shown(value)}, not one of {listed(kind)}") from None


def shown(value: object) -> str:
    """Return a value as an error shows it: short."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def listed(names: Collection[str]) -> str:
    """Return names as an error lists them."""
    return ", ".join(names)


def _check_year(year: int, value: object) -> None:
    if year not in YEARS:
        raise ValueError(f"is {shown(value)}, not of the years {YEARS[0]} to {YEARS[-1]}")
