"""Rules 7 and 8: alarms that end only out of bed, and never fail silently."""

from datetime import datetime, timedelta
from typing import Final

from .. import phrases
from ..alarms import Clock, Phase
from ..bed import Exit
from ..commands import LightsAnimate, LightsRestore, Notice
from ..errors import DebugWitnessError, NothingRingsError, NoWitnessError
from ..events import (
    AlarmDeleted,
    AlarmDismissed,
    AlarmSet,
    AlarmSkipped,
    AlarmTrigger,
    ButtonPressed,
    MusicPlaying,
    MusicStopped,
    SoundFailed,
    SoundHeard,
)
from ..mind import Mind
from ..room_state import RoomState, Why
from ..rule import Rule
from ..scenes import WAKE
from ..schedule import earliest, next_wall
from ..sensors import DEBUG
from ..settings import Alarm
from ..witnesses import witnesses_of

SAME_RING: Final = timedelta(minutes=2)
"""So far apart two clocks may be that mean the same ring."""
WARN_AGAIN: Final = timedelta(minutes=30)
"""How often the witnesses are looked over during the night."""


# ---- what ends it


def got_up(
    mind: Mind, at: datetime, why: Why, by: tuple[str, ...], sides: tuple[str | None, ...] | None = None
) -> None:
    """Stop what rings: the sleeper is up, or a person has said so where they may."""
    stopped = mind.alarms.stop(at, why, sides=sides)
    mind.order(*stopped)
    if stopped:
        mind.decide(at, "alarm.stop", why, by=by)
    if mind.alarms.unfinished:
        return  # somebody else's still rings
    asleep = mind.settings.shared_bed and mind.bed.occupied(at) and why is not Why.APP
    mind.become(RoomState.SLEEP if asleep else RoomState.OCCUPIED, why, at, by)
    if asleep:
        mind.light_the_way(why, at, by)
    mind.say(WAKE.line, exempt=True)


def lies_down_again(mind: Mind, at: datetime, side: str | None) -> None:
    """Ring again where an alarm has been stopped but a short while ago."""
    if mind.settings.shared_bed and side is None:
        return  # it may be the other one
    again = mind.alarms.back_in_bed(at, side)
    if again:
        mind.become(RoomState.WAKE, Why.ALARM_AGAIN, at)
        mind.order(*again)
        mind.decide(at, "alarm.start", Why.ALARM_AGAIN)


def _pressed(mind: Mind, event: ButtonPressed) -> None:
    if event.source == DEBUG or not mind.alarms.unfinished:
        return
    telling = witnesses_of(mind).telling
    if telling and not mind.bed.contradicted(event.at) and not _partner(mind, event.at):
        mind.say(phrases.OUT_OF_BED_FIRST, exempt=True)
        return
    got_up(mind, event.at, Why.BUTTON, (event.source,))


def _partner(mind: Mind, at: datetime) -> bool:
    """Return whether it may be the other one who is still in bed: nothing tells the two apart."""
    sides = {ring.alarm.side for ring in mind.alarms.unfinished}
    told_apart = any(one.side in sides and one.side is not None for one in mind.bed.sources.values())
    return mind.settings.shared_bed and not told_apart and mind.bed.occupied(at) is not False


def _dismissed(mind: Mind, event: AlarmDismissed) -> None:
    got_up(mind, event.at, Why.APP, (event.source,))


def _may_dismiss(mind: Mind, event: AlarmDismissed) -> None:
    if event.source == DEBUG:
        raise DebugWitnessError
    if not mind.alarms.unfinished:
        raise NothingRingsError(mind.room)


# ---- what people set


def _may_set(mind: Mind, event: AlarmSet) -> None:
    mind.alarms.check(event.alarm, event.at)
    witnesses = witnesses_of(mind)
    ends = event.alarm.app_stop or witnesses.enough or witnesses.button
    if event.alarm.enabled and not ends:  # one can always be turned off
        raise NoWitnessError(mind.room)


def _set(mind: Mind, event: AlarmSet) -> None:
    _take_light_back(mind, event.alarm.id)
    mind.alarms.set(event.alarm, event.at)
    mind.warn_at = event.at + WARN_AGAIN


def _may_change(mind: Mind, event: AlarmDeleted | AlarmSkipped) -> None:
    mind.alarms.clock(event.alarm)


def _deleted(mind: Mind, event: AlarmDeleted) -> None:
    _take_light_back(mind, event.alarm)
    del mind.alarms.clocks[event.alarm]


def _skipped(mind: Mind, event: AlarmSkipped) -> None:
    if event.skip:
        _take_light_back(mind, event.alarm)
    mind.alarms.skip(event.alarm, skip=event.skip)


def _take_light_back(mind: Mind, alarm: str) -> None:
    """End the sunrise of a ring that is not to be, or not then."""
    clock = mind.alarms.clocks.get(alarm)
    if clock is not None and clock.next is not None and clock.sunrise_of == clock.next:
        clock.sunrise_of = None
        mind.order(LightsRestore(room=mind.room))


# ---- what time brings


def _triggered(mind: Mind, event: AlarmTrigger) -> None:
    clock = mind.alarms.clocks.get(event.alarm)
    if event.alarm in mind.alarms.rings or (clock is not None and _is_settled(clock, event.at)):
        return  # the same ring, told twice; or one that is not to be
    if clock is None:
        at = mind.local(event.at)
        alarm = Alarm(id=event.alarm, time=at.time(), date=at.date(), app_stop=True)
    else:
        alarm = clock.alarm
    _begin(mind, alarm, event.at, event.at)
    if clock is not None and clock.next is not None and clock.next - event.at < SAME_RING and event.source != DEBUG:
        mind.alarms.over(clock, clock.next)


def _is_settled(clock: Clock, at: datetime) -> bool:
    """Return whether the ring of about now is turned off, left out, or over already."""
    moments = (clock.skipped, clock.after if clock.rang else None)
    return not clock.alarm.enabled or any(one is not None and abs(at - one) < SAME_RING for one in moments)


def _begin(mind: Mind, alarm: Alarm, occurrence: datetime, at: datetime) -> None:
    """The hour has come: ring, unless nobody is there to be woken, or the sleeper is up already."""
    if mind.nobody_home(at):
        text = phrases.alarm_nobody_home(mind.local(occurrence))
        mind.notify(Notice.ALARM_NOBODY_HOME, text, alarm.id)
        mind.decide(at, "notify", Why.NOBODY_HOME)
    elif mind.up_for(at, alarm.side) >= mind.settings.up_for:
        mind.show(WAKE, Why.UP_ALREADY, at, exempt=True)
        mind.say(WAKE.line, exempt=True)
        if mind.state in (RoomState.SLEEP, RoomState.WAKE) and not mind.alarms.unfinished:
            mind.visit = mind.path_until = None
            mind.become(RoomState.OCCUPIED, Why.UP_ALREADY, at)
    else:
        mind.visit = mind.path_until = mind.wake_until = None
        mind.become(RoomState.WAKE, Why.ALARM, at)
        mind.show(WAKE, Why.ALARM, at, exempt=True)
        mind.order(*mind.alarms.ring(alarm, occurrence, at, Why.ALARM))
        mind.decide(at, "alarm.start", Why.ALARM)


def _sunrise(mind: Mind, clock: Clock, at: datetime) -> None:
    assert clock.next is not None  # it has a sunrise
    clock.sunrise_of = clock.next
    if mind.nobody_home(at) or mind.up_for(at, clock.alarm.side) >= mind.settings.up_for:
        return
    duration = max(1.0, (clock.next - at).total_seconds())
    mind.order(LightsAnimate(room=mind.room, animation="sunrise", duration=duration))
    mind.decide(at, LightsAnimate.type, Why.SUNRISE, scene="sunrise")


def _exits(mind: Mind, at: datetime) -> list[tuple[str | None, Exit]]:
    """Return by side which sleeper of an alarm that rings is out of bed, by two witnesses."""
    sides = dict.fromkeys(ring.alarm.side for ring in mind.alarms.unfinished)
    found = ((side, mind.exit(at, side)) for side in sides)
    return [(side, leaves) for side, leaves in found if leaves is not None]


def _due(mind: Mind) -> datetime | None:
    moments = [mind.alarms.due(), mind.warn_at if mind.alarms.clocks else None]
    if mind.alarms.unfinished:
        moments += [leaves.sure_at for _, leaves in _exits(mind, mind.latest)]
        moments.append(mind.bed.again_at(mind.latest))
    return earliest(moments)


def _elapse(mind: Mind, at: datetime) -> None:
    if mind.alarms.unfinished:
        for side, leaves in _exits(mind, at):
            if leaves.sure_at <= at:
                mind.leaves_bed(leaves)
                got_up(mind, at, Why.OUT_OF_BED, leaves.by, (side,))
    if (due := mind.alarms.due()) is not None and due <= at:
        _clocks(mind, at)
        was, rang = mind.alarms.ringing, bool(mind.alarms.unfinished)
        mind.order(*mind.alarms.elapse(at, anybody=not mind.nobody_home(at)))
        if set(mind.alarms.ringing) - set(was):
            mind.become(RoomState.WAKE, Why.ALARM_AGAIN, at)
        elif rang and not mind.alarms.unfinished:
            mind.become(RoomState.SLEEP if mind.in_bed else RoomState.OCCUPIED, Why.CAP, at)
    if mind.warn_at is not None and mind.warn_at <= at:
        _warn(mind, at)


def _clocks(mind: Mind, at: datetime) -> None:
    mind.order(*mind.alarms.missed(at))
    for clock in mind.alarms.fall_due(at):
        occurrence = clock.next
        assert occurrence is not None  # it is due
        mind.alarms.over(clock, occurrence)
        if clock.alarm.id not in mind.alarms.rings or mind.alarms.rings[clock.alarm.id].phase is Phase.WATCHING:
            _begin(mind, clock.alarm, occurrence, at)
    for clock in mind.alarms.sunrises(at):
        _sunrise(mind, clock, at)


def _warn(mind: Mind, at: datetime) -> None:
    """Say the evening before, or in the night once it is so, that an alarm has fewer witnesses than it should."""
    evening = next_wall(mind.settings.sleep_window[0], at, mind.settings.zone)
    due = earliest(clock.next for clock in mind.alarms.clocks.values())
    if due is None or due >= evening:  # it is the next evening's
        mind.warn_at = evening
        return
    mind.warn_at = min(at + WARN_AGAIN, evening)
    witnesses = witnesses_of(mind)
    if witnesses.enough or mind.warned_of == due:
        return
    mind.warned_of = due
    text = phrases.witness_missing(mind.local(due), button=witnesses.button)
    mind.notify(Notice.WITNESS_MISSING, text)
    mind.decide(at, "notify", Why.NO_WITNESS, by=witnesses.lost)
    if mind.state is RoomState.OCCUPIED:
        mind.say(text)


def _music(mind: Mind, event: MusicPlaying | MusicStopped) -> None:
    mind.alarms.music(event.source, event.at, plays=isinstance(event, MusicPlaying))


def _unheard(mind: Mind, event: SoundFailed) -> None:
    if mind.unheard or not mind.alarms.unfinished:
        return
    mind.unheard = True
    ring = mind.alarms.unfinished[0]
    if ring.unheard:
        return  # it comes and goes
    ring.unheard = True
    mind.notify(Notice.ALARM_UNHEARD, phrases.alarm_unheard(mind.local(ring.occurrence)), ring.alarm.id)
    mind.decide(event.at, "notify", Why.UNHEARD)


def _heard(mind: Mind, _event: SoundHeard) -> None:
    mind.unheard = False


ALARM: Final = Rule(
    facts={
        SoundFailed: _unheard,
        SoundHeard: _heard,
        ButtonPressed: _pressed,
        AlarmDismissed: _dismissed,
        AlarmSet: _set,
        AlarmDeleted: _deleted,
        AlarmSkipped: _skipped,
        AlarmTrigger: _triggered,
        MusicPlaying: _music,
        MusicStopped: _music,
    },
    due=_due,
    elapse=_elapse,
    refuse={
        AlarmDismissed: _may_dismiss,
        AlarmSet: _may_set,
        AlarmDeleted: _may_change,
        AlarmSkipped: _may_change,
    },
)
