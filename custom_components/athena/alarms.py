"""What a form, a service and a spoken sentence share when a person sets an alarm."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from homeassistant.components.media_player.const import ATTR_MEDIA_CONTENT_ID, ATTR_MEDIA_CONTENT_TYPE, MediaType
from homeassistant.const import ATTR_ENTITY_ID, WEEKDAYS
from homeassistant.util import slugify

from .brain import phrases
from .brain.room import Room
from .brain.schedule import next_ring
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


def music_of(selected: Mapping[str, Any]) -> Music:
    """Return the music that a person chose in Home Assistant's media selector.

    "Music" is what a selector calls anything at all, so that it says nothing of the kind.
    """
    kind = selected.get(ATTR_MEDIA_CONTENT_TYPE)
    return Music(
        player=selected[ATTR_ENTITY_ID],
        media=selected[ATTR_MEDIA_CONTENT_ID],
        kind=None if not kind or kind == MediaType.MUSIC else kind,
    )


def changed(room: Room, alarm: Alarm, at: datetime, **changes: Any) -> Alarm:
    """Return `alarm` with these changes, unchecked; one that rings once rings at the next such time if its day is over.

    A day that is given is taken as it is.
    """
    alarm = replace(alarm, **changes)
    if "date" in changes or alarm.weekdays or next_ring(alarm, at, room.settings.zone) is not None:
        return alarm
    return replace(alarm, date=None)


def alarms_of(room: Room) -> dict[str, Alarm]:
    """Return the alarms of the room by their ids, in the order the room keeps them."""
    return {clock.alarm.id: clock.alarm for clock in room.clocks}


def days_of(weekdays: Iterable[Weekday]) -> list[str]:
    """Return the days as Home Assistant writes them, Monday first."""
    return [WEEKDAYS[day] for day in sorted(weekdays)]


def label_of(alarm: Alarm) -> str:
    """Return what a person knows an alarm by: its name, else when it rings: "7 AM Mon–Fri"."""
    if alarm.name:
        return alarm.name
    if alarm.weekdays:
        return f"{phrases.clock(alarm.time)} {week_of(alarm.weekdays)}"
    return phrases.clock(alarm.time) + (f" {alarm.date:%a} {alarm.date.day} {alarm.date:%b}" if alarm.date else "")


def week_of(weekdays: Iterable[Weekday]) -> str:
    """Return days as people write them: "Mon–Fri", "Mon, Wed", "every day"."""
    days = sorted(weekdays)
    if len(days) == len(Weekday):
        return "every day"
    names = [day.name.capitalize() for day in days]
    follow_each_other = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]}–{names[-1]}" if follow_each_other else ", ".join(names)


def _free_id(room: Room, wanted: str) -> str:
    """Return `wanted`, numbered if need be; one that was deleted while it rings keeps its id until it stops."""
    taken = {*alarms_of(room), *room.waking}
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
