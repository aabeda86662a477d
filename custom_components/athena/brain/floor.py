"""What a sensor of the floor or of the room saw, and whether it may testify that somebody has left the bed."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from .sensors import SensorKind

JUST_BEFORE: Final = timedelta(seconds=10)
"""A floor sensor may see the feet before the mattress lets go."""
FLAPS: Final = 8
FLAPPING: Final = timedelta(seconds=10)
"""That many changes within that time are no news of anybody."""
CALM: Final = timedelta(seconds=30)
"""Then it must be still for so long before it is listened to again."""
LET_GO: Final = timedelta(minutes=10)
"""A release that ends within this time with nobody having been out was the mat's own."""
FALSE_SIGHTS: Final = 3
"""A PIR that has seen so many movements of somebody in bed does not look at the floor alone."""
ON_FOR_LONG: Final = timedelta(minutes=15)
"""One that has been on for so long sees the bed, or is broken: that it is still on tells nothing."""
STAYS_ON: Final = timedelta(seconds=60)
"""How long a PIR stays on after a movement, unless it has been seen to go off sooner."""
LEFT_FOR: Final = timedelta(seconds=150)
LEFT_WITHIN: Final = timedelta(minutes=1)
"""A bed that has been empty for so long, where somebody was about within a minute of its emptying, has been left."""
OLD: Final = timedelta(minutes=15)
"""What was seen longer ago says nothing of who is in bed now: a mat may have died meanwhile, and feel nobody."""
KEEPS_STILL: Final = timedelta(minutes=5)
"""A radar may lose somebody who keeps still for so long."""


def calm_after(changes: deque[datetime]) -> datetime | None:
    """Return from when on a sensor is listened to again that has changed at these times; None if it does not flap."""
    if len(changes) < FLAPS or changes[-1] - changes[0] >= FLAPPING:
        return None
    return changes[-1] + CALM


@dataclass(slots=True, kw_only=True)
class FloorSource:
    """What a sensor saw that cannot see who keeps still, or opens with a door."""

    kind: SensorKind
    sights: deque[datetime] = field(default_factory=lambda: deque(maxlen=128))
    """At most one a second."""
    changes: deque[datetime] = field(default_factory=lambda: deque(maxlen=FLAPS))
    on_since: datetime | None = None
    """It has gone on seeing somebody since."""
    stays_on: timedelta = STAYS_ON
    """For so long, at least, after a movement."""
    began: datetime | None = None
    """When it began to see whom it sees now, or saw last."""
    off_since: datetime | None = None
    """It has seen nobody since."""
    of_sleepers: int = 0
    """How often it saw somebody who was in bed."""

    def saw(self, at: datetime, *, in_bed: bool, held: bool) -> None:
        """Take in that it sees somebody now; that it still does is no news."""
        if held and self.on_since is not None:
            return
        self.changes.append(at)
        self.began, self.on_since, self.off_since = at, at if held else None, None
        if self.sights and at - self.sights[-1] < timedelta(seconds=1):
            return
        self.sights.append(at)
        if in_bed and self.kind is SensorKind.PIR:
            self.of_sleepers += 1

    def cleared(self, at: datetime, *, in_bed: bool) -> None:
        """Take in that it sees nobody any more: its last movement was so long ago as it stays on."""
        if (on_since := self.on_since) is None:
            return
        self.on_since, self.off_since = None, at
        if self.kind is SensorKind.MMWAVE:
            self.of_sleepers += in_bed
            return
        self.stays_on = min(self.stays_on, at - on_since)
        self.sights.append(max(on_since, at - self.stays_on))

    def first(self, empty_since: datetime, entered: datetime, at: datetime) -> datetime | None:
        """Return since when it says that somebody is about; one that sees sleepers turn must have seen two moves.

        What it saw until they got in (`entered`) was their way to bed.
        """
        calm = calm_after(self.changes)
        if calm is not None and at < calm:
            return None
        if self._sees_bed(empty_since):  # it cannot tell the bed from the floor, but when nobody is in the room
            if self.off_since is None or empty_since >= self.off_since - LET_GO:
                return self.off_since
            return self.off_since + KEEPS_STILL  # of a bed that was empty before
        begin = max(empty_since - JUST_BEFORE, entered, at - OLD)
        after = [sight for sight in self._seen(at) if sight >= begin]
        if self.doubtful:
            return after[0] if len(after) > 1 and after[-1] >= empty_since else None
        return after[0] if after else None

    def _sees_bed(self, empty_since: datetime) -> bool:
        """Return whether it is a radar that saw somebody while they were in bed."""
        if self.kind is not SensorKind.MMWAVE or self.began is None:
            return False
        before = empty_since - JUST_BEFORE
        return bool(self.of_sleepers) or (self.began < before and (self.off_since is None or self.off_since > before))

    def left(self, empty_since: datetime, entered: datetime, at: datetime) -> bool:
        """Return whether it saw somebody about when the bed emptied, which was long ago: they have left the room."""
        return LEFT_FOR <= at - empty_since <= OLD and any(
            abs(sight - empty_since) <= LEFT_WITHIN for sight in self.sights if sight >= entered
        )

    def _seen(self, at: datetime) -> list[datetime]:
        """Return when it saw a movement; one that is still on has seen one since it would have gone off."""
        seen = list(self.sights)
        if self.kind is not SensorKind.MMWAVE and self.on_since is not None:
            still = at - self.stays_on
            if self.on_since < still and at - self.on_since < ON_FOR_LONG:
                seen.append(still)
        return seen

    def again(self, empty_since: datetime) -> tuple[datetime, ...]:
        """Return when to look again, though it says nothing new: it may have stayed on, or the room be left."""
        on = () if self.on_since is None else (empty_since - JUST_BEFORE + self.stays_on, empty_since + self.stays_on)
        return (*on, empty_since + LEFT_FOR)

    @property
    def doubtful(self) -> bool:
        """Whether it does not look at the floor alone."""
        return self.of_sleepers >= FALSE_SIGHTS or (self.kind is SensorKind.MMWAVE and bool(self.of_sleepers))
