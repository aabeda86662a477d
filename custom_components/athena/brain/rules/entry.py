"""Rules 1 and 2: somebody comes in, and nobody is there any more."""

from datetime import datetime, timedelta
from typing import Final

from ..events import (
    BedOccupied,
    ButtonPressed,
    Event,
    MotionDetected,
    PostureUpdate,
    VoiceCommand,
    WakeWord,
)
from ..mind import Mind
from ..presence import SEES_A_ROOM
from ..room_state import RoomState, Why
from ..rule import Rule
from ..scenes import ENTRY, EXIT
from ..schedule import fits

LIES_FOR: Final = timedelta(hours=12)
"""Whoever went to bed and is not seen any more, nor anywhere else, lies there for no longer."""


def _seen(mind: Mind, event: MotionDetected | PostureUpdate | BedOccupied) -> None:
    if mind.state is RoomState.EMPTY:
        mind.become(RoomState.OCCUPIED, Why.CAME_IN, event.at, (event.source,))
        if not getattr(event, "found", False) and not _in_bed_at_night(mind, event):
            mind.show(ENTRY, Why.CAME_IN, event.at, by=(event.source,))
            mind.say(ENTRY.line)


def _in_bed_at_night(mind: Mind, event: Event) -> bool:
    """Return whether somebody is first seen in bed, at night: they have been there for long, and may sleep."""
    in_bed = isinstance(event, BedOccupied) or (isinstance(event, PostureUpdate) and event.zone == "bed")
    return in_bed and fits(mind.settings.sleep_window, event.at, mind.settings.zone)


def _heard(mind: Mind, event: Event) -> None:
    """Whoever speaks is there, but may have been for long."""
    if mind.state is RoomState.EMPTY:
        mind.become(RoomState.OCCUPIED, Why.CAME_IN, event.at, (event.source,))


def _sees_rooms(mind: Mind) -> bool:
    """Return whether the room has, or had, a sensor whose silence may mean that it is empty."""
    kinds = (report.kind for report in mind.presence.reports.values())
    return any(kind in SEES_A_ROOM for kind in kinds)


def _due(mind: Mind) -> datetime | None:
    """Return when the room is empty unless somebody shows up; None where nothing could tell."""
    if mind.state not in (RoomState.OCCUPIED, RoomState.WAKE) or mind.alarms.unfinished:
        return None
    if (counts := mind.presence.counts()) is None or (_sees_rooms(mind) and not mind.presence.can_tell()):
        return None
    empty_at = counts + mind.settings.empty_after
    lies_there = mind.bed.lost_in_bed() if mind.in_bed else None
    return empty_at if lies_there is None else max(empty_at, lies_there + LIES_FOR)


def _elapse(mind: Mind, at: datetime) -> None:
    mind.held_until = None  # what was chosen here holds no longer
    mind.drowsiness.forget()
    mind.become(RoomState.EMPTY, Why.LEFT, at)
    if _sees_rooms(mind):  # else somebody who was only heard may just be silent
        mind.show(EXIT, Why.LEFT, at)
        mind.say(EXIT.line)


ENTRY_AND_EXIT: Final = Rule(
    facts={
        MotionDetected: _seen,
        PostureUpdate: _seen,
        BedOccupied: _seen,
        WakeWord: _heard,
        VoiceCommand: _heard,
        ButtonPressed: _heard,
    },
    due=_due,
    elapse=_elapse,
)
