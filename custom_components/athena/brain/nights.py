"""The nights of one bedroom: what its sensors tell while somebody sleeps there becomes a log of sleep."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from .bed import SURE
from .drowsiness import LOW_MOTION
from .events import (
    BedCleared,
    BedOccupied,
    Event,
    MotionDetected,
    PostureUpdate,
    PresenceCleared,
    SensorEvent,
    SensorLost,
    VisionLost,
)
from .fields import read_texts
from .night import LONGEST, MINUTE, MOST_SPANS, SHORTEST, Night, Sleep, moment_as_text, moment_of
from .room_state import RoomState, Why
from .schedule import fits
from .sensors import DEBUG, SensorKind, kind_by_name
from .settings import RoomSettings

KEPT: Final = 30
"""Nights."""
GOES_ON: Final = timedelta(hours=2)
"""Whoever sleeps again so soon after getting up, while it is night, goes on with the same one."""
DOZES: Final = timedelta(minutes=5)
"""Whoever lies down again for less has not slept on: the night ended when it did."""
SEES_MOVEMENT: Final = frozenset({SensorKind.PIR, SensorKind.MMWAVE, SensorKind.CAMERA})
PUT_BACK: Final = timedelta(minutes=2)
"""A moment that lies further back than what was heard last comes of a clock that was put back."""
LETS_GO: Final = timedelta(minutes=2)
"""A bed that emptied longer before its sleeper was seen out of it had let go of them."""


class Nights:
    """The last nights of one bedroom, and the one that is not over."""

    def __init__(self, settings: RoomSettings, side: str | None = None) -> None:
        """Log the sleep of a room; `side`: of the bed, where the sensors of the other one are somebody else's."""
        self.kept: list[Night] = []
        """The newest last."""
        self.sleep: Sleep | None = None
        self._settings = settings
        self._side = side
        self._latest: datetime | None = None
        """Of what was heard."""
        self._moved: datetime | None = None
        """The last movement of all."""
        self._let_go: datetime | None = None
        """The bed has felt nobody since."""
        self._left = False
        """They have left the bed since they woke."""
        self._on: dict[str, bool] = {}
        """What each sensor says now."""
        self._watch: set[str] = set()
        """The sensors that could feel a sleeper now."""
        self._blind: datetime | None = None
        """Nothing has been able to since."""

    # ---- what there is to tell

    @property
    def heard_until(self) -> datetime | None:
        """The latest moment of which it has heard."""
        return self._latest

    def last(self, at: datetime) -> Night | None:
        """Return the night that is over, or as far as it goes: of the last 24 hours, and long enough to be one."""
        if self.sleep is not None:
            so_far = self.sleep.until(self.sleep.out or at, self._blind)
            if so_far.duration >= SHORTEST:
                return so_far
        return self.kept[-1] if self.kept and at - self.kept[-1].end < LONGEST else None

    # ---- facts

    def take(self, event: Event) -> None:
        """Take in what has happened."""
        if event.source == DEBUG:
            return
        self.passes(event.at)
        match event:
            case PostureUpdate():
                self._sees(event)
            case BedOccupied() | BedCleared() if self._is_mine(event.side):
                self._feels(event)
            case MotionDetected() | PresenceCleared() if self._kind(event) in SEES_MOVEMENT:
                self._stirs(event)
            case SensorLost() | VisionLost():
                self._on.pop(event.source, None)
                self._watches(event.source, event.at, can_tell=False)

    def _sees(self, event: PostureUpdate) -> None:
        self._watches(event.source, event.at, can_tell=True)
        if event.confidence >= SURE:
            if event.motion > LOW_MOTION:
                self._moves(event.at)
            if event.zone == "bed":
                self._is_in_bed(event.at)

    def _feels(self, event: BedOccupied | BedCleared) -> None:
        self._watches(event.source, event.at, can_tell=True)
        felt = isinstance(event, BedOccupied)
        if self._says(event, on=felt) and not event.found:
            self._moves(event.at)
        if felt:
            self._is_in_bed(event.at)
        elif self._let_go is None:
            self._let_go = event.at

    def _stirs(self, event: MotionDetected | PresenceCleared) -> None:
        sees = isinstance(event, MotionDetected)
        again = sees and not getattr(event, "held", False)  # a word of its own, each time
        if (self._says(event, on=sees) or again) and sees and not getattr(event, "found", False):
            self._moves(event.at)

    def _says(self, event: SensorEvent, *, on: bool) -> bool:
        """Take in what a sensor says, and return whether it said otherwise before."""
        before = self._on.get(event.source)
        self._on[event.source] = on
        return before is not None and before is not on

    def _is_mine(self, side: str | None) -> bool:
        return side is None or self._side is None or side == self._side

    def _kind(self, event: SensorEvent) -> SensorKind:
        return event.kind or self._settings.sensors.get(event.source) or kind_by_name(event.source)

    def _watches(self, source: str, at: datetime, *, can_tell: bool) -> None:
        if not can_tell:
            self._watch.discard(source)
            self._blind = self._blind or (None if self._watch else at)
            return
        self._watch.add(source)
        if self._blind is not None:
            if self.sleep is not None and at > self._blind and len(self.sleep.gaps) < MOST_SPANS:
                self.sleep.gaps.append((self._blind, at))
            self._blind = None

    def _moves(self, at: datetime) -> None:
        self._moved = at if self._moved is None else max(at, self._moved)
        if self.sleep is not None:
            self.sleep.moves(at)

    def _is_in_bed(self, at: datetime) -> None:
        self._let_go = None
        if self.sleep is not None and self.sleep.out is not None:
            if len(self.sleep.visits) < MOST_SPANS:
                self.sleep.visits.append((self.sleep.out, at))
            self.sleep.out = None

    # ---- orders

    def becomes(self, state: RoomState, why: Why, at: datetime) -> bool:
        """Take in the room's new state, and return whether a night is over."""
        self.passes(at)
        if state is RoomState.SLEEP:
            if self.sleep is None:
                self._falls_asleep(at, why)
            return False
        return self._wakes(at, why)

    def leaves_bed(self, at: datetime) -> None:
        """Take in that the sleeper has left the bed, by two witnesses."""
        self.passes(at)
        if self.sleep is None:
            self._left = True
        elif self.sleep.out is None:
            let_go = self._let_go
            self.sleep.out = let_go if let_go is not None and at - let_go <= LETS_GO else at

    def _falls_asleep(self, at: datetime, why: Why) -> None:
        begin = at
        if why is Why.FELL_ASLEEP:  # they have been lying still for a while
            settings = self._settings
            still = settings.sleep_after if self._moved is None else 2 * settings.sleep_after_by_day
            begin = max(at - still, self._moved or at - still)
        last = self.kept[-1] if self.kept else None
        if last is not None:
            begin = max(begin, last.end)
        if last is not None and at - last.end <= GOES_ON and at - last.begin < LONGEST and self._is_night(at):
            self.sleep = Sleep.again(last)
            up = self.sleep.visits if self._left else self.sleep.awake
            up.append((last.end, begin))
        else:
            self.sleep = Sleep(begin=begin)
        self._left = False

    def _wakes(self, at: datetime, why: Why) -> bool:
        sleep, self.sleep = self.sleep, None
        if sleep is None:
            return False
        self._left = sleep.out is not None
        end = sleep.out or (self._let_go if why is Why.LEFT else None) or at
        night = sleep.until(end, self._blind, at if why is Why.ALARM else None)
        if sleep.goes_on:
            before = next((one for one in self.kept if one.begin == night.begin), None)
            if before is not None and night.duration - before.duration < DOZES:
                self._left = self._left or len(sleep.visits) > len(before.visits)
                return False
            self.kept = [one for one in self.kept if one is not before]  # it was taken for all of it
        elif night.duration < SHORTEST or not self._was_at_night(night):
            return False
        self.kept = [*self.kept, night][-KEPT:]
        return True

    def _was_at_night(self, night: Night) -> bool:
        """Tell it from a nap: most of it was when sleep is likely."""
        starts = [night.asleep_at + minute * MINUTE for minute in range(0, len(night.minutes), 5)]
        return 2 * sum(map(self._is_night, starts)) > len(starts)

    def _is_night(self, at: datetime) -> bool:
        return fits(self._settings.sleep_window, at, self._settings.zone)

    # ---- the clock

    def passes(self, at: datetime) -> None:
        """Take in how late it is."""
        if self._latest is not None and at < self._latest - PUT_BACK:
            self._puts_back(at)
        self._latest = at if self._latest is None else max(at, self._latest)
        if not self._watch and self._blind is None:
            self._blind = at
        if self.sleep is not None and at - self.sleep.begin >= LONGEST:
            self.sleep = None

    def _puts_back(self, at: datetime) -> None:
        """Forget what is yet to come: of a night that has not begun, all."""
        self._latest = at
        self.kept = [night for night in self.kept if night.end <= at]
        self._moved = _not_after(self._moved, at)
        self._let_go = _not_after(self._let_go, at)
        self._blind = _not_after(self._blind, at)
        if self.sleep is not None:
            if self.sleep.begin > at:
                self.sleep = Sleep(begin=at)
            self.sleep.out = _not_after(self.sleep.out, at)

    # ---- what it remembers

    def as_dict(self) -> dict[str, Any]:
        """Return what is remembered of the night that is not over, as JSON; those that are over know it themselves."""
        sleep = self.sleep
        return {
            "latest": moment_as_text(self._latest),
            "left": self._left,
            "sleep": None if sleep is None else sleep.as_dict(),
            "on": sorted(source for source, on in self._on.items() if on),
            "off": sorted(source for source, on in self._on.items() if not on),
            "blind": moment_as_text(self._blind),
            "let_go": moment_as_text(self._let_go),
            "moved": moment_as_text(self._moved),
        }

    def restore(self, stored: Mapping[str, Any]) -> None:
        """Take in what was stored; raise KeyError, TypeError or ValueError for what is no such thing.

        Until a sensor says something, none can tell.
        """
        self._latest = moment_of(stored["latest"])
        self._left = bool(stored["left"])
        self._let_go, self._moved = moment_of(stored["let_go"]), moment_of(stored["moved"])
        self._on = dict.fromkeys(read_texts(stored["on"]), True) | dict.fromkeys(read_texts(stored["off"]), False)
        self._blind = moment_of(stored["blind"]) or self._latest
        if (sleep := stored["sleep"]) is not None:
            self.sleep = Sleep.from_dict(sleep)


def _not_after(moment: datetime | None, at: datetime) -> datetime | None:
    return None if moment is None else min(moment, at)
