"""What a calendar has for today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from homeassistant.util import dt as dt_util

from ...companion.plain_words import plain_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One event of a calendar, in local time; the same in two calendars is one."""

    title: str
    start: datetime
    end: datetime
    is_all_day: bool

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self | None:
        """Read an event as Home Assistant tells it; None for one without a time."""
        start, end = _moment(told.get("start")), _moment(told.get("end"))
        if start is None or end is None:
            return None
        is_all_day = dt_util.parse_date(str(told.get("start"))) is not None
        return cls(title=plain_words(str(told.get("summary") or "")), start=start, end=end, is_all_day=is_all_day)

    def is_of_today(self, now: datetime, midnight: datetime) -> bool:
        """Return whether it is not over, and begins before the day ends."""
        return self.start < midnight and (self.end > now or self.start == self.end >= now)

    def order(self) -> tuple[bool, datetime, str]:
        """Return what to sort by: what lasts all day first."""
        return not self.is_all_day, self.start, self.title


def _moment(said: object) -> datetime | None:
    """Return when it is, in local time; a whole day begins at midnight."""
    if isinstance(day := dt_util.parse_date(str(said)), date):
        return dt_util.start_of_local_day(day)
    at = dt_util.parse_datetime(str(said))
    return None if at is None else dt_util.as_local(at)
