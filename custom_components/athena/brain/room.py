"""One room: every fact about it goes in here, every order for it comes out of here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from . import memory
from .alarms import Clock
from .commands import Command, WaitCancel, WaitStart
from .decisions import Decision
from .events import Event, WaitElapsed
from .mind import Mind
from .presence import Occupancy
from .room_state import RoomState
from .rules import ALL
from .rules.entry import ENTRY_AND_EXIT
from .scene import Scene
from .schedule import earliest
from .settings import RoomSettings
from .witnesses import Witnesses, witnesses_of

NEXT_WAIT: Final = "next"
"""The key of a room's one wait: for whatever is due first."""

LATE: Final = timedelta(minutes=1)
"""A fact that reaches the room later than this is history."""

SETTLE: Final = timedelta(minutes=1)
"""After a restart the sensors have so long to say again what they see."""


class Room:
    """A room's mind, and the rules by which it acts."""

    def __init__(self, settings: RoomSettings, mind: Mind | None = None) -> None:
        self._mind = mind or Mind(settings)
        self._armed: datetime | None = None
        self._due: datetime | None = None
        self._heard: dict[str, tuple[datetime, int]] = {}

    # ---- what there is to know

    @property
    def settings(self) -> RoomSettings:
        """What a person has set."""
        return self._mind.settings

    @property
    def latest(self) -> datetime:
        """The latest moment of which it has heard."""
        return self._mind.latest

    @property
    def state(self) -> RoomState:
        """Whether it is empty, occupied, asleep or waking."""
        return self._mind.state

    @property
    def scene(self) -> str | None:
        """The scene that is shown; None once somebody has changed the lights by hand."""
        return self._mind.scene

    @property
    def scenes(self) -> Mapping[str, Scene]:
        """The scenes it has, the user's own with them."""
        return self._mind.scenes

    @property
    def quiet(self) -> bool:
        """Whether quiet hours are on."""
        return self._mind.quiet

    @property
    def sleeping(self) -> bool:
        """Whether somebody sleeps here."""
        return self._mind.state is RoomState.SLEEP

    @property
    def ringing(self) -> tuple[str, ...]:
        """The alarms that make noise now."""
        return self._mind.alarms.ringing

    @property
    def waking(self) -> tuple[str, ...]:
        """The alarms that ring, or will again since nobody has got up."""
        return tuple(ring.alarm.id for ring in self._mind.alarms.unfinished)

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The alarms that are set, and when each rings next."""
        return tuple(self._mind.alarms.clocks.values())

    @property
    def next_clock(self) -> Clock | None:
        """The alarm that rings next."""
        clocks = [(clock.next, clock.alarm.id, clock) for clock in self.clocks if clock.next is not None]
        return min(clocks)[2] if clocks else None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The last things that were done, the newest last."""
        return self._mind.decisions.all

    @property
    def cause(self) -> Decision | None:
        """Why the lights look as they do."""
        return self._mind.decisions.lights

    @property
    def unheard(self) -> bool:
        """Whether nothing in the room can make a sound."""
        return self._mind.unheard

    def occupancy(self, at: datetime) -> Occupancy:
        """Return whether somebody is there, and who says so; None where no source could tell."""
        evidence = self._mind.presence.evidence(at, self.settings.empty_after)
        if self.state is not RoomState.EMPTY:
            known = bool(evidence) or self.sleeping or self._mind.presence.can_tell()
            return Occupancy(occupied=True if known else None, evidence=evidence)
        return Occupancy(occupied=False if self._mind.presence.can_tell() else None, evidence=())

    def held_until(self, at: datetime) -> datetime | None:
        """Return until when a scene that a person chose holds; None where none does."""
        held = self._mind.held_until
        return held if held is not None and at < held else None

    def empty_at(self, at: datetime) -> datetime | None:
        """Return when it is empty unless somebody shows up; None while somebody does, or where nothing could tell."""
        goes_on = any(one.until is None for one in self._mind.presence.evidence(at, self.settings.empty_after))
        return None if goes_on else ENTRY_AND_EXIT.due(self._mind)

    def up_for(self, at: datetime) -> timedelta:
        """Return for how long the sleeper has certainly been out of bed."""
        return self._mind.up_for(at)

    def nobody_home(self, at: datetime) -> bool:
        """Return whether everybody is away."""
        return self._mind.nobody_home(at)

    def witnesses(self) -> Witnesses:
        """Return who could tell that a sleeper is up."""
        return witnesses_of(self._mind)

    # ---- what happens

    def handle(self, event: Event) -> tuple[Command, ...]:
        """Take a fact in and return what shall be done; raise BrainError, and change nothing, where it cannot be."""
        mind, kind = self._mind, type(event)
        for rule in ALL:
            if (refuse := rule.refuse.get(kind)) is not None:
                refuse(mind, event)
        if self.ignores(event) is not None:
            return ()
        self._heard[event.source] = (event.at, event.seq)
        at = mind.latest = max(mind.latest, event.at)
        mind.orders = []
        if kind is WaitElapsed:
            self._armed = None
        if self._due is not None and self._due <= at:
            self._elapse(at)
        for rule in ALL:
            if (take := rule.facts.get(kind)) is not None:
                take(mind, event)
        self._elapse(at)
        self._arm()
        return tuple(mind.orders)

    def ignores(self, event: Event) -> str | None:
        """Return why a fact changes nothing, being out of order, a repetition or history; None where it is news."""
        if (last := self._heard.get(event.source)) is not None:
            at, seq = last
            if event.at < at:
                return f"{event.source} has told something newer already"
            if event.at == at and event.seq != 0 and event.seq <= seq:
                return f"{event.source} has told it already"
        if event.at + LATE < self._mind.latest:
            return f"it comes more than {LATE.seconds} s late"
        return None

    def resume(self, at: datetime) -> tuple[Command, ...]:
        """Go on after a restart, or after the clock was put right: ring what rang, and wait for what is due."""
        mind = self._mind
        mind.latest, mind.orders, self._armed = at, [], None
        self._heard.clear()
        before = mind.presence.before or at
        mind.presence.before = max(before, at + SETTLE - self.settings.empty_after)
        lights = mind.decisions.lights
        mind.order(*mind.alarms.resume(at, sunrise=lights is not None and lights.scene == "sunrise"))
        mind.show_again(at)
        self._due = earliest(rule.due(mind) for rule in ALL)
        self._arm()
        return tuple(mind.orders)

    def _elapse(self, at: datetime) -> None:
        """Do what is due, and what that makes due for another rule, and find out what is due next."""
        if self._elapse_once(at):
            self._elapse_once(at)

    def _elapse_once(self, at: datetime) -> bool:
        self._due, elapsed = None, False
        for rule in ALL:
            due = rule.due(self._mind)
            if due is not None and due <= at:
                rule.elapse(self._mind, at)
                due, elapsed = rule.due(self._mind), True
            if due is not None and (self._due is None or due < self._due):
                self._due = due
        return elapsed

    def _arm(self) -> None:
        """See to it that the room is woken when something is due; one that comes too early does no harm."""
        due = self._due
        if due is None and self._armed is not None:
            self._armed = None
            self._mind.order(WaitCancel(room=self.settings.room, key=NEXT_WAIT))
        elif due is not None and (self._armed is None or due < self._armed):
            self._armed = due
            self._mind.order(WaitStart(room=self.settings.room, key=NEXT_WAIT, due=due))

    # ---- what it remembers

    def as_dict(self) -> dict[str, Any]:
        """Return what the room remembers, as JSON."""
        return memory.dump(self._mind)

    @classmethod
    def from_dict(cls, settings: RoomSettings, stored: Mapping[str, Any]) -> "Room":
        """Return the room as it was stored; raise UnreadableStateError for what is not a room."""
        return cls(settings, memory.load(settings, stored))
