"""Rules 3, 4, 5 and 9: falling asleep, getting up in the night, and waking."""

from datetime import datetime, timedelta
from typing import Final

from ..bed import SURE, Exit
from ..commands import AudioPlay, CancelSleepTransition, LightsRestore, LightsSetScene
from ..events import (
    BedCleared,
    BedOccupied,
    Event,
    MotionDetected,
    PostureUpdate,
    Sleeping,
    SleepReported,
    StillAwake,
)
from ..mind import Mind
from ..room_state import RoomState, Why
from ..rule import Rule
from ..scenes import SLEEP as SLEEP_SCENE
from ..scenes import WAKE
from ..schedule import earliest, fits
from ..sensors import DEBUG, SensorKind
from .alarm import got_up, lies_down_again

VISIT_FOR: Final = timedelta(hours=1)
"""Whoever has not come back to bed by then is up."""
WAKE_FOR: Final = timedelta(minutes=1)
"""A room that woke without an alarm is occupied after that."""
GONE_FOR: Final = timedelta(hours=1)
"""A bed that has felt nobody for so long, in a room where nothing has stirred, has nobody in it."""


def _posture(mind: Mind, event: PostureUpdate) -> None:
    mind.drowsiness.sees(event)
    if event.confidence >= SURE and event.zone == "bed":
        _to_bed(mind, event)


def _felt(mind: Mind, event: BedOccupied) -> None:
    if not _camera_sees_bed(mind, event.at):
        mind.drowsiness.feels(event.source, event.at)
    _to_bed(mind, event, event.side)


def _camera_sees_bed(mind: Mind, at: datetime) -> bool:
    sources = mind.bed.sources.values()
    return any(one.kind is SensorKind.CAMERA and one.inside_at(at) is not None for one in sources)


def _to_bed(mind: Mind, event: Event, side: str | None = None) -> None:
    """Somebody is in bed: for the first time, again, or still."""
    if event.source == DEBUG:
        return
    lies_down_again(mind, event.at, side)
    mind.in_bed = True
    mind.told_asleep = None
    mind.out_since = None
    if mind.visit is not None:
        mind.visit = None
        if mind.path_until is not None:
            mind.path_until = None
            mind.show(SLEEP_SCENE, Why.BACK_IN_BED, event.at, by=(event.source,))


def _released(mind: Mind, event: BedCleared) -> None:
    mind.drowsiness.feels_not(event.at)


def _reported(mind: Mind, event: SleepReported) -> None:
    if event.state is Sleeping.SLEEPING:
        mind.drowsiness.says_asleep(event.source, event.at)
    else:
        mind.drowsiness.forget()


def _motion(mind: Mind, event: MotionDetected) -> None:
    mind.drowsiness.stirs(event.at)
    if mind.visit is not None:
        mind.light_the_way(Why.NIGHT_VISIT, event.at, (event.source,))
    elif _may_wake_by_moving(mind, event.at):
        _wake(mind, event.at, (event.source,))  # told to sleep in a room without a bed that could tell


def _may_wake_by_moving(mind: Mind, at: datetime) -> bool:
    """Return whether movement means waking: in a room that was told to sleep, and has no bed that could tell."""
    told = mind.told_asleep is None or at >= mind.told_asleep
    return mind.state is RoomState.SLEEP and not mind.bed.sources and not _night(mind, at) and told


def fall_asleep_at_a_word(mind: Mind, at: datetime) -> None:
    """Take in that somebody is about to go to bed: for a while their steps wake nobody."""
    mind.in_bed = True
    mind.told_asleep = None if mind.bed.occupied(at) else at + mind.settings.sleep_after


def still_awake(mind: Mind, event: StillAwake) -> None:
    """Rule 4: whoever says so is awake, now and for a while."""
    mind.drowsiness.hold(event.at)
    if mind.in_bed and mind.drowsiness.still_since is None and mind.bed.occupied(event.at):
        mind.drowsiness.feels(event.source, event.at)  # whoever lies there goes on lying there
    mind.order(CancelSleepTransition(room=mind.room))
    if mind.state is RoomState.SLEEP:
        mind.visit = mind.path_until = None
        mind.become(RoomState.OCCUPIED, Why.STILL_AWAKE, event.at, (event.source,))
        mind.order(LightsRestore(room=mind.room))
        mind.decide(event.at, "lights", Why.STILL_AWAKE, by=(event.source,))


def _night(mind: Mind, at: datetime) -> bool:
    return fits(mind.settings.sleep_window, at, mind.settings.zone)


# ---- what time brings


def _falls_asleep_at(mind: Mind) -> datetime | None:
    if mind.state is not RoomState.OCCUPIED or mind.alarms.unfinished:
        return None
    return mind.drowsiness.due()


def _exit(mind: Mind, at: datetime) -> Exit | None:
    """Return who says that nobody is in bed any more, while somebody is thought to be."""
    if not mind.in_bed or (mind.told_asleep is not None and at < mind.told_asleep):
        return None
    return mind.exit(at)


def _gone_at(mind: Mind) -> datetime | None:
    """Return when a sleeper is gone whom no second witness has seen leave."""
    if mind.state is not RoomState.SLEEP or mind.visit is not None or not mind.bed.sources:
        return None
    words = [(one.inside, one.since) for one in mind.bed.sources.values()]
    released = [since for inside, since in words if inside is False and since is not None]
    if not released or any(inside for inside, _ in words):
        return None
    counts = mind.presence.counts()
    return max(*released, counts or released[0], released[0]) + GONE_FOR


def _due(mind: Mind) -> datetime | None:
    leaves = _exit(mind, mind.latest)
    moments = (
        _falls_asleep_at(mind),
        leaves.sure_at if leaves is not None else None,
        mind.told_asleep if mind.state is RoomState.SLEEP and mind.in_bed else None,
        mind.bed.again_at(mind.latest) if mind.in_bed else None,
        mind.visit and mind.visit + VISIT_FOR,
        mind.path_until,
        mind.wake_until,
        _gone_at(mind),
    )
    return earliest(moments)


def _elapse(mind: Mind, at: datetime) -> None:
    if mind.told_asleep is not None and mind.told_asleep <= at:
        mind.told_asleep = None
    if (leaves := _exit(mind, at)) is not None and leaves.sure_at <= at:
        _leaves(mind, at, leaves)
    if (due := _falls_asleep_at(mind)) is not None and due <= at:
        _falls_asleep(mind, at)
    if mind.path_until is not None and mind.path_until <= at:
        mind.path_until = None
        mind.show(SLEEP_SCENE, Why.NIGHT_VISIT, at)
    if mind.visit is not None and mind.visit + VISIT_FOR <= at:
        _stays_up(mind, at)
    if mind.wake_until is not None and mind.wake_until <= at:
        mind.become(RoomState.OCCUPIED, Why.GOT_UP, at)
    if (gone := _gone_at(mind)) is not None and gone <= at:
        mind.in_bed = False
        mind.become(RoomState.EMPTY, Why.LEFT, at)


def _falls_asleep(mind: Mind, at: datetime) -> None:
    by = mind.drowsiness.by
    mind.drowsiness.forget()
    mind.held_until = None  # "lights dim regardless of other activity in room" (PRD §5.2)
    mind.in_bed = True
    mind.become(RoomState.SLEEP, Why.FELL_ASLEEP, at, by)
    mind.show(SLEEP_SCENE, Why.FELL_ASLEEP, at, by=by)


def _leaves(mind: Mind, at: datetime, leaves: Exit) -> None:
    """Two witnesses have said for long enough that nobody is in bed."""
    mind.leaves_bed(leaves)
    if mind.alarms.unfinished:
        got_up(mind, at, Why.OUT_OF_BED, leaves.by, (None,))  # whose side is known, their own exit ends theirs
    elif mind.state is not RoomState.SLEEP:
        return
    elif _night(mind, at) and not mind.alarms.sunrise_has_begun:
        mind.visit = at
        mind.light_the_way(Why.NIGHT_VISIT, at, leaves.by)
    else:
        _wake(mind, at, leaves.by)


def _wake(mind: Mind, at: datetime, by: tuple[str, ...]) -> None:
    """Rule 9: up without an alarm."""
    mind.become(RoomState.WAKE, Why.GOT_UP, at, by)
    mind.wake_until = at + WAKE_FOR
    if mind.show(WAKE, Why.GOT_UP, at, by=by):
        mind.order(AudioPlay(room=mind.room, sound="wake"))
    mind.say(WAKE.line)


def _stays_up(mind: Mind, at: datetime) -> None:
    """Whoever got up in the night has not come back to bed: they are awake, or elsewhere; nothing is said of it."""
    mind.visit = None
    if mind.path_until is not None:
        mind.path_until = None
        mind.order(LightsSetScene(room=mind.room, scene=SLEEP_SCENE.key))
    counts = mind.presence.counts()
    there = counts is not None and counts + mind.settings.empty_after > at
    mind.become(RoomState.OCCUPIED if there else RoomState.EMPTY, Why.GOT_UP if there else Why.LEFT, at)


SLEEP: Final = Rule(
    facts={
        PostureUpdate: _posture,
        BedOccupied: _felt,
        BedCleared: _released,
        SleepReported: _reported,
        MotionDetected: _motion,
        StillAwake: still_awake,
    },
    due=_due,
    elapse=_elapse,
)
