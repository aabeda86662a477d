"""What a form, a service and a spoken sentence share when a person sets an alarm."""

from collections.abc import Iterable
from datetime import date, time
from typing import Final

from homeassistant.const import WEEKDAYS
from homeassistant.util import slugify

from .brain.room import Room
from .brain.settings import MORNING_DEFAULT, Alarm, Music, Weekday

DAYS: Final[dict[str, Weekday]] = dict(zip(WEEKDAYS, Weekday, strict=True))
"""`mon` to `sun`, as Home Assistant writes the days of the week."""


def new_alarm(
    room: Room,
    *,
    time: time,
    weekdays: Iterable[Weekday] = (),
    date: date | None = None,
    name: str = "",
    profile: str = MORNING_DEFAULT,
    side: str | None = None,
    music: Music | None = None,
    app_stop: bool = False,
) -> Alarm:
    """Return an alarm with an id that is free in the room; it is not set yet, and nothing is checked."""
    return Alarm(
        id=_free_id(room, slugify(name, separator="_") if name.strip() else f"at_{time:%H%M}"),
        time=time,
        weekdays=frozenset(weekdays),
        date=date,
        name=name.strip(),
        profile=profile,
        side=side,
        music=music,
        app_stop=app_stop,
    )


def alarms_of(room: Room) -> dict[str, Alarm]:
    """Return the alarms of the room by their ids, in the order the room keeps them."""
    return {clock.alarm.id: clock.alarm for clock in room.clocks}


def days_of(weekdays: Iterable[Weekday]) -> list[str]:
    """Return the days as Home Assistant writes them, Monday first."""
    return [WEEKDAYS[day] for day in sorted(weekdays)]


def _free_id(room: Room, wanted: str) -> str:
    """Return `wanted`, numbered if need be; one that was deleted while it rings keeps its id until it stops."""
    taken = {*alarms_of(room), *room.waking}
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
