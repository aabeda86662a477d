"""Rules 3 and 4: when somebody who lies still is asleep."""

from datetime import datetime, timedelta
from typing import Final

from .bed import SURE
from .events import Posture, PostureUpdate
from .schedule import fits, next_wall
from .settings import RoomSettings

LOW_MOTION: Final = 0.2
"""Of the camera's 0 to 1: breathing and turning over, not turning pages."""
MAT_LETS_GO: Final = timedelta(minutes=2)
"""A mat that has felt nobody for longer has not just let go."""


class Drowsiness:
    """How long somebody has been lying still, and since when that may count."""

    def __init__(self, settings: RoomSettings) -> None:
        self._settings = settings
        self.still_since: datetime | None = None
        """Somebody has lain in bed with little motion since."""
        self.by: tuple[str, ...] = ()
        self.seen = False
        """By a camera: it lies and does not move. Else a mat only says that somebody is in bed."""
        self.let_go: datetime | None = None
        """The mat has felt nobody since; it may have let go of a sleeper."""
        self.held_until: datetime | None = None
        """Somebody said that they are awake."""

    def sees(self, event: PostureUpdate) -> None:
        """Take in what a camera sees."""
        if event.confidence < SURE:
            return
        if event.zone == "bed" and event.posture is Posture.LYING:
            moves = event.motion > LOW_MOTION
            if moves or not self.seen or self.still_since is None:
                self._lies(event.at, event.source, seen=True)
        elif self.seen or event.zone == "bed":
            self.forget()

    def feels(self, source: str, at: datetime) -> None:
        """Take in that a sensor of the bed feels somebody, and no camera sees who."""
        if self.still_since is None or (self.let_go is not None and at - self.let_go > MAT_LETS_GO):
            self._lies(at, source, seen=False)
        self.let_go = None

    def feels_not(self, at: datetime) -> None:
        """Take in that the sensor of the bed feels nobody any more: a mat lets go of sleepers, too."""
        if self.still_since is not None and not self.seen:
            self.let_go = at

    def says_asleep(self, source: str, at: datetime) -> None:
        """Take in that a camera says by itself that somebody sleeps: it has seen them lie for `sleep_after`."""
        since = at - self._settings.sleep_after
        self._lies(min(since, self.still_since or since), source, seen=True)

    def stirs(self, at: datetime) -> None:
        """Take in that something moved in the room: whoever is only felt in bed may be reading."""
        if self.still_since is not None and not self.seen:
            self.still_since = at

    def _lies(self, at: datetime, source: str, *, seen: bool) -> None:
        self.still_since, self.by, self.seen, self.let_go = at, (source,), seen, None

    def forget(self) -> None:
        """Take in that nobody lies still any more."""
        self.still_since, self.by, self.seen, self.let_go = None, (), False, None

    def due(self) -> datetime | None:
        """Return when whoever lies there is asleep; None where nobody does."""
        if self.still_since is None or self.let_go is not None:
            return None
        likely, by_day = self._settings.sleep_after, self._settings.sleep_after_by_day
        if not self.seen:  # a weaker word takes longer
            likely, by_day = by_day, 2 * by_day
        due = min(self._likely(self.still_since + likely), self.still_since + by_day)
        return due if self.held_until is None else max(due, self.held_until)

    def _likely(self, at: datetime) -> datetime:
        """Return `at` where sleep is likely then, else when it next is."""
        window, zone = self._settings.sleep_window, self._settings.zone
        return at if fits(window, at, zone) else next_wall(window[0], at, zone)

    def hold(self, at: datetime) -> None:
        """Take in that somebody is awake, whatever it looks like."""
        self.held_until = at + self._settings.awake_hold
        self.still_since = self.still_since and at
