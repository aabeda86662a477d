"""Rules 7 and 8: alarms that ring when they should, and end when the sleeper is up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from . import phrases
from .commands import AlarmStart, AlarmStop, AudioPlay, AudioSay, Command, MusicPlay, MusicStop, Notice, Notify
from .errors import PastAlarmError, UnknownAlarmError
from .profiles import Profile, profile_of
from .room_state import Why
from .schedule import earliest, next_ring
from .settings import Alarm, RoomSettings

AGAIN_AFTER: Final = timedelta(minutes=10)
AGAIN: Final = 3
"""Nobody got up: it rings so many times more, so long apart (design §3.8)."""
MUSIC_WITHIN: Final = timedelta(seconds=6)
"""Music that is not seen to play by then is replaced by Athena's own sound, which so begins within 8 s."""


class Phase(StrEnum):
    """What a ring is doing."""

    RINGING = "ringing"
    PAUSED = "paused"
    """The cap has ended the noise; it will ring again."""
    WATCHING = "watching"
    """It has been stopped, and rings again if the sleeper goes back to bed."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """An alarm and where it stands."""

    alarm: Alarm
    settings: RoomSettings
    after: datetime
    """What was due until then is dealt with."""
    skipped: datetime | None = None
    """The ring that is left out."""
    sunrise_of: datetime | None = None
    """The ring whose sunrise has begun."""
    rang: bool = False
    """What was due last is over, one way or another."""
    next: datetime | None = None
    """The next ring."""

    def __post_init__(self) -> None:
        self.reckon()

    def reckon(self) -> None:
        """Find the next ring anew."""
        self.next = None
        if self.alarm.enabled:
            self.next = next_ring(self.alarm, self.after, self.settings.zone)
            if self.next is not None and self.next == self.skipped:
                self.next = next_ring(self.alarm, self.next, self.settings.zone) if self.alarm.weekdays else None

    def sunrise_at(self) -> datetime | None:
        """Return when the light of the next ring begins, if it has not."""
        if self.next is None or self.sunrise_of == self.next or not profile_of(self.alarm.profile).sunrise:
            return None
        return self.next - self.settings.sunrise

    def due(self) -> datetime | None:
        """Return when something of it is to happen next."""
        return self.sunrise_at() or self.next or self.skipped

    def done(self, occurrence: datetime) -> None:
        """Take in that what was due until then is dealt with."""
        self.after, self.rang = occurrence, True
        if self.skipped is not None and self.skipped <= occurrence:
            self.skipped = None
        self.reckon()


@dataclass(slots=True, kw_only=True)
class Ring:
    """One occurrence of an alarm, from its first sound until nobody goes back to bed any more."""

    alarm: Alarm
    """As it was when it began: what is changed meanwhile touches the next occurrence only."""
    occurrence: datetime
    phase: Phase = Phase.RINGING
    cap_at: datetime
    line_at: datetime
    lines: int = 0
    """Said in this round."""
    rounds: int = 0
    """How often it rang again since nobody got up."""
    until: datetime | None = None
    """Of a pause or a watch."""
    music_by: datetime | None = None
    """By then the music must be seen to play."""
    unheard: bool = False
    """Somebody has been told that nothing can play it."""
    own_sound: bool = True
    """Athena's own sound rings, and not the music."""

    @property
    def profile(self) -> Profile:
        """How it wakes."""
        return profile_of(self.alarm.profile)

    def due(self) -> datetime | None:
        """Return when something of it is to happen next."""
        if self.phase is not Phase.RINGING:
            return self.until
        return min(self.cap_at, self.line_at, self.music_by or self.line_at)


class Alarms:
    """The alarms of a room and what rings there."""

    def __init__(self, settings: RoomSettings) -> None:
        self.settings = settings
        self.clocks: dict[str, Clock] = {}
        self.rings: dict[str, Ring] = {}

    @property
    def ringing(self) -> tuple[str, ...]:
        """What makes noise now."""
        return tuple(key for key, ring in self.rings.items() if ring.phase is Phase.RINGING)

    @property
    def unfinished(self) -> tuple[Ring, ...]:
        """What rings, or will again: nobody has got up."""
        return tuple(ring for ring in self.rings.values() if ring.phase is not Phase.WATCHING)

    @property
    def sunrise_has_begun(self) -> bool:
        """Whether the light of the next ring is on its way: whoever gets up now is not on a visit."""
        return any(clock.next is not None and clock.sunrise_of == clock.next for clock in self.clocks.values())

    def due(self) -> datetime | None:
        """Return when something is to happen next."""
        dues = [clock.due() for clock in self.clocks.values()] + [ring.due() for ring in self.rings.values()]
        return earliest(dues)

    # ---- what people set

    def check(self, alarm: Alarm, at: datetime) -> datetime:
        """Return when an alarm would ring first; raise PastAlarmError where it never would."""
        if (first := next_ring(alarm, at, self.settings.zone)) is None:
            raise PastAlarmError
        return first

    def set(self, alarm: Alarm, at: datetime) -> None:
        """Set an alarm; raise PastAlarmError where it would never ring."""
        first = self.check(alarm, at)
        if not alarm.weekdays:
            alarm = replace(alarm, date=first.astimezone(self.settings.zone).date())
        old = self.clocks.get(alarm.id)
        clock = self.clocks[alarm.id] = Clock(alarm=alarm, settings=self.settings, after=at)
        if old is not None and old.skipped is not None and old.alarm.enabled and self._same_day(old.skipped, first):
            self.skip(clock.alarm.id, skip=True)

    def _same_day(self, one: datetime, other: datetime) -> bool:
        return one.astimezone(self.settings.zone).date() == other.astimezone(self.settings.zone).date()

    def clock(self, alarm: str) -> Clock:
        """Return an alarm; raise UnknownAlarmError where there is none."""
        if (clock := self.clocks.get(alarm)) is None:
            raise UnknownAlarmError(alarm)
        return clock

    def skip(self, alarm: str, *, skip: bool) -> None:
        """Leave the next ring out, or do not after all."""
        clock = self.clock(alarm)
        if skip:
            clock.skipped = clock.skipped or clock.next
        else:
            clock.skipped = None
        clock.reckon()

    # ---- what time brings

    def missed(self, at: datetime) -> list[Notify]:
        """Give up what was due too long ago to wake anybody now, and tell of the last."""
        told: list[Notify] = []
        for clock in tuple(self.clocks.values()):
            if clock.next is None and clock.skipped is not None and clock.skipped <= at:
                self.over(clock, clock.skipped)  # the one ring it had was left out
            late: datetime | None = None
            while clock.next is not None and at - clock.next > self.settings.grace:
                late = clock.next
                clock.done(late)
            if late is not None:
                told.append(self._missed(clock.alarm, late))
                self._forget_if_over(clock)
        return told

    def _missed(self, alarm: Alarm, occurrence: datetime) -> Notify:
        text = phrases.alarm_missed(occurrence.astimezone(self.settings.zone))
        return Notify(
            room=self.settings.room, notice=Notice.ALARM_MISSED, text=text, alarm=alarm.id, second_person=True
        )

    def resume(self, at: datetime, *, sunrise: bool) -> list[Command]:
        """Go on with what rang before a restart: it is the same ring, told once more to whoever makes the noise.

        `sunrise`: the light of the next one is what the lights show, and nobody has ended it.
        """
        orders: list[Command] = []
        for clock in self.clocks.values():
            if sunrise and clock.next is not None and clock.next > at:
                clock.sunrise_of = None  # its light begins again, with what is left of it
        for ring in self.rings.values():
            if ring.phase is Phase.RINGING and at < ring.cap_at:
                ring.line_at, ring.music_by, ring.own_sound = at, None, True
                orders.append(self._start(ring, Why.ALARM_AGAIN))
        return orders

    def fall_due(self, at: datetime) -> list[Clock]:
        """Return the alarms that are to ring now."""
        return [clock for clock in self.clocks.values() if clock.next is not None and clock.next <= at]

    def sunrises(self, at: datetime) -> list[Clock]:
        """Return the alarms whose light is to begin now."""
        return [clock for clock in self.clocks.values() if (begin := clock.sunrise_at()) is not None and begin <= at]

    def over(self, clock: Clock, occurrence: datetime) -> None:
        """Take in that an occurrence is dealt with; one that rings once only is forgotten."""
        clock.done(occurrence)
        self._forget_if_over(clock)

    def _forget_if_over(self, clock: Clock) -> None:
        if not clock.alarm.weekdays and clock.next is None and clock.alarm.id in self.clocks:
            del self.clocks[clock.alarm.id]

    def ring(self, alarm: Alarm, occurrence: datetime, at: datetime, why: Why) -> list[Command]:
        """Begin to ring, or to ring again."""
        old = self.rings.get(alarm.id)
        ring = Ring(
            alarm=alarm,
            occurrence=occurrence,
            cap_at=at + self.settings.alarm_cap,
            line_at=at,
            rounds=old.rounds if old is not None else 0,
        )
        self.rings[alarm.id] = ring
        orders: list[Command] = [self._start(ring, why)]
        if (music := alarm.music) is not None:
            ring.own_sound = False
            ring.music_by = at + MUSIC_WITHIN
            room = self.settings.room
            orders.append(MusicPlay(room=room, player=music.player, media=music.media, kind=music.kind))
        return [*orders, *self._line(ring, at)]

    def _start(self, ring: Ring, why: Why) -> AlarmStart:
        return AlarmStart(
            room=self.settings.room,
            alarm=ring.alarm.id,
            profile=ring.profile.key,
            occurrence=ring.occurrence,
            why=why,
        )

    def _line(self, ring: Ring, at: datetime) -> list[Command]:
        """Say the line, a little louder than the last time; another alarm that rings too stays silent."""
        ring.line_at = at + ring.profile.every
        volume = ring.profile.volume_of(ring.lines)
        ring.lines += 1
        if ring.alarm.id != self.ringing[0]:
            return []
        room = self.settings.room
        text = phrases.wake_up(self.settings.name)
        say = AudioSay(room=room, text=text, volume=volume, urgent=True)
        return [AudioPlay(room=room, sound="alarm", volume=volume, urgent=True), say] if ring.own_sound else [say]

    def elapse(self, at: datetime, *, anybody: bool) -> list[Command]:
        """Do what is due of what rings; what has paused does not begin again in a home without `anybody`."""
        orders: list[Command] = []
        for ring in tuple(self.rings.values()):
            if (due := ring.due()) is None or due > at:
                continue
            match ring.phase:
                case Phase.RINGING if ring.cap_at <= at:
                    orders += self._cap(ring, at)
                case Phase.RINGING:
                    if ring.music_by is not None and ring.music_by <= at:
                        ring.music_by, ring.own_sound, ring.line_at = None, True, at
                    orders += self._line(ring, at) if ring.line_at <= at else []
                case Phase.PAUSED if not anybody:
                    del self.rings[ring.alarm.id]
                case Phase.PAUSED:
                    ring.rounds += 1
                    orders += self.ring(ring.alarm, ring.occurrence, at, Why.ALARM_AGAIN)
                case _:  # nobody has gone back to bed
                    del self.rings[ring.alarm.id]
        return orders

    def _cap(self, ring: Ring, at: datetime) -> list[Command]:
        """End the noise; it comes back a few times, and then somebody is told that nobody got up."""
        orders = self._silence(ring, Why.CAP)
        room, alarm = self.settings.room, ring.alarm.id
        if ring.rounds < AGAIN:
            ring.phase, ring.until = Phase.PAUSED, at + AGAIN_AFTER
            text = phrases.alarm_cap(self.settings.name)
            orders.append(Notify(room=room, notice=Notice.ALARM_CAP, text=text, alarm=alarm, second_person=True))
        else:
            del self.rings[alarm]
            orders.append(self._missed(ring.alarm, ring.occurrence))
        return orders

    def stop(self, at: datetime, why: Why, *, sides: Iterable[str | None] | None = None) -> list[Command]:
        """Stop what rings or would ring again, of these sleepers only where they are named, and watch the bed."""
        orders: list[Command] = []
        for ring in self.unfinished:
            if sides is not None and ring.alarm.side not in sides:
                continue
            if ring.phase is Phase.RINGING:
                orders += self._silence(ring, why)
            if why is Why.APP:
                del self.rings[ring.alarm.id]
            else:
                ring.phase, ring.until, ring.rounds = Phase.WATCHING, at + self.settings.rearm_for, 0
        return orders

    def _silence(self, ring: Ring, why: Why) -> list[Command]:
        room = self.settings.room
        orders: list[Command] = [AlarmStop(room=room, alarm=ring.alarm.id, occurrence=ring.occurrence, why=why)]
        if ring.alarm.music is not None:
            orders.append(MusicStop(room=room, player=ring.alarm.music.player))
        return orders

    def back_in_bed(self, at: datetime, side: str | None) -> list[Command]:
        """Ring again what has been stopped but a short while ago: its sleeper lies down again."""
        orders: list[Command] = []
        for ring in tuple(self.rings.values()):
            if ring.phase is Phase.WATCHING and (side is None or ring.alarm.side in (None, side)):
                orders += self.ring(ring.alarm, ring.occurrence, at, Why.ALARM_AGAIN)
        return orders

    def music(self, player: str, at: datetime, *, plays: bool) -> None:
        """Take in what the player of a ring's music does."""
        for ring in self.rings.values():
            if ring.phase is Phase.RINGING and ring.alarm.music is not None and ring.alarm.music.player == player:
                if plays:
                    ring.music_by, ring.own_sound = None, False
                elif ring.music_by is None:  # it has played, and does no more
                    ring.own_sound, ring.line_at = True, at
