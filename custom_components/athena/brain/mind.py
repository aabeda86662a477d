"""What a room has in mind, and the orders it gives while it takes in one fact."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from . import phrases
from .alarms import Alarms
from .bed import Bed, Exit
from .commands import (
    AudioSay,
    BedExit,
    Command,
    LightsAnimate,
    LightsSetScene,
    Notice,
    Notify,
    RoomSetState,
)
from .decisions import Decision, Decisions
from .drowsiness import Drowsiness
from .events import Event
from .presence import Presence
from .room_state import RoomState, Why
from .scene import Scene
from .scenes import ALL, PATH
from .sensors import SensorKind, kind_by_name
from .settings import RoomSettings

PATH_FOR: Final = timedelta(minutes=5)
"""The light of the way goes out so long after the last movement."""
UNDER_WAY: Final = timedelta(minutes=1)
"""No scene takes longer to settle."""
AWAY_FOR: Final = timedelta(minutes=30)
"""Whoever went to bed, and is said to be away for less, may be there still."""


UP_WITHIN: Final = timedelta(hours=3)
"""Who got up longer ago than that may have gone to bed again where a sensor has died since: the alarm rings."""


class Mind:
    """The memory that the rules of one room share."""

    def __init__(self, settings: RoomSettings) -> None:
        self.settings = settings
        self.scenes: Mapping[str, Scene] = {scene.key: scene for scene in (*ALL, *settings.scenes)}
        self.state = RoomState.EMPTY
        self.scene: str | None = None
        """The last one shown; None once somebody has changed the lights by hand."""
        self.quiet = False
        self.held_until: datetime | None = None
        """Until then a scene that a person chose holds against automatic ones."""
        self.presence = Presence()
        self.bed = Bed()
        self.drowsiness = Drowsiness(settings)
        self.alarms = Alarms(settings)
        self.decisions = Decisions()
        self.in_bed = False
        """Somebody has gone to bed, and has not left it by two witnesses."""
        self.out_since: datetime | None = None
        """Since when the sleeper has been out of bed, by two witnesses."""
        self.told_asleep: datetime | None = None
        """Somebody has said that they go to bed; until then they may still be about."""
        self.visit: datetime | None = None
        """The sleeper got up in the night then, and is expected back."""
        self.path_until: datetime | None = None
        """Then the light of the way goes out."""
        self.wake_until: datetime | None = None
        """Then a room that woke without an alarm is occupied."""
        self.people: dict[str, bool] = {}
        """Whether each person of whom it is known is at home."""
        self.away_since: datetime | None = None
        """Since when nobody of them is."""
        self.unheard = False
        """Nothing in the room can make a sound."""
        self.warn_at: datetime | None = None
        """When the witnesses are looked over, the evening before an alarm."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        """The latest moment of which the room has heard."""
        self.warned_of: datetime | None = None
        """The ring of which somebody has been told so."""
        self.orders: list[Command] = []

    @property
    def room(self) -> str:
        """The HA area id."""
        return self.settings.room

    def nobody_home(self, at: datetime) -> bool:
        """Return whether everybody is away, and nobody is felt or seen in bed all the same: phones are wrong, too."""
        if not self.people or any(self.people.values()) or self.bed.occupied(at):
            return False
        return not self.in_bed or self.away_since is None or at - self.away_since >= AWAY_FOR

    def kind(self, event: Event, default: SensorKind | None = None) -> SensorKind:
        """Return what told a fact: as the teller says, else the user, else what the fact is, else its name."""
        told: SensorKind | None = getattr(event, "kind", None)
        return told or self.settings.sensors.get(event.source) or default or kind_by_name(event.source)

    # ---- orders

    def order(self, *commands: Command) -> None:
        """Give orders."""
        self.orders += commands

    def decide(self, at: datetime, what: str, why: Why, *, scene: str | None = None, by: tuple[str, ...] = ()) -> None:
        """Remember why something was done."""
        self.decisions.add(Decision(at=at, what=what, why=why, scene=scene, by=by))

    def become(self, state: RoomState, why: Why, at: datetime, by: tuple[str, ...] = ()) -> None:
        """Be in another state from now on; the same one is no news."""
        if state is not self.state:
            self.state = state
            self.wake_until = None
            self.order(RoomSetState(room=self.room, state=state, why=why, by=by))
            self.decide(at, f"room.{state.lower()}", why, by=by)

    def show(self, scene: Scene, why: Why, at: datetime, *, by: tuple[str, ...] = (), exempt: bool = False) -> bool:
        """Show a scene that nobody asked for, and return whether it may be.

        What a person chose, quiet hours and a sleeper keep the lights as they are; `exempt`: not from this one.
        """
        if not exempt and not self._may_show(scene, at):
            return False
        self.light(scene)
        self.scene = scene.key
        self.decide(at, LightsSetScene.type, why, scene=scene.key, by=by)
        return True

    def light(self, scene: Scene) -> None:
        """Order the scene's lights, after the animation that belongs to it."""
        if scene.animation is not None:
            self.order(LightsAnimate(room=self.room, animation=scene.animation.key, duration=scene.animation.duration))
        self.order(LightsSetScene(room=self.room, scene=scene.key))

    def _may_show(self, scene: Scene, at: datetime) -> bool:
        if self.quiet or (self.held_until is not None and at < self.held_until):
            return False
        return self.state is not RoomState.SLEEP or not scene.is_light or scene is PATH

    def light_the_way(self, why: Why, at: datetime, by: tuple[str, ...]) -> None:
        """Show the light of the way, or let it stay on: for a while after the last movement."""
        if self.path_until is not None or self.show(PATH, why, at, by=by):
            self.path_until = at + PATH_FOR

    def show_again(self, at: datetime) -> None:
        """Bring a fade to darkness to its end that was under way before a restart; light stays as it is."""
        last = self.decisions.lights
        if last is None or at - last.at >= UNDER_WAY:
            return
        if last.scene is not None and last.scene in self.scenes and not self.scenes[last.scene].is_light:
            self.order(LightsSetScene(room=self.room, scene=last.scene))

    def say(self, line: str, *, exempt: bool = False) -> None:
        """Say a line that nobody asked for; quiet hours are silent but for alarms."""
        if line and (exempt or not self.quiet):
            self.order(AudioSay(room=self.room, text=phrases.addressed(line, self.settings.name)))

    def notify(self, notice: Notice, text: str, alarm: str | None = None) -> None:
        """Send a message."""
        self.order(Notify(room=self.room, notice=notice, text=text, alarm=alarm))

    def local(self, at: datetime) -> datetime:
        """Return a moment by the clock on the wall."""
        return at.astimezone(self.settings.zone)

    # ---- the bed

    def exit(self, at: datetime, side: str | None = None) -> Exit | None:
        """Return who says that a sleeper is out of bed; of one whose alarm rings, since it does."""
        rang = [ring.cap_at for ring in self.alarms.unfinished if side is None or ring.alarm.side == side]
        return self.bed.exit(
            at,
            self.settings.witness_hold,
            side=side,
            shared=self.settings.shared_bed,
            after=max(rang) - self.settings.alarm_cap if rang else None,
        )

    def leaves_bed(self, leaves: Exit) -> None:
        """Take in that a sleeper is out of bed: two witnesses have said so for long enough."""
        self.in_bed = bool(self.bed.occupied(self.latest))  # somebody else still is
        self.out_since = leaves.since
        self.bed.believed()
        self.drowsiness.forget()
        self.order(BedExit(room=self.room, by=leaves.by))

    def up_for(self, at: datetime, side: str | None = None) -> timedelta:
        """Return for how long a sleeper has certainly been out of bed.

        Two witnesses have said so, and since then the bed says that it is empty; or a camera has seen them walk off,
        and nobody has come into the room.
        """
        leaves = self.bed.exit(at, self.settings.witness_hold, side=side, shared=self.settings.shared_bed)
        if leaves is not None and leaves.sure_at <= at:
            return at - leaves.since
        if self.out_since is None or at - self.out_since > UP_WITHIN or (occupied := self.bed.occupied(at, side)):
            return timedelta()
        if occupied is None:
            gone = self.nobody_there(at) and self.bed.walked_off(self.out_since)
            return at - self.out_since if gone else timedelta()
        emptied = [one.since for _, one in self.bed.of(side) if one.inside is False and one.since is not None]
        return at - max(self.out_since, *emptied)

    def nobody_there(self, at: datetime) -> bool:
        """Return whether the room has been empty for long, by sensors that can tell."""
        counts = self.presence.counts()
        return self.presence.can_tell() and counts is not None and counts + self.settings.empty_after <= at
