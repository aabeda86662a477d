"""Rule 7: who is in bed, and when a sleeper is out of it for certain.

Out of bed is believed of two witnesses only: the bed is empty, and something else says so too. A mat lets go of a
sleeper some fifty times a night, and a PIR that looks at the bed sees every turn, so the word of one that was wrong
tonight must hold for longer before it is believed.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from .events import Posture
from .floor import FLAPS, LEFT_FOR, LET_GO, FloorSource, calm_after
from .sensors import BED, SensorKind

SURE: Final = 0.5
"""The confidence below which a posture is not known."""
CERTAIN: Final = 0.8
"""A camera's word of less confidence counts once it has been said again, or has stood for `ONE_WORD_HOLD`."""
ONE_WORD_HOLD: Final = timedelta(seconds=10)
JUST_AFTER: Final = timedelta(seconds=10)
"""A camera may see somebody in bed for so long after the mattress has let go."""
MOMENT: Final = timedelta(milliseconds=1)
"""After it, and no sooner, what was said has grown stale."""
LONG_EMPTY: Final = timedelta(hours=3)
"""A bed sensor that has felt nobody for longer may have died saying so."""
SHARED_HOLD: Final = timedelta(seconds=75)
"""Where two sleep in the bed: longer than a mat lets go of the one while the other one is seen about."""
STALE_CAMERA: Final = timedelta(minutes=5)
"""A camera that has been silent for longer says nothing about now."""
UNSURE_HOLD: Final = timedelta(seconds=30)
"""How long a witness must hold that has been wrong tonight."""
LONGEST_HOLD: Final = timedelta(minutes=2)
IN_BED_FOR: Final = timedelta(minutes=1)
"""Whoever has been felt in bed for so long is not just getting in."""
ABOUT: Final = timedelta(minutes=1)
"""A floor sensor may go on seeing for so long who has just been seen by another."""
EDGE_HOLD: Final = timedelta(seconds=150)
"""How long a mat must be empty that lets go of who sits on the edge, unless a camera sees them stand."""
ROLL: Final = timedelta(seconds=10)
"""One side that fills while the other empties is a sleeper who turned over."""
UPRIGHT_FOR: Final = timedelta(seconds=30)
"""Somebody upright for so long while the bed seems full: one of the two is wrong, so the button may end an alarm."""

SECOND: Final = frozenset({SensorKind.PIR, SensorKind.MMWAVE, SensorKind.DOOR})
"""What can be a second witness to a bed that is empty."""


@dataclass(slots=True, kw_only=True)
class BedSource:
    """What one sensor says of the bed."""

    kind: SensorKind
    side: str | None = None
    inside: bool | None = None
    since: datetime | None = None
    """It has said so."""
    entered: datetime | None = None
    """When it last began to feel, or to see, somebody there."""
    heard: datetime | None = None
    """Its last word."""
    posture: Posture | None = None
    """As the camera sees it."""
    upright: datetime | None = None
    """Since when the camera has seen somebody upright outside the bed."""
    changes: deque[datetime] = field(default_factory=lambda: deque(maxlen=FLAPS))
    let_go: int = 0
    """How often it let go of somebody who was in bed all the time."""
    longest: timedelta = timedelta()
    """For how long at most."""
    certain: bool = True
    """Its last word is beyond doubt, or has been said before."""
    felt: bool = False
    """It has felt somebody, or told of it when it felt them no more: it works."""
    dead: bool = False
    """It is not there any more, and does not merely see nobody."""
    lost_inside: datetime | None = None
    """When it could no longer tell, having felt or seen somebody in bed."""
    left: bool = False
    """Its release is known to be a real one."""

    def loses(self, at: datetime, *, dead: bool) -> None:
        """Take in that it can no longer tell: it sees nobody it could make out, or it is `dead`."""
        lost_inside = at if self.inside else self.lost_inside
        self.says(at, inside=None)
        self.posture = self.upright = None
        self.dead, self.lost_inside = dead, lost_inside

    def says(self, at: datetime, *, inside: bool | None) -> None:
        """Take in what it says now."""
        self.heard = at
        self.dead, self.lost_inside = False, None
        self.felt = self.felt or bool(inside)
        if inside is self.inside:
            return
        if inside and not self.left and self.inside is False and self.since is not None and at - self.since < LET_GO:
            self.let_go += 1
            self.longest = max(self.longest, at - self.since)
        self.left = False
        self.inside = inside
        self.since = at
        self.entered = at if inside else self.entered
        self.changes.append(at)

    def inside_at(self, at: datetime) -> bool | None:
        """Return whether somebody is in bed, as far as it can be believed."""
        if self.kind is SensorKind.CAMERA and (self.heard is None or at - self.heard > STALE_CAMERA):
            return None
        calm = calm_after(self.changes)
        return None if self.stale(at) or (calm is not None and at < calm) else self.inside

    def stale(self, at: datetime) -> bool:
        """Return whether it has felt nobody for so long that it may be dead: it says nothing until it feels again."""
        return self.kind in BED and self.inside is False and self.since is not None and at - self.since > LONG_EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A sleeper is out of bed, say two witnesses."""

    since: datetime
    by: tuple[str, ...]
    hold: timedelta
    """For how long they must go on saying so before it is believed."""

    @property
    def sure_at(self) -> datetime:
        """Return when it is believed."""
        return self.since + self.hold


def _may_be_of_the_other(out: list[BedSource], unknown: Iterable[BedSource]) -> bool:
    """Return whether it is but one of two who is out of bed: a camera sees one, and a dead side feels nobody."""
    if all(one.kind is SensorKind.CAMERA for one in out):
        return True
    return all(one.kind in BED for one in out) and any(one.kind in BED for one in unknown)


def _seen_in_bed_since(empty_since: datetime, unknown: Iterable[BedSource]) -> bool:
    """Return whether one that can no longer tell has seen somebody in bed after the others said that it is empty."""
    seen = (one.lost_inside or (one.heard if one.inside else None) for one in unknown)
    return any(at is not None and at > empty_since + JUST_AFTER for at in seen)


class Bed:
    """The witnesses of one bed."""

    def __init__(self) -> None:
        self.sources: dict[str, BedSource] = {}
        self.floor: dict[str, FloorSource] = {}

    def source(self, name: str, kind: SensorKind, side: str | None = None) -> BedSource:
        """Return what is known of a sensor of the bed."""
        if (source := self.sources.get(name)) is None:
            source = self.sources[name] = BedSource(kind=kind, side=side)
        return source

    def moved(self, name: str, kind: SensorKind, at: datetime, *, held: bool) -> None:
        """Take in that a sensor saw somebody move, or a door open; one that sees sleepers turn is remembered for it."""
        if kind in SECOND:
            floor = self.floor.setdefault(name, FloorSource(kind=kind))
            floor.saw(at, in_bed=self._felt_in_bed(at), held=held)

    def stopped(self, name: str, at: datetime) -> None:
        """Take in that a sensor sees nobody move any more."""
        if (floor := self.floor.get(name)) is not None:
            floor.cleared(at, in_bed=self._felt_in_bed(at))

    def _felt_in_bed(self, at: datetime) -> bool:
        return any(
            one.inside_at(at) and one.since is not None and at - one.since > IN_BED_FOR for one in self.sources.values()
        )

    def of(self, side: str | None) -> Iterable[tuple[str, BedSource]]:
        """Return the sensors that speak of one sleeper's side, or of the whole bed."""
        return ((name, one) for name, one in self.sources.items() if None in (side, one.side) or one.side == side)

    def occupied(self, at: datetime, side: str | None = None) -> bool | None:
        """Return whether somebody is in bed; None where nothing can tell. A lost camera is not an empty bed."""
        words = [one.inside_at(at) for _, one in self.of(side)]
        return True if True in words else False if False in words else None

    def exit(
        self,
        at: datetime,
        hold: timedelta,
        *,
        side: str | None = None,
        shared: bool = False,
        after: datetime | None = None,
    ) -> Exit | None:
        """Return who says that the sleeper is out of bed, whether or not it has held for long enough.

        What was said before `after` does not count: whoever was up then may have sat down again.
        """
        said = [(name, one, one.inside_at(at)) for name, one in self.of(side)]
        if any(inside for _, _, inside in said) or self._in_bed_posture(at):
            return None
        out = [
            (one.since, name, one)
            for name, one, inside in said
            if inside is False and one.since is not None and (one.felt or one.upright is not None)
        ]
        if not out or (side is not None and self._rolled_over(side)):
            return None
        out.sort(key=lambda one: one[0])
        unknown = [one for _, one, inside in said if inside is None]
        one_of_two = shared and _may_be_of_the_other([one for *_, one in out], unknown)
        if one_of_two or _seen_in_bed_since(out[-1][0], unknown):
            return None
        second = self._second(out, at, after)
        if second is None:
            return None
        since, name, clean = second
        if name not in self.floor and _one_word(out):
            hold = max(hold, ONE_WORD_HOLD)
        hold = self._hold(hold, [one for _, _, one in out], clean=clean, shared=shared)
        return Exit(since=since, by=tuple(dict.fromkeys((*(out_name for _, out_name, _ in out), name))), hold=hold)

    def _in_bed_posture(self, at: datetime) -> bool:
        """Return whether the camera sees somebody lie or sit on the floor's side of the bed: not out of it yet."""
        return any(
            one.posture in (Posture.LYING, Posture.SITTING) and one.inside_at(at) is False
            for one in self.sources.values()
            if one.kind is SensorKind.CAMERA
        )

    def _second(
        self, out: list[tuple[datetime, str, BedSource]], at: datetime, after: datetime | None
    ) -> tuple[datetime, str, bool] | None:
        """Return since when, by whom, and whether beyond doubt, somebody else says that nobody is in bed."""
        emptied = out[-1][0]  # the last to say so
        empty_since = emptied if after is None else max(emptied, after)
        entered = max((one.entered for _, _, one in out if one.entered is not None), default=out[0][0])
        found: list[tuple[datetime, str, bool]] = []
        for _, name, one in out:
            if one.upright is not None:
                found.append((max(one.upright, empty_since), name, True))
            if one.kind is not out[0][2].kind and not {one.kind, out[0][2].kind} <= BED:
                found.append((empty_since, name, True))
        for name, floor in self.floor.items():
            if at - empty_since >= LEFT_FOR and floor.left(emptied, entered, at):
                found.append((empty_since, name, True))
            if (first := floor.first(empty_since, entered, at)) is not None:
                found.append((max(first, empty_since), name, not floor.doubtful))
        if _one_word(out):
            found = [one for one in found if one[1] in self.floor] or found
        return min(found, key=lambda one: (not one[2], one[0]), default=None)

    def _hold(self, hold: timedelta, out: list[BedSource], *, clean: bool, shared: bool) -> timedelta:
        upright = any(one.upright is not None for one in out)
        if shared or not clean:
            hold = max(hold, SHARED_HOLD if shared else UNSURE_HOLD)
        mats = {one.side for one in out if one.kind is SensorKind.MAT}
        if not upright and any(one.kind is SensorKind.PAD and not mats & {None, one.side} for one in out):
            hold = max(hold, EDGE_HOLD)
        for one in out:
            if one.let_go >= 2 and not upright:
                hold = max(hold, min(2 * one.longest, LONGEST_HOLD))
        return hold

    def _rolled_over(self, side: str) -> bool:
        """Return whether the other side filled as this one emptied, or later: the sleeper may lie there."""
        mine = [one.since for one in self.sources.values() if one.side == side and one.since is not None]
        return any(
            one.inside and one.since is not None and mine and one.since > max(mine) - ROLL
            for one in self.sources.values()
            if one.side not in (None, side)
        )

    def moves_after(self, at: datetime) -> bool:
        """Return whether a floor sensor has seen somebody more than a moment later."""
        return any(floor.sights and floor.sights[-1] > at + ABOUT for floor in self.floor.values())

    def lost_in_bed(self) -> datetime | None:
        """Return since when somebody who was in bed is not seen there, nor anywhere else: they lie there still."""
        lost = [one.lost_inside for one in self.sources.values() if one.lost_inside is not None]
        return max(lost) if lost and not self.moves_after(max(lost)) else None

    def walked_off(self, since: datetime) -> bool:
        """Return whether a working camera has lost sight of them out of bed since, and nothing has moved after that."""
        lost = [
            one.since
            for one in self.sources.values()
            if one.kind is SensorKind.CAMERA and one.inside is None and not one.dead and one.lost_inside is None
        ]
        return any(at is not None and at >= since and not self.moves_after(at) for at in lost)

    def contradicted(self, at: datetime) -> bool:
        """Return whether somebody has stood there for long while the bed seems full."""
        upright = [
            one.upright for one in self.sources.values() if one.upright is not None and one.inside_at(at) is False
        ]
        return bool(upright) and at - min(upright) >= UPRIGHT_FOR and bool(self.occupied(at))

    def believed(self) -> None:
        """Take in that the sleeper is out of bed indeed; old mistakes of the sensors count half from now on."""
        for one in self.sources.values():
            one.left = one.inside is False
            one.let_go //= 2
            one.longest = one.longest if one.let_go else timedelta()
        for floor in self.floor.values():
            floor.of_sleepers //= 2

    def again_at(self, at: datetime) -> datetime | None:
        """Return when to look again though nothing new is said: a sensor that flapped is calm, a PIR has stayed on."""
        changes = [one.changes for one in self.sources.values()] + [one.changes for one in self.floor.values()]
        moments = [calm for calm in map(calm_after, changes) if calm is not None]
        cameras = (one.heard for one in self.sources.values() if one.kind is SensorKind.CAMERA)
        moments += [heard + STALE_CAMERA + MOMENT for heard in cameras if heard is not None]
        out = [one.since for one in self.sources.values() if one.inside is False and one.since is not None]
        if out:
            moments += [moment for floor in self.floor.values() for moment in floor.again(max(out))]
        return min((moment for moment in moments if moment > at), default=None)

    def as_dict(self) -> dict[str, Any]:
        """Return whose word was wrong lately, as JSON; what each says now it is asked again."""
        return {
            "let_go": {
                name: {"kind": one.kind, "side": one.side, "times": one.let_go, "longest": one.longest.total_seconds()}
                for name, one in self.sources.items()
                if one.let_go
            },
            "of_sleepers": {
                name: {"kind": one.kind, "times": one.of_sleepers}
                for name, one in self.floor.items()
                if one.of_sleepers
            },
        }

    def restore(self, stored: dict[str, Any]) -> None:
        """Take in what was stored; raise KeyError, TypeError or ValueError for what is not a bed."""
        for name, one in stored["let_go"].items():
            source = self.source(name, SensorKind(one["kind"]), one["side"])
            source.let_go, source.longest = int(one["times"]), timedelta(seconds=one["longest"])
        for name, one in stored["of_sleepers"].items():
            self.floor[name] = FloorSource(kind=SensorKind(one["kind"]), of_sleepers=int(one["times"]))


def _one_word(out: Iterable[tuple[datetime, str, BedSource]]) -> bool:
    """Return whether one doubtful word of a camera is all that says that the bed is empty."""
    return all(one.kind is SensorKind.CAMERA and not one.certain for _, _, one in out)
