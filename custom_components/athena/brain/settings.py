"""What a person can set: the rooms and their alarms. The defaults are those of design §3."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, time, timedelta, tzinfo
from enum import IntEnum
from typing import Final

from .scene import Scene
from .sensors import SensorKind

MORNING_DEFAULT: Final = "morning_default"


class Weekday(IntEnum):
    """As `datetime.weekday()` counts."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """What plays instead of Athena's own sound, for as long as it is seen to play."""

    player: str
    """The entity id of a media player."""
    media: str
    """What to play, as Home Assistant names it."""
    kind: str | None = None
    """What that is, as Home Assistant names it; None: what it is called says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A wake-up alarm of one room, in local time."""

    id: str
    time: time
    """By the clock on the wall; naive."""
    weekdays: frozenset[Weekday] = frozenset()
    """On which it rings, week after week; none: once, at the next such time or on `date`."""
    date: dt.date | None = None  # `date | None` would be of the field's own default
    """The one day of an alarm without weekdays."""
    profile: str = MORNING_DEFAULT
    name: str = ""
    enabled: bool = True
    side: str | None = None
    """Whose: the side of a bed that two share, as the bed's sensors name it."""
    music: Music | None = None
    app_stop: bool = False
    """Somebody has understood that without witnesses only the app's stop or the cap ends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """What a person can set about a room."""

    room: str
    """The HA area id."""
    name: str | None = None
    """Whom Athena addresses here."""
    zone: tzinfo = UTC
    """The home's time zone: of the alarms and of the sleep window."""
    empty_after: timedelta = timedelta(minutes=10)
    sleep_after: timedelta = timedelta(minutes=10)
    sleep_after_by_day: timedelta = timedelta(minutes=25)
    sleep_window: tuple[time, time] = (time(20), time(9))
    """When sleep is likely, by the clock on the wall; naive."""
    scene_hold: timedelta = timedelta(hours=2)
    awake_hold: timedelta = timedelta(hours=1)
    alarm_cap: timedelta = timedelta(minutes=30)
    sunrise: timedelta = timedelta(minutes=12)
    witness_hold: timedelta = timedelta(seconds=3)
    rearm_for: timedelta = timedelta(minutes=10)
    grace: timedelta = timedelta(minutes=45)
    up_for: timedelta = timedelta(minutes=5)
    shared_bed: bool = False
    """Two sleep in it."""
    sensors: Mapping[str, SensorKind] = field(default_factory=dict)
    """The sources of this room that are known beforehand; others are known by their first word."""
    scenes: tuple[Scene, ...] = ()
    """The user's own, besides the ones every room has."""
